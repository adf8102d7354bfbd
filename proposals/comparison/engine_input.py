"""Payloads as the engine's values. Stored clauses and drafts take the same way, so they are compared alike."""

from proposals import alignment
from proposals.payloads import ClausePayload
from proposals.payloads.clause import TermPayload
from proposals.payloads.proposal import SilencePayload


def engine_clause(clause: ClausePayload) -> alignment.Clause:
    return alignment.Clause(
        id=clause["id"],
        text=clause["text"],
        order=clause["order"],
        label=clause["label"],
        kind=clause["kind"],
        wording=clause["wording"],
        language=clause["language"],
        modality=clause["modality"] or "",
        legal_effect=clause["legal_effect"] or "",
        extent=clause["extent"] or "",
        permanence=clause["permanence"] or "",
        condition=clause["condition"] or "",
        topics=tuple(clause["topics"]),
        roles=tuple((role["role"], role["party"]) for role in clause["roles"]),
        territories=tuple(clause["territories"]),
        terms=tuple(_engine_term(term) for term in clause["terms"]),
        depends_on=tuple((tie["relation"], tie["clause"]) for tie in clause["depends_on"]),
        strikes=clause["strikes"] or "",
    )


def engine_silence(silence: SilencePayload) -> alignment.Silence:
    return alignment.Silence(
        topic=silence["topic"],
        reason=silence["reason"],
        source=silence["source"] or "",
        checked_by=silence["checked_by"],
        checked_on=silence["checked_on"],
    )


def _engine_term(term: TermPayload) -> alignment.Term:
    return alignment.Term(
        kind=term["kind"],
        measure=term["measure"],
        subject=term["subject"] or "",
        comparator=term["comparator"] or "",
        value=term["value"],
        value_max=term["value_max"],
        unit=term["unit"] or "",
        qualifier=term["qualifier"] or "",
        whose=term["whose"] or "",
        counts_from=term["counts_from"] or "",
        renewable=term["renewable"],
        date=term["date"] or "",
        date_precision=term["date_precision"] or "",
    )
