"""Positions laid out for a reader: one line a topic, one column a party, and below it what was said in full."""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from parties.readers import Reader
from proposals.comparison import Stand, is_standing_red_line, said_up_to, stands
from proposals.comparison.included import include_records
from proposals.models import Position
from proposals.pages.addresses import topic_address
from proposals.pages.positions.asked import Asked, Choices
from proposals.pages.positions.signs import SIGNS
from proposals.pages.records.facts import Named
from proposals.pages.records.said import ShownStand, disputes_on, short_titles, shown_position, shown_stand
from proposals.payloads import PositionPayload
from proposals.querysets import PositionQuerySet
from proposals.rendering.dates import for_machines, in_words

# More are told on pages of their own, one for each cell: 400 make a page of some 100 kB.
MOST_TOLD = 400
# As many columns as a wide screen holds; those left out are named, each with a way to it.
MOST_PARTIES = 16
# A picture of more shapes weighs more than the rest of the page, and is a file of its own.
MOST_SHAPES = 400


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """One stance of a cell with the date of its newest statement; `since_then` says that others were made since."""

    code: str
    sign: str
    stance: str
    is_red_line: bool
    date: str
    machine_date: str
    count: int = 1
    since_then: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """What a party said on a topic in short, and where it stands in full; without marks all was taken back.

    `earlier` counts what was said before, those among the marks left out.
    """

    label: str
    marks: tuple[Mark, ...]
    earlier: int
    address: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """All that a party said on a topic; `left_out` of the earliest statements are too many for one page."""

    party: Named
    anchor: str
    stand: ShownStand
    left_out: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """`cells` has None where nothing is recorded; `told` is empty where it stands on other pages."""

    slug: str
    topic: Named
    cells: tuple[Cell | None, ...]
    told: tuple[Told, ...]

    @property
    def spoken(self) -> int:
        return sum(cell is not None for cell in self.cells)


@dataclass(frozen=True, kw_only=True, slots=True)
class LeftOut:
    """A party without a column, with how many statements of it fit, and where they stand."""

    party: Named
    statements: int


@dataclass(frozen=True, kw_only=True, slots=True)
class PositionsPage:
    """All but `left_out` is of the `parties` that have columns."""

    parties: tuple[tuple[str, str], ...]
    left_out: tuple[LeftOut, ...]
    groups: tuple[tuple[str, str, tuple[Line, ...]], ...]
    statements: int
    red_lines: int
    is_told: bool
    # Whether no statement of these parties on these topics was left out for its day, process or stance.
    has_all: bool
    # Proposals by how many of the statements speak of them, the most first.
    spoken_of: tuple[str, ...]
    # Statements that only those see who preview.
    hidden: int

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(line for _, _, lines in self.groups for line in lines)

    @property
    def width(self) -> int:
        return len(self.parties) + 1

    @property
    def is_crowded(self) -> bool:
        return sum(len(cell.marks) for line in self.lines for cell in line.cells if cell) > MOST_SHAPES


def lay_out(asked: Asked, *, choices: Choices, user: Reader | None) -> PositionsPage:
    """A constant number of queries, however much was said."""
    counts, kept = _read(asked, choices=choices, user=user)
    said = [one for stand in kept.values() for one in stand.said]
    spoke, spoken_of = {party for party, _ in kept}, {topic for _, topic in kept}
    parties = tuple((slug, name) for slug, name in choices.parties.items() if slug in spoke)
    is_told = len(said) <= MOST_TOLD or len(kept) == 1
    address = asked.address("pages:positions")
    lines = {
        topic: Line(
            slug=topic,
            topic=Named(text=name, address=topic_address(topic)),
            cells=tuple(
                _cell(
                    kept[party, topic],
                    label=label,
                    address=address if is_told else _own_address(asked, party, topic),
                )
                if (party, topic) in kept
                else None
                for party, label in parties
            ),
            told=(),
        )
        for topic, name in choices.topics.items()
        if topic in spoken_of
    }
    if is_told:
        told = _told(kept, said[:MOST_TOLD], parties=parties, user=user, as_of=asked.as_of)
        lines = {topic: replace(line, told=tuple(told.get(topic, ()))) for topic, line in lines.items()}
    return PositionsPage(
        parties=parties,
        left_out=tuple(
            LeftOut(
                party=Named(text=name, address=replace(asked, parties=(slug,)).address("pages:positions")),
                statements=counts[slug],
            )
            for slug, name in choices.parties.items()
            if slug in counts and slug not in spoke
        ),
        groups=tuple(
            (slug, name, own)
            for slug, name in choices.groups.items()
            if (own := tuple(line for topic, line in lines.items() if choices.group_of[topic] == slug))
        ),
        statements=len(said),
        red_lines=sum(is_standing_red_line(one) for one in said),
        is_told=is_told,
        has_all=not (asked.as_of or asked.process or asked.stance),
        spoken_of=_most_named(one["proposal"] for one in said if one["proposal"]),
        hidden=sum(one["stage"] != "public" for one in said),
    )


