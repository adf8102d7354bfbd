"""Quantities, durations and dates of two clauses compared: curated terms first, figures in the wording second."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from proposals.alignment.clause import Clause, Term
from proposals.alignment.cues import cues
from proposals.alignment.dates import same_date
from proposals.alignment.figures import HOURS, Figure, Span, stated

_V = TypeVar("_V")
_CURRENCIES = ("usd", "eur", "gbp")
_METRES = {"m": 1.0, "km": 1_000.0, "miles": 1_609.344}
_NO_DEADLINE = "a deadline without a figure"
_COMPARATOR_WORDS = {"at_most": "at most ", "at_least": "at least ", "about": "about ", "more_than": "more than "}


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """One value as a side states it, with short words to show."""

    text: str
    value: float | None = None
    value_max: float | None = None
    unit: str = ""
    measure: str = ""
    comparator: str = ""
    qualifier: str = ""
    whose: str = ""
    date: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Contrast:
    """Values of the two sides that differ, under the kind of difference they make."""

    kind: str
    summary: str
    left: tuple[Said, ...]
    right: tuple[Said, ...]
    asserted: bool = True
    compatible: bool = False


def differing_terms(left: Clause, right: Clause) -> list[Contrast]:
    """The contrasts in figures, spans and dates; the wording counts where a side has no curated term."""
    return [*_quantities(left, right), *_times(left, right)]


def show(term: Term) -> str:
    """A term in short words: "at most 600,000 persons, peacetime". A figure without a value says so."""
    if term.kind == "date":
        return term.date
    if term.comparator == "unlimited":
        words = "no limit"
    elif term.value is None:
        words = _NO_DEADLINE if term.kind == "duration" else "a limit without a figure"
    else:
        words = _COMPARATOR_WORDS.get(term.comparator, "") + show_number(term.value)
        if term.value_max is not None:
            words += f" to {show_number(term.value_max)}"
        words += f" {term.unit.replace('_', ' ')}" if term.unit else ""
    extras = [term.qualifier and f", {term.qualifier}", term.counts_from and f", from {term.counts_from}"]
    return words + "".join(extra.replace("_", " ") for extra in extras if extra)


def show_number(value: float) -> str:
    """A number with commas between thousands and no needless decimals."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,.4f}".rstrip("0")


def _of(term: Term, clause: Clause) -> Said:
    """A curated term; a deadline without a figure is shown in the clause's own words where it has some."""
    words = show(term)
    if term.kind == "duration" and term.value is None:
        vague = [span.text for span in stated(clause.text).spans if span.hours is None]
        words = words.replace(_NO_DEADLINE, vague[0]) if vague else words
    return Said(
        text=words,
        value=term.value,
        value_max=term.value_max,
        unit=term.unit,
        measure=term.measure,
        comparator=term.comparator,
        qualifier=term.qualifier,
        whose=term.whose,
        date=term.date,
    )


def _shared_measures(left: Clause, right: Clause, kinds: tuple[str, ...]) -> list[tuple[list[Term], list[Term]]]:
    """The terms of both sides on one measure of one subject, where both have one."""
    found = []
    ours = [t for t in left.terms if t.kind in kinds]
    theirs = [t for t in right.terms if t.kind in kinds]
    for measure in sorted({t.measure for t in ours} & {t.measure for t in theirs}):
        mine = [t for t in ours if t.measure == measure]
        other = [t for t in theirs if t.measure == measure]
        subjects = {t.subject for t in mine} & {t.subject for t in other}
        if subjects:
            for subject in sorted(subjects):
                found.append(([t for t in mine if t.subject == subject], [t for t in other if t.subject == subject]))
        elif any(not t.subject for t in (*mine, *other)):
            found.append((mine, other))
    return found


