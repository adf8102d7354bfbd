"""Figures, spans of time and dates of a clause, as terms."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from proposals.alignment.figures import HOURS, Figure, Span, stated
from proposals.alignment.numbers import DIGITS, SPELT, value_of
from proposals.suggesting.knowledge import Knowledge
from proposals.suggesting.suggestion import Suggestion
from proposals.suggesting.words import READ, Folded, Word

_BILLION = 1e9
_NEAR = 80  # characters around a figure in which its qualifier may stand
_UNITS = {"persons": "persons", "percent": "percent", "km": "km", "miles": "miles", "sq_km": "sq_km"}
_SPANS = {"hour": ("hours", 1), "day": ("days", 1), "week": ("days", 7), "month": ("months", 1), "year": ("years", 1)}
_UNIT_OF_TIME = re.compile(r"(hour|day|week|month|year)s?\b")
_NUMBER = re.compile(rf"{DIGITS}|(?:{SPELT})(?![a-z])")
_QUALIFIERS = {
    "peacetime": re.compile(r"\b(?:peacetime|peace-time|in times? of peace)\b", re.I),
    "active_duty": re.compile(r"\bactive[ -](?:duty|service)\b", re.I),
}
_COUNTS_FROM = {
    "signing": r"sign(?:ing|ature|ed)",
    "entry_into_force": r"entr(?:y|ies) into force|enters? into force",
    "armed_attack": r"attack(?:ed)?|aggression|invasion",
    "end_of_martial_law": r"martial law(?: is lifted| ends)?|(?:lifting|end) of martial law",
    "withdrawal_start": r"(?:start of (?:the )?)?withdrawal",
    "ceasefire_start": r"(?:start of (?:the )?)?ceasefire",
}
_SINCE = {
    code: re.compile(rf"\b(?:after|from|of|following|since|upon|once)\b(?:\W+\w+){{0,4}}?\W+(?:{words})\b", re.I)
    for code, words in _COUNTS_FROM.items()
}
_AFTER = {
    code: re.compile(rf"\bafter (?:an? |the )?(?:\w+ )?(?:{words})\b", re.I) for code, words in _COUNTS_FROM.items()
}
_RENEWABLE = re.compile(r"\b(?:renew\w*|extend(?:ed|able|s)?|prolong\w*)\b", re.I)
_SEVERAL_DAYS = re.compile(r"([0-3]?\d) ?(?:to|and|-) ?(?=\d)")
_DAY = len("2031-05-09")
_PAST = re.compile(r"\b(?:since|before|between|until now from) $", re.I)
_ADOPTED = ("persons", "pieces", "states", "points")  # units that a bare figure may have
_BARE, _PLAIN, _SURE = 0.4, 0.7, 0.9


def terms(text: str, words: list[Word], knowledge: Knowledge) -> Iterator[Suggestion]:
    """Quantities, durations and dates in the order of the text. What no measure is known for has none."""
    known = stated(text[:READ])
    places = Folded(text), Folded(text), Folded(text)
    measures = _Measures(words, knowledge)
    for figure in known.figures:
        fields = _quantity(figure)
        if fields and (place := places[0].find(figure.text)):
            fields |= _qualifier(text, *place)
            yield _suggestion("quantity", text, place, measures.fill(fields, place), _surety(figure))
    for span in known.spans:
        fields = _duration(span)
        if fields and (place := places[1].find(span.text)):
            fields |= _circumstances(text, *place)
            yield _suggestion("duration", text, place, measures.fill(fields, place), _SURE if span.hours else _BARE)
    for iso, spoken in _with_years(known.dates):
        fields = _date(iso)
        if fields and (place := places[2].find(spoken)) and not _PAST.search(text[: place[0]][-_NEAR:]):
            yield _suggestion("date", text, place, measures.fill(fields, place), _SURE)


class _Measures:
    """Chooses the measure of a term by the words of its clause, those near it first."""

    def __init__(self, words: list[Word], knowledge: Knowledge) -> None:
        self._words = words
        self._knowledge = knowledge
        self._by_kind = {
            kind: frozenset(measure.code for measure in knowledge.measures if measure.kind == kind)
            for kind in ("quantity", "duration", "date")
        }

    def fill(self, fields: dict[str, Any], place: tuple[int, int]) -> dict[str, Any]:
        """The fields with the likeliest measure of their kind, and with its unit where the text has none."""
        kind, unit = fields["kind"], fields.get("unit", "")
        units = self._knowledge.units
        fitting = {code for code in self._by_kind[kind] if not unit or unit in units.get(code, frozenset([unit]))}
        among = frozenset(fitting or self._by_kind[kind])
        if not among:
            return fields
        nearest = sorted(self._words, key=lambda word: (_distance(word, place), word.start))
        meanings = dict.fromkeys(meaning for word in nearest for meaning in word.meanings)
        guesses = self._knowledge.about_measures.guesses(list(meanings), among=among)
        scores = dict.fromkeys(among, 0.0) | {guess.code: guess.score for guess in guesses}
        measure = min(among, key=lambda code: (-scores[code] - self._named(code, nearest, place), code))
        usual = sorted(units.get(measure, frozenset()) - {""})
        if kind == "quantity" and not unit and len(usual) == 1 and usual[0] in _ADOPTED:
            fields = {**fields, "unit": usual[0]}
        return {"kind": kind, "measure": measure, **fields}

    def _named(self, code: str, nearest: list[Word], place: tuple[int, int]) -> float:
        """How much of the name of a measure the text has, words near the figure for more."""
        name = self._knowledge.names_of_measures[code]
        met: dict[str, float] = {}
        for word in nearest:
            for meaning in word.meanings:
                if meaning in name:
                    met.setdefault(meaning, 1 / (1 + _distance(word, place) / _NEAR))
        return sum(met.values()) / max(len(name), 1)


def _distance(word: Word, place: tuple[int, int]) -> int:
    return max(word.start - place[1], place[0] - word.end, 0)


def _suggestion(kind: str, text: str, place: tuple[int, int], fields: dict[str, Any], score: float) -> Suggestion:
    start, end = place
    return Suggestion(
        kind=kind, fields=fields, words=text[start:end], start=start, end=end, places=(place,), score=score, reason=""
    )


def _surety(figure: Figure) -> float:
    if figure.unit or figure.value is None:
        return _SURE
    return _PLAIN if figure.nouns else _BARE


def _with_years(dates: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The dates, with the first day of "9 to 11 May 2031" and the year of a day that comes before one with a year."""
    dates = list(dates)
    for place, (iso, spoken) in enumerate(dates):
        year = next((later[:4] for later, _ in dates[place:] if not later.startswith("-")), "")
        dated = year + iso[1:] if iso.startswith("-") and year else iso
        if (several := _SEVERAL_DAYS.match(spoken)) and len(dated) == _DAY:
            yield f"{dated[:-2]}{int(several[1]):02}", several[1]
            spoken = spoken[several.end() :]
        yield dated, spoken


