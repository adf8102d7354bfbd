"""The figures that the clauses of a topic set, by what they measure: at which date, by whom, and what is disputed."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from proposals.alignment.terms import show_number
from proposals.models import Measure, Term
from proposals.models.dates import last_day
from proposals.pages.addresses import clause_address
from proposals.pages.records.facts import Named, label_of
from proposals.pages.records.terms import value_in_words
from proposals.pages.topics.units import common_unit, factor_of, read_ends
from proposals.payloads import ClausePayload, DisputePayload, ProposalHead
from proposals.payloads.clause import TermPayload
from proposals.rendering.clauses import ShownSource, name_in, shown_source
from proposals.rendering.dates import for_machines, in_words

# Beyond this a picture can no longer be read, and takes half a second to draw.
MOST_DRAWN, MOST_PANELS = 80, 16


@dataclass(frozen=True, kw_only=True, slots=True)
class DatedText:
    """A text as the figures name it; `first_day` and `last_day` are ISO days of the period that is known of it."""

    slug: str
    short_title: str
    date: str
    machine_date: str
    first_day: str
    last_day: str
    proposers: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """One figure of a clause, or one that a source gives against it (`source_only`).

    `value` and `value_max` are in the unit of its panel; None where there is no limit, or one without a figure.
    `whose` is the party whose figure it is where a clause holds several; rival figures are those, and those that a
    source gives otherwise. `disputes` are all about the clause.
    """

    text: DatedText
    clause: Named
    comparator: str
    value: float | None
    value_max: float | None
    unit: str
    words: str
    short: tuple[str, ...]
    whose: str
    note: str
    is_rival: bool
    source_only: bool
    disputes: tuple[Named, ...]
    sources: tuple[ShownSource, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Panel:
    """The figures of one thing in one unit, by date: strength of the forces of one party, in persons."""

    subject: str
    unit: str
    unit_name: str
    figures: tuple[Figure, ...]

    @property
    def texts(self) -> tuple[DatedText, ...]:
        return tuple(dict.fromkeys(one.text for one in self.figures))


@dataclass(frozen=True, kw_only=True, slots=True)
class Measured:
    """All figures of one measure. Dates are no figures: they have no panel."""

    code: str
    name: str
    is_date: bool
    panels: tuple[Panel, ...]

    @property
    def figure_count(self) -> int:
        return sum(len(one.figures) for one in self.panels)

    @property
    def is_drawn(self) -> bool:
        """One figure alone is told by its table; two of one thing can be set against each other."""
        return not self.is_date and any(len(one.figures) > 1 for one in self.panels) and not self.is_crowded

    @property
    def is_crowded(self) -> bool:
        """Whether a picture of them could no longer be read."""
        return not self.is_date and (self.figure_count > MOST_DRAWN or len(self.panels) > MOST_PANELS)


def measured(
    clauses: Sequence[ClausePayload],
    *,
    measures: Collection[str],
    heads: Mapping[str, ProposalHead],
    disputes: Sequence[DisputePayload],
    included: Mapping[str, Any],
) -> tuple[Measured, ...]:
    """Of these measures, the most told first.

    The clauses are in the order of time, and `included` holds what they name.
    """
    terms = [(clause, term) for clause in clauses for term in clause["terms"] if term["measure"] in measures]
    codes = dict.fromkeys(term["measure"] for _, term in terms)
    texts = {slug: _text(head, included=included) for slug, head in heads.items()}
    found = [
        _measured(
            code,
            [(clause, term) for clause, term in terms if term["measure"] == code],
            texts=texts,
            disputes=disputes,
            included=included,
        )
        for code in codes
    ]
    return tuple(sorted(found, key=lambda one: (one.is_date, -one.figure_count, one.name)))


def first_of(found: Sequence[Measured], *, most: int) -> tuple[Measured, ...]:
    """As many of the figures as a table has room for."""
    kept: list[Measured] = []
    for one in found:
        panels = []
        for panel in one.panels:
            panels.append(replace(panel, figures=panel.figures[:most]))
            most -= len(panels[-1].figures)
        kept.append(replace(one, panels=tuple(panel for panel in panels if panel.figures)))
    return tuple(one for one in kept if one.panels)


def _measured(
    code: str,
    terms: Sequence[tuple[ClausePayload, TermPayload]],
    *,
    texts: Mapping[str, DatedText],
    disputes: Sequence[DisputePayload],
    included: Mapping[str, Any],
) -> Measured:
    unit = common_unit([term["unit"] or "" for _, term in terms])
    panels: dict[tuple[str, str], list[Figure]] = {}
    for clause, term in terms:
        one = _figure(clause, term, unit=unit, rivals=_rivals(clause, term), texts=texts, included=included)
        about = [dispute for dispute in disputes if ("clause", clause["id"]) in _about(dispute)]
        against = [dispute for dispute in about if _gives(dispute, one)]
        names = tuple(_named(dispute) for dispute in about)
        subject = name_in(included["parties"], term["subject"]) if term["subject"] else ""
        own = panels.setdefault((subject, one.unit), [])
        own.append(replace(one, is_rival=one.is_rival or bool(against), disputes=names))
        for dispute in against:
            own += [rival for rival in _claimed(dispute, one, included=included) if not _is_told(rival, own)]
    is_date = terms[0][1]["kind"] == Measure.Kind.DATE
    return Measured(
        code=code,
        name=capital(name_in(included["measures"], code)),
        is_date=is_date,
        panels=tuple(
            Panel(subject=subject, unit=unit, unit_name=label_of(Term.Unit, unit), figures=tuple(_settled(figures)))
            for (subject, unit), figures in panels.items()
        ),
    )


def _figure(
    clause: ClausePayload,
    term: TermPayload,
    *,
    unit: str,
    rivals: bool,
    texts: Mapping[str, DatedText],
    included: Mapping[str, Any],
) -> Figure:
    """In the unit that the figures of its measure have in common, where there is one."""
    own = term["unit"] or ""
    factor = factor_of(own, unit)
    whose = name_in(included["parties"], term["whose"]) if term["whose"] else ""
    number = "" if clause["number"] in (None, "unknown") else f"{clause['number']} "
    return Figure(
        text=texts[clause["proposal"]],
        clause=Named(text=f"{number}{clause['label']}", address=clause_address(clause["id"])),
        comparator=term["comparator"] or "",
        value=None if term["value"] is None else term["value"] * (factor or 1),
        value_max=None if term["value_max"] is None else term["value_max"] * (factor or 1),
        unit=unit if factor else own,
        words=value_in_words(term),
        short=tuple(_short(term, whose=whose, in_own_unit=factor not in (None, 1))),
        whose=whose,
        note=term["note"] or "",
        is_rival=rivals,
        source_only=False,
        disputes=(),
        sources=tuple(shown_source(included["sources"][slug]) for slug in clause["sources"]),
    )


def _short(term: TermPayload, *, whose: str, in_own_unit: bool) -> Iterable[str]:
    """The lines beside its mark."""
    if term["value"] is not None:
        number = show_number(term["value"])
        if term["value_max"] is not None:
            number = gettext("%(low)s to %(high)s") % {"low": number, "high": show_number(term["value_max"])}
        elif term["comparator"] != Term.Comparator.EXACTLY:
            yield label_of(Term.Comparator, term["comparator"])
        yield f"{number} {label_of(Term.Unit, term['unit'])}" if in_own_unit else number
    if term["qualifier"]:
        yield label_of(Term.Qualifier, term["qualifier"])
    if whose:
        yield gettext("(%(party)s)") % {"party": whose}


def _rivals(clause: ClausePayload, term: TermPayload) -> bool:
    """Whether the clause holds figures of several parties for this."""
    alike = [one for one in clause["terms"] if (one["measure"], one["subject"]) == (term["measure"], term["subject"])]
    return term["whose"] is not None and len({one["whose"] for one in alike}) > 1


def _about(dispute: DisputePayload) -> list[tuple[str, str]]:
    return [(one["kind"], one["id"]) for one in dispute["about"]]


def _gives(dispute: DisputePayload, figure: Figure) -> bool:
    """Whether this very figure is one of its values: else it may be of something else in the clause."""
    own = figure.value, figure.value_max
    return any(read_ends(claim["value"], figure.unit) == own for claim in dispute["claims"])


def _claimed(dispute: DisputePayload, figure: Figure, *, included: Mapping[str, Any]) -> Iterable[Figure]:
    """The values that sources give against a figure, as far as each is one plain figure."""
    for claim in dispute["claims"]:
        ends = read_ends(claim["value"], figure.unit)
        if ends is None or ends == (figure.value, figure.value_max):
            continue
        value, upper = ends
        source = shown_source(included["sources"][claim["source"]])
        yield replace(
            figure,
            comparator=Term.Comparator.EXACTLY if upper is None else Term.Comparator.BETWEEN,
            value=value,
            value_max=upper,
            words=gettext("%(value)s, by %(source)s") % {"value": claim["value"], "source": source.publisher},
            short=(claim["value"], gettext("by %(source)s") % {"source": source.publisher}),
            whose="",
            note=claim["locator"] or "",
            is_rival=True,
            source_only=True,
            disputes=(_named(dispute),),
            sources=(source,),
        )


def _is_told(figure: Figure, others: Sequence[Figure]) -> bool:
    return any(_what(one) == _what(figure) for one in others)


def _settled(figures: Sequence[Figure]) -> Iterable[Figure]:
    """Without what a source gives and the clause itself turned out to say too."""
    coded = {_what(one) for one in figures if not one.source_only}
    return (one for one in figures if not one.source_only or _what(one) not in coded)


def _what(figure: Figure) -> tuple[Named, float | None, float | None]:
    return figure.clause, figure.value, figure.value_max


def _text(head: ProposalHead, *, included: Mapping[str, Any]) -> DatedText:
    first, precision = head["date"], head["date_precision"]
    return DatedText(
        slug=head["slug"],
        short_title=head["short_title"],
        date=in_words(first, precision, last=head["date_end"], text=head["date_text"]),
        machine_date=for_machines(first, precision),
        first_day=first or "",
        last_day=last_day(first, precision, last=head["date_end"]),
        proposers=tuple(name_in(included["parties"], slug) for slug in head["proposers"]),
    )


def _named(dispute: DisputePayload) -> Named:
    return Named(text=dispute["subject"], address=reverse("pages:dispute", args=[dispute["id"]]))


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]