def _quantities(left: Clause, right: Clause) -> Iterable[Contrast]:
    curated = _shared_measures(left, right, ("quantity",))
    for ours, theirs in curated:
        if {_value_key(t) for t in ours} != {_value_key(t) for t in theirs}:
            # A limit without a figure goes with any figure, but not with the refusal of a limit.
            comparators = {t.comparator for t in (*ours, *theirs)}
            open_ended = "unspecified" in comparators and "unlimited" not in comparators
            yield Contrast(
                kind="quantity",
                summary=f"other figure for {ours[0].measure.replace('_', ' ')}",
                left=tuple(_of(t, left) for t in ours),
                right=tuple(_of(t, right) for t in theirs),
                compatible=open_ended,
            )
    if curated or (_has(left, "quantity") and _has(right, "quantity")):
        return
    left_over = _unmatched(stated(left.text).figures, stated(right.text).figures, _same_figure)
    for mine, other in _same_unit(*left_over):
        yield Contrast(
            kind="quantity",
            summary="other figures",
            left=tuple(_figure_said(f, left) for f in mine),
            right=tuple(_figure_said(f, right) for f in other),
        )


def _has(clause: Clause, kind: str) -> bool:
    return any(t.kind == kind for t in clause.terms)


def _value_key(term: Term) -> tuple[object, ...]:
    limit = "limit" if term.comparator in ("at_most", "unspecified") else term.comparator
    return (limit, term.value, term.value_max, term.unit, term.qualifier)


def _unmatched(ours: Sequence[_V], theirs: Sequence[_V], same: Callable[[_V, _V], bool]) -> tuple[list[_V], list[_V]]:
    """What each side says and the other does not."""
    return (
        [one for one in ours if not any(same(one, two) for two in theirs)],
        [two for two in theirs if not any(same(one, two) for one in ours)],
    )


def _same_figure(one: Figure, two: Figure) -> bool:
    values = _figure_key(one) == _figure_key(two)
    units = one.unit == two.unit or not (one.unit and two.unit) or (one.unit in _METRES and two.unit in _METRES)
    return values and units and not _opposed(one, two)


def _same_span(one: Span, two: Span) -> bool:
    if one.hours is None or two.hours is None:
        return (one.hours, one.comparator) == (two.hours, two.comparator)
    return one.hours == two.hours and not _opposed(one, two)


def _opposed(one: Figure | Span | Term, two: Figure | Span | Term) -> bool:
    """Whether one is a ceiling and the other a floor."""
    bounds = {one.comparator, two.comparator}
    return "at_most" in bounds and bool(bounds & {"at_least", "more_than"})


def _figure_key(figure: Figure) -> tuple[object, ...]:
    metres = _METRES.get(figure.unit, 1.0)
    return tuple(value and value * metres for value in (figure.value, figure.value_max))


def _same_unit(ours: Sequence[Figure], theirs: Sequence[Figure]) -> list[tuple[list[Figure], list[Figure]]]:
    """Figures of both sides that count the same: one unit, one counted noun, or a refused limit against any figure."""
    mine = [f for f in ours if any(_comparable(f, g) for g in theirs)]
    other = [g for g in theirs if any(_comparable(f, g) for f in ours)]
    return [(mine, other)] if mine else []


def _comparable(one: Figure, two: Figure) -> bool:
    if "all" in (one.comparator, two.comparator):
        return one.comparator != two.comparator and bool(set(one.nouns) & set(two.nouns))
    if (one.comparator == "unlimited") != (two.comparator == "unlimited"):
        return (one.unit or two.unit) in ("", "persons")
    if any(one.unit in kind and two.unit in kind for kind in (_CURRENCIES, _METRES)):
        return True
    if one.unit or two.unit:
        return one.unit == two.unit or (not (one.unit and two.unit) and (one.unit or two.unit) == "persons")
    return bool(set(one.nouns) & set(two.nouns)) or not one.nouns or not two.nouns