def _quantity(figure: Figure) -> dict[str, Any]:
    if figure.comparator == "all" or (not figure.unit and figure.text[:1].isalpha() and figure.value is not None):
        return {}  # all prisoners; three sides
    fields: dict[str, Any] = {"kind": "quantity", "comparator": figure.comparator}
    scale, unit = 1.0, _UNITS.get(figure.unit, "")
    if figure.unit == "usd":
        scale, unit = _BILLION, "billion_usd"
    elif figure.unit == "m":
        scale, unit = 1000.0, "km"
    if figure.value is not None:
        fields["value"] = _decimal(figure.value / scale)
    if figure.value_max is not None:
        fields["value_max"] = _decimal(figure.value_max / scale)
    return fields | ({"unit": unit} if unit else {})


def _duration(span: Span) -> dict[str, Any]:
    if span.hours is None:
        # "At once" is said of nearly everything, and hardly ever a deadline.
        soon = span.comparator == "as_soon_as_possible"
        return {"kind": "duration", "comparator": "unspecified"} if soon else {}
    said = _UNIT_OF_TIME.search(span.text)
    if not said:
        return {}
    unit, factor = _SPANS[said[1]]
    value = span.hours / HOURS[said[1]] * factor
    fields: dict[str, Any] = {"kind": "duration", "comparator": span.comparator, "value": _decimal(value), "unit": unit}
    if span.comparator == "between" and (first := _NUMBER.search(span.text)):
        fields |= {"value": _decimal(value_of(first.group()) * factor), "value_max": _decimal(value)}
    return fields


def _date(iso: str) -> dict[str, Any]:
    """A day of any year cannot be stored, and is not suggested."""
    if iso.startswith("-"):
        return {}
    precision = {4: "year", 7: "month", 10: "day"}[len(iso)]
    return {"kind": "date", "date": iso + "-01-01"[len(iso) - 4 :] if precision != "day" else iso} | {
        "date_precision": precision
    }


def _qualifier(text: str, start: int, end: int) -> dict[str, Any]:
    near = text[max(0, start - _NEAR) : end + _NEAR]
    return next(({"qualifier": code} for code, sign in _QUALIFIERS.items() if sign.search(near)), {})


def _circumstances(text: str, start: int, end: int) -> dict[str, Any]:
    """What a span counts from and whether it can be prolonged."""
    near = text[max(0, start - _NEAR) : end + _NEAR]
    found: dict[str, Any] = {}
    begins = _first(_SINCE, text[end : end + _NEAR]) or _first(_AFTER, text[max(0, start - _NEAR) : start])
    if begins:
        found["counts_from"] = begins
    if _RENEWABLE.search(near):
        found["renewable"] = True
    return found


def _first(signs: dict[str, re.Pattern[str]], text: str) -> str:
    hits: Iterable[tuple[int, str]] = (
        (hit.start(), code) for code, sign in signs.items() if (hit := sign.search(text))
    )
    return min(hits, default=(0, ""))[1]


def _decimal(value: float) -> Decimal:
    """As stored: four decimals at most, none that are not needed."""
    rounded = Decimal(repr(value)).quantize(Decimal("0.0001"))
    return rounded.quantize(Decimal(1)) if rounded == rounded.to_integral_value() else rounded.normalize()
