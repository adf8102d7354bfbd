"""Suggestions as the page shows them: with tick boxes, in words, and with the words in the text that they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.contrib.auth.models import AbstractUser

from parties.models import Party
from proposals.admin.from_text.rows import Row, Tick, name_of
from proposals.comparison.suggestions import knowledge
from proposals.models import Clause, ClauseParty, Measure, Term, Territory, Topic
from proposals.suggesting import KINDS, Suggestion, suggest

HEADINGS = {
    "topic": "Topics",
    "party": "Parties",
    "territory": "Territories",
    "modality": "Modality",
    "quantity": "Quantities",
    "duration": "Durations",
    "date": "Dates",
}
_MODELS: Mapping[str, tuple[Any, str]] = {
    "topic": (Topic, "slug"),
    "party": (Party, "slug"),
    "territory": (Territory, "slug"),
}


@dataclass(frozen=True)
class Item:
    """One suggestion. `choices` are the roles, or nothing; `measures` names the list of measures, or is ""."""

    value: str
    name: str
    number: int
    says: str
    words: str
    reason: str
    ticked: bool
    choices: Sequence[tuple[str, str]]
    measures: str
    chosen: str


@dataclass(frozen=True)
class Group:
    kind: str
    heading: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Stretch:
    """Some words of the text, and the numbers of the suggestions that rest on them."""

    text: str
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class Offer:
    """What a clause's suggestions are; `stretches` put together are its text."""

    groups: tuple[Group, ...]
    stretches: tuple[Stretch, ...]


def offers(rows: Iterable[Row], *, user: AbstractUser) -> dict[str, Offer]:
    """The suggestions for each of the rows, by id. The number of queries does not grow with the rows."""
    rows = [row for row in rows if not row.out]
    if not rows:
        return {}
    found = suggest([row.text for row in rows], knowledge=knowledge(user=user), labels=[row.label for row in rows])
    names = _names(found)
    return {row.id: _offer(row, suggestions, names) for row, suggestions in zip(rows, found, strict=True)}


def _offer(row: Row, suggestions: Sequence[Suggestion], names: Mapping[tuple[str, str], str]) -> Offer:
    groups = []
    numbered = list(enumerate(suggestions, start=1))
    for kind in KINDS:
        items = tuple(_item(row, number, one, names) for number, one in numbered if one.kind == kind)
        if items:
            groups.append(Group(kind, HEADINGS[kind], items))
    return Offer(tuple(groups), stretches(row.text, [(number, one.places) for number, one in numbered if one.words]))


def _item(row: Row, number: int, suggestion: Suggestion, names: Mapping[tuple[str, str], str]) -> Item:
    tick = Tick(suggestion.kind, suggestion.fields, suggestion.words)
    name = name_of(tick.value)
    stores_term = "measure" in suggestion.fields
    default = suggestion.fields.get("role") or suggestion.fields.get("measure") or ""
    return Item(
        value=tick.value,
        name=name,
        number=number,
        says=_said(suggestion, names),
        words=suggestion.words,
        reason=suggestion.reason,
        ticked=tick.value in row.ticks,
        choices=ClauseParty.Role.choices if suggestion.kind == "party" else (),
        measures=f"measures-{suggestion.kind}" if stores_term else "",
        chosen=row.chosen.get(name, default),
    )


def stretches(text: str, places: Sequence[tuple[int, Sequence[tuple[int, int]]]]) -> tuple[Stretch, ...]:
    """The text cut where any of the numbered places begins or ends."""
    spans = [(number, start, end) for number, several in places for start, end in several if 0 <= start < end]
    borders = sorted({0, len(text), *(min(at, len(text)) for _, start, end in spans for at in (start, end))})
    return tuple(
        Stretch(
            text[start:end], tuple(sorted({number for number, left, right in spans if left <= start and end <= right}))
        )
        for start, end in pairwise(borders)
    )


def _names(found: Iterable[Sequence[Suggestion]]) -> dict[tuple[str, str], str]:
    wanted: dict[str, set[str]] = {kind: set() for kind in _MODELS}
    for one in (one for several in found for one in several if one.kind in _MODELS):
        wanted[one.kind].add(str(one.fields[one.kind]))
    names: dict[tuple[str, str], str] = {}
    for kind, (model, key) in _MODELS.items():
        if wanted[kind]:
            stored = model._default_manager.filter(**{f"{key}__in": wanted[kind]}).values_list(key, "name")
            names |= {(kind, slug): name for slug, name in stored}
    return names


def _said(suggestion: Suggestion, names: Mapping[tuple[str, str], str]) -> str:
    fields, kind = suggestion.fields, suggestion.kind
    if kind in _MODELS:
        return names.get((kind, str(fields[kind])), str(fields[kind]))
    if kind == "modality":
        return str(Clause.Modality(fields["modality"]).label)
    if kind == "date":
        return str(fields.get("date", ""))
    words = [Term.Comparator(fields["comparator"]).label if fields.get("comparator") else ""]
    words += [_figure(fields[name]) for name in ("value", "value_max") if fields.get(name) is not None]
    if len(words) == 3:
        words.insert(2, "and")
    words += [Term.Unit(fields["unit"]).label if fields.get("unit") else ""]
    words += [Term.Qualifier(fields["qualifier"]).label if fields.get("qualifier") else ""]
    if fields.get("counts_from"):
        words.append(f"from {Term.CountsFrom(fields['counts_from']).label}")
    return " ".join(filter(None, words))


def _figure(value: Any) -> str:
    text = f"{value:,f}" if not isinstance(value, int) else f"{value:,}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def measures_by_kind() -> list[tuple[str, list[Measure]]]:
    """The lists that a measure is chosen from."""
    found: dict[str, list[Measure]] = {str(kind): [] for kind in Measure.Kind.values}
    for measure in Measure.objects.order_by("code"):
        found[measure.kind].append(measure)
    return [(f"measures-{kind}", several) for kind, several in found.items()]
