"""Figures, durations and dates of a clause in words."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from proposals.alignment.terms import show_number
from proposals.models import Term
from proposals.pages.records.facts import Named, label_of
from proposals.payloads.clause import TermPayload
from proposals.rendering.clauses import name_in
from proposals.rendering.dates import in_words

_WITHOUT_VALUE = (Term.Comparator.UNLIMITED, Term.Comparator.UNSPECIFIED)


def shown_term(term: TermPayload, *, included: Mapping[str, Any]) -> Named:
    """Such as "Garrison strength: at most 500 persons, in peacetime", with whose it is and whose figure."""
    measure = name_in(included["measures"], term["measure"])
    parties = included["parties"]
    notes = [
        gettext("of %(party)s") % {"party": name_in(parties, term["subject"])} if term["subject"] else "",
        gettext("figure of %(party)s") % {"party": name_in(parties, term["whose"])} if term["whose"] else "",
        term["note"] or "",
    ]
    return Named(
        text=f"{measure[:1].upper()}{measure[1:]}: {value_in_words(term)}",
        note="; ".join(note for note in notes if note),
    )


def value_in_words(term: TermPayload) -> str:
    """Such as "at most 500 persons, in peacetime"."""
    parts = [
        _value(term),
        label_of(Term.Qualifier, term["qualifier"]),
        gettext("counted from %(event)s") % {"event": label_of(Term.CountsFrom, term["counts_from"])}
        if term["counts_from"]
        else "",
        {True: gettext("renewable"), False: gettext("not renewable"), None: ""}[term["renewable"]],
    ]
    return ", ".join(part for part in parts if part)


def _value(term: TermPayload) -> str:
    if term["date"]:
        return in_words(term["date"], term["date_precision"])
    comparator = label_of(Term.Comparator, term["comparator"])
    if term["value"] is None or term["comparator"] in _WITHOUT_VALUE:
        return comparator
    value = show_number(term["value"])
    if term["value_max"] is not None:
        value = gettext("%(low)s to %(high)s") % {"low": value, "high": show_number(term["value_max"])}
    words = [value if term["value_max"] is not None else f"{comparator} {value}", label_of(Term.Unit, term["unit"])]
    return " ".join(word for word in words if word).strip()
