"""Common ground, sticking points and what is within reach, laid out for a reader."""

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from proposals.models import Position, Stage
from proposals.pages.positions.asked import Asked
from proposals.pages.positions.matrix import anchor_of
from proposals.pages.positions.signs import SIGNS
from proposals.pages.readings.lines import GroupOfLines, groups_of_lines, headings_of
from proposals.rendering import words
from proposals.rendering.clauses import ShownSource, name_in, shown_source
from proposals.rendering.dates import for_machines, in_words
from proposals.rendering.headings import Heading
from proposals.rendering.lines import Line

Document = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """One recorded position; `is_standing_line` marks a red line that was not taken back.

    `address` leads to all that its party said on the topic; `stage` is told where it is not public, else blank.
    """

    id: str
    address: str
    date: str
    machine_date: str
    person: str
    capacity: str
    sign: str
    stance: str
    statement: str
    is_red_line: bool
    is_standing_line: bool
    is_replaced: bool
    withdrawn_on: str
    source: ShownSource
    locator: str
    evidence: str
    confidence: str
    stage: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Matter:
    """A row with what each party said that bears on it, parties by name."""

    line: Line
    by_party: tuple[tuple[str, tuple[Said, ...]], ...] = ()
    positions: int = 0
    red_lines: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Readings:
    headings: tuple[Heading, ...]
    row_count: int
    common_ground: tuple[Matter, ...]
    sticking_points: tuple[Matter, ...]
    within_reach: tuple[Matter, ...]
    version: str


def lay_out_readings(document: Document, *, as_of: datetime.date | None = None) -> Readings:
    """From a comparison document with readings and positions; no query is made."""
    readings, headings = document["readings"], headings_of(document)
    groups: Sequence[GroupOfLines] = list(groups_of_lines(document, headings=headings))
    lines = {line.id: line for group in groups for line in group.lines}
    sticking = {one["row"]: one for one in readings["sticking_points"]}
    common, reach = set(readings["common_ground"]), set(readings["within_reach"])
    diverging = {
        row: _matter(line, sticking[row], included=document["included"], as_of=as_of)
        for row, line in lines.items()
        if row in sticking
    }
    return Readings(
        headings=tuple(headings),
        row_count=len(lines),
        common_ground=tuple(Matter(line=line) for row, line in lines.items() if row in common),
        sticking_points=tuple(diverging.values()),
        within_reach=tuple(matter for row, matter in diverging.items() if row in reach),
        version=document["method"]["inputs_digest"],
    )


def _matter(line: Line, reading: Document, *, included: Document, as_of: datetime.date | None) -> Matter:
    by_party: dict[str, list[Said]] = defaultdict(list)
    for slug in reading["positions"]:
        stored = included["positions"][slug]
        said = _said(stored, is_standing_line=slug in reading["red_lines"], included=included, as_of=as_of)
        by_party[name_in(included["parties"], stored["party"])].append(said)
    return Matter(
        line=line,
        by_party=tuple((party, tuple(said)) for party, said in sorted(by_party.items())),
        positions=len(reading["positions"]),
        red_lines=len(reading["red_lines"]),
    )


def _said(one: Document, *, is_standing_line: bool, included: Document, as_of: datetime.date | None) -> Said:
    party, person = one["party"], included["persons"].get(one["person"] or "")
    beside = Asked(as_of=as_of, topics=(one["topic"],)).address("pages:positions")
    return Said(
        id=one["id"],
        address=f"{beside}#{anchor_of(party, one['topic'])}",
        date=in_words(one["date"], one["date_precision"], last=one["date_end"], text=one["date_text"]),
        machine_date=for_machines(one["date"], one["date_precision"]),
        person=person["name"] if person else "",
        capacity=person["role"] if person else "",
        sign=SIGNS[one["stance"]].character,
        stance=str(Position.Stance(one["stance"]).label),
        statement=one["statement"],
        is_red_line=one["red_line"],
        is_standing_line=is_standing_line,
        is_replaced=bool(one["superseded_by"]),
        withdrawn_on=in_words(one["withdrawn_on"], "day"),
        source=shown_source(included["sources"][one["source"]]),
        locator=one["locator"] or "",
        evidence=words.name_of(one["evidence"], words.EVIDENCE),
        confidence=words.name_of(one["confidence"], words.CONFIDENCE),
        stage="" if one["stage"] == Stage.PUBLIC else str(Stage(one["stage"]).label),
    )
