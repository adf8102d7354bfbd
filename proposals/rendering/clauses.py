"""A clause as readers are shown it: names instead of ids, and where it comes from."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from proposals.models import Clause, ClauseParty, Dependency, Source
from proposals.payloads import ClausePayload, SourcePayload
from proposals.rendering import words
from proposals.rendering.dates import for_machines, in_words

# What the sources say where a text has no numbers.
_NO_NUMBER = "unknown"


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownSource:
    slug: str
    title: str
    publisher: str
    grade: str
    grade_meaning: str
    date: str
    machine_date: str
    url: str
    stance_note: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownClause:
    """Strings are empty and tuples bare where nothing is recorded."""

    id: str
    proposal: str
    key: str
    number: str
    label: str
    text: str
    language: str
    kind: str
    is_deletion: bool
    is_placeholder: bool
    is_part: bool
    strikes: str
    strikes_proposal: str
    strikes_key: str
    wording: str
    evidence: str
    confidence: str
    locator: str
    note: str
    condition: str
    roles: tuple[tuple[str, str], ...]
    topics: tuple[str, ...]
    territories: tuple[str, ...]
    contests: tuple[tuple[str, str], ...]
    ties: tuple[tuple[str, str], ...]
    sources: tuple[ShownSource, ...]


def shown_clause(
    clause: ClausePayload, *, included: Mapping[str, Any], source: Callable[[str], ShownSource] | None = None
) -> ShownClause:
    """`included` holds the records that clauses name, by kind and id, as in a comparison document.

    `source` shows the source of a slug, for who has many clauses of few sources.
    """
    source = source or (lambda slug: shown_source(included["sources"][slug]))
    strikes_proposal, _, strikes_key = (clause["strikes"] or "").partition("/")
    return ShownClause(
        id=clause["id"],
        proposal=clause["proposal"],
        key=clause["key"],
        number="" if clause["number"] in (None, _NO_NUMBER) else str(clause["number"]),
        label=clause["label"],
        text=clause["text"],
        language=clause["language"],
        kind="" if clause["kind"] == Clause.Kind.COMMITMENT else str(Clause.Kind(clause["kind"]).label),
        is_deletion=clause["kind"] == Clause.Kind.DELETION,
        is_placeholder=clause["kind"] == Clause.Kind.PLACEHOLDER,
        is_part=clause["parent"] is not None,
        strikes=_name_of_clause(clause["strikes"], included=included) if clause["strikes"] else "",
        strikes_proposal=strikes_proposal,
        strikes_key=strikes_key,
        wording=str(Clause.Wording(clause["wording"]).label),
        evidence=words.name_of(clause["evidence"], words.EVIDENCE) if clause["evidence"] else "",
        confidence=words.name_of(clause["confidence"], words.CONFIDENCE) if clause["confidence"] else "",
        locator=clause["locator"] or "",
        note=clause["note"] or "",
        condition=clause["condition"] or "",
        roles=tuple(_roles(clause, parties=included["parties"])),
        topics=tuple(name_in(included["topics"], slug) for slug in clause["topics"]),
        territories=tuple(name_in(included["territories"], slug) for slug in clause["territories"]),
        contests=tuple((name_in(included["parties"], one["party"]), one["objection"]) for one in clause["contested"]),
        ties=tuple(
            (str(Dependency.Relation(tie["relation"]).label), _name_of_clause(tie["clause"], included=included))
            for tie in clause["depends_on"]
        ),
        sources=tuple(map(source, clause["sources"])),
    )


def shown_source(source: SourcePayload) -> ShownSource:
    return ShownSource(
        slug=source["slug"],
        title=source["title"],
        publisher=source["publisher"],
        grade=source["reliability"],
        grade_meaning=str(Source.Reliability(source["reliability"]).label),
        date=in_words(source["date"], source["date_precision"]),
        machine_date=for_machines(source["date"], source["date_precision"]),
        url=source["url"] or "",
        stance_note=source["stance_note"] or "",
    )


def name_in(records: Mapping[str, Any], slug: str) -> str:
    """The name of a record by its slug; the slug itself where a pasted text names something that is not recorded."""
    return str(records[slug]["name"]) if slug in records else slug


def _roles(clause: ClausePayload, *, parties: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    for role in ClauseParty.Role:
        names = [name_in(parties, one["party"]) for one in clause["roles"] if one["role"] == role]
        if names:
            yield str(role.label), ", ".join(names)


def _name_of_clause(clause_id: str, *, included: Mapping[str, Any]) -> str:
    other = included["clauses"].get(clause_id)
    return f"{other['label']} ({clause_id})" if other else clause_id