def _read(
    asked: Asked, *, choices: Choices, user: Reader | None
) -> tuple[Mapping[str, int], dict[tuple[str, str], Stand]]:
    """How many statements of each party fit, and all that was said by those who have a column."""
    found = asked.found()
    if asked.stance:
        # Whether a stance fits is known only once all that was said is read.
        kept = _kept(found, asked, user=user)
        counts = Counter(party for (party, _), stand in kept.items() for _ in stand.said)
        speakers = _speakers_of(counts, choices=choices)
        return counts, {(party, topic): stand for (party, topic), stand in kept.items() if party in speakers}
    said = found.visible_to(user).as_of(asked.as_of).order_by()
    counts = Counter(dict(said.values_list("party__slug").annotate(count=Count("pk"))))
    speakers = _speakers_of(counts, choices=choices)
    return counts, _kept(found.filter(party__slug__in=speakers), asked, user=user)


def _speakers_of(counts: Mapping[str, int], *, choices: Choices) -> set[str]:
    """The parties that have a column: those of whom the most statements fit."""
    ranked = sorted((slug for slug in choices.parties if slug in counts), key=lambda slug: -counts[slug])
    return set(ranked[:MOST_PARTIES])


def _kept(found: PositionQuerySet, asked: Asked, *, user: Reader | None) -> dict[tuple[str, str], Stand]:
    said = stands(said_up_to(found, user=user, as_of=asked.as_of))
    return {key: stand for key, stand in said.items() if asked.wants(stand)}


def _most_named(slugs: Iterable[str]) -> tuple[str, ...]:
    counts = Counter(slugs)
    return tuple(sorted(counts, key=lambda slug: (-counts[slug], slug)))


def anchor_of(party: str, topic: str) -> str:
    """Where on the page stands what a party said on a topic; no slug has two hyphens in a row."""
    return f"said-{party}--{topic}"


def _own_address(asked: Asked, party: str, topic: str) -> str:
    return replace(asked, parties=(party,), groups=(), topics=(topic,)).address("pages:positions")


def _cell(stand: Stand, *, label: str, address: str) -> Cell:
    older = stand.earlier_red_lines
    marks = [*_marks(stand.latest), *(replace(one, since_then=True) for one in _marks(older))]
    return Cell(
        label=label,
        marks=tuple(marks),
        earlier=len(stand.earlier) - len(older),
        address=f"{address}#{anchor_of(stand.party, stand.topic)}",
    )


def _marks(said: Sequence[PositionPayload]) -> Iterable[Mark]:
    """One for each stance, with the newest of its statements."""
    found: dict[tuple[str, bool], Mark] = {}
    for one in said:
        key = one["stance"], one["red_line"]
        if key in found:
            found[key] = replace(found[key], count=found[key].count + 1)
        else:
            found[key] = Mark(
                code=one["stance"],
                sign=SIGNS[one["stance"]].character,
                stance=str(Position.Stance(one["stance"]).label),
                is_red_line=one["red_line"],
                date=in_words(one["date"], one["date_precision"], last=one["date_end"], text=one["date_text"]),
                machine_date=for_machines(one["date"], one["date_precision"]),
            )
    return found.values()


def _told(
    kept: Mapping[tuple[str, str], Stand],
    said: Sequence[PositionPayload],
    *,
    parties: Sequence[tuple[str, str]],
    user: Reader | None,
    as_of: datetime.date | None,
) -> dict[str, list[Told]]:
    """By topic what each party said, in the order of the columns."""
    show = partial(
        shown_position,
        included=include_records(heads=[], clauses=[], silences=[], positions=said, disputes=[]),
        titles=short_titles(said),
        disputes=disputes_on(said, user=user),
    )
    here = {one["id"] for one in said}
    found: dict[str, list[Told]] = {}
    for party, name in parties:
        for (own, topic), stand in kept.items():
            if own == party:
                shown = replace(
                    stand,
                    latest=tuple(one for one in stand.latest if one["id"] in here),
                    earlier=tuple(one for one in stand.earlier if one["id"] in here),
                )
                told = Told(
                    party=Named(text=name, address=reverse("pages:party", args=[party])),
                    anchor=anchor_of(party, topic),
                    stand=shown_stand(shown, show=show, as_of=as_of),
                    left_out=len(stand.said) - len(shown.said),
                )
                found.setdefault(topic, []).append(told)
    return found


def spoken(page: PositionsPage) -> str:
    """The picture in a sentence or two, for its caption."""
    told = gettext(
        "%(parties)d parties on %(topics)d topics: %(statements)d statements, of which %(lines)d are red lines not "
        "taken back."
    ) % {
        "parties": len(page.parties),
        "topics": len(page.lines),
        "statements": page.statements,
        "lines": page.red_lines,
    }
    return f"{told} {without_column(page)}".strip()


def without_column(page: PositionsPage) -> str:
    """Of how many parties nothing is shown, blank where it is of none."""
    if not page.left_out:
        return ""
    return ngettext(
        "%(count)d more party is left out here, with %(statements)d statements.",
        "%(count)d more parties are left out here, with %(statements)d statements.",
        len(page.left_out),
    ) % {"count": len(page.left_out), "statements": sum(one.statements for one in page.left_out)}