def _figure_said(figure: Figure, clause: Clause) -> Said:
    """A figure of the wording; where it is coded on the clause as well, the term tells more: a cap, a peacetime."""
    coded = (
        t for t in clause.terms if t.kind == "quantity" and (t.value, t.value_max) == (figure.value, figure.value_max)
    )
    if term := next(coded, None):
        return _of(term, clause)
    return Said(
        text=figure.text,
        value=figure.value,
        value_max=figure.value_max,
        unit=figure.unit,
        comparator=figure.comparator,
    )


def _times(left: Clause, right: Clause) -> Iterable[Contrast]:
    curated = _shared_measures(left, right, ("duration", "date"))
    for ours, theirs in curated:
        same = {_time_key(t) for t in ours} == {_time_key(t) for t in theirs}
        same = same and not any(_opposed(one, two) for one in ours for two in theirs)
        if not same or _from_other_events(ours, theirs):
            by_when = any(t.is_deadline or t.kind == "date" for t in (*ours, *theirs))
            yield Contrast(
                kind="deadline" if by_when else "duration",
                summary=f"other time for {ours[0].measure.replace('_', ' ')}",
                left=tuple(_of(t, left) for t in ours),
                right=tuple(_of(t, right) for t in theirs),
            )
    if curated or (_has(left, "duration") and _has(right, "duration")):
        return
    yield from _stated_times(left, right)


def _time_key(term: Term) -> tuple[object, ...]:
    factor = HOURS.get(term.unit.removesuffix("s"), 1.0)
    return (
        None if term.value is None else term.value * factor,
        None if term.value_max is None else term.value_max * factor,
        term.date,
    )


def _from_other_events(ours: Sequence[Term], theirs: Sequence[Term]) -> bool:
    """Whether both sides name the event their times count from, and name another one."""
    mine, other = ({t.counts_from for t in side if t.counts_from} for side in (ours, theirs))
    return bool(mine and other) and not mine & other


def _stated_times(left: Clause, right: Clause) -> Iterable[Contrast]:
    ours, theirs = stated(left.text), stated(right.text)
    here, there = _unmatched(ours.dates, theirs.dates, lambda one, two: same_date(one[0], two[0]))
    if here and there:
        yield Contrast(
            kind="deadline",
            summary="other dates",
            left=tuple(_date_said(*date) for date in here),
            right=tuple(_date_said(*date) for date in there),
        )
    mine, other = _unmatched(ours.spans, theirs.spans, _same_span)
    if mine and other:
        by_when = any(s.hours is None or s.comparator == "at_most" for s in (*mine, *other))
        yield Contrast(
            kind="deadline" if by_when else "duration",
            summary="other times",
            left=tuple(_span_said(s) for s in mine),
            right=tuple(_span_said(s) for s in other),
        )
    for dates, spans, turned in ((ours.dates, theirs.spans, False), (theirs.dates, ours.spans, True)):
        if dates and spans:
            sides = (tuple(_date_said(*date) for date in dates), tuple(_span_said(s) for s in spans))
            yield Contrast(
                kind="deadline", summary="a date against a time", left=sides[turned], right=sides[not turned]
            )
    for spans, clause, turned in ((ours.spans, right, False), (theirs.spans, left, True)):
        lasting = clause.permanence or cues(clause.text).permanence
        limited = [s for s in spans if s.hours is not None]
        if limited and lasting == "permanent" and not stated(clause.text).spans:
            sides = (tuple(_span_said(s) for s in limited), (Said(text="permanent"),))
            yield Contrast(
                kind="duration",
                summary="a limited time against a permanent one",
                left=sides[turned],
                right=sides[not turned],
            )


def _date_said(iso: str, words: str) -> Said:
    """A date of the wording; one that is no whole date is told in words alone."""
    return Said(text=words, date=iso if len(iso) == len("2031-03-01") else "")


def _span_said(span: Span) -> Said:
    if span.hours is None:
        return Said(text=span.text, comparator="unspecified")
    return Said(text=span.text, value=span.hours, unit="hours", comparator=span.comparator)
