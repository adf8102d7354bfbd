"""The invented world that a corpus speaks of: taxonomy and roles for all, sides, places and people of each process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from scripts.corpus import matters
from scripts.corpus.dice import Dice
from scripts.corpus.names import Names, slug_of
from scripts.corpus.provisions import Place, Side, Stage

FORMAT = "concordance/1"
EVERYBODY = (Side("all-parties", "all parties"), Side("neighbouring-states", "the neighbouring states"))
GUARANTORS = (Side("guarantor-states", "the guarantor states"), Side("league-of-two-seas", "the League of Two Seas"))
_SIDES = (
    ("Government of {}", "state"), ("{} Council", "armed_group"), ("{} Coastal Front", "armed_group"),
    ("Movement for {}", "armed_group"), ("{} Highland Union", "armed_group"), ("Assembly of {}", "group"),
)  # fmt: skip
_PLACES = (
    ("{} Valley", "area"), ("{}", "city"), ("{} Province", "region"), ("River {}", "waterway"),
    ("{} Dam", "installation"), ("{} Line", "line"), ("Port {}", "city"), ("{} Plateau", "area"),
)  # fmt: skip
_BODIES = ("the {} Commission", "the {} Mission", "the Council of {}", "the {} Society", "the Office at {}")
_TRACKS = ("peace process", "talks", "negotiations", "settlement")


@dataclass(frozen=True)
class Process:
    """One negotiation track: its stage, its people, and the file that holds its vocabulary."""

    slug: str
    name: str
    stage: Stage
    mediators: tuple[Side, ...]
    persons: tuple[tuple[str, str], ...]
    begins: int
    years: int
    document: dict[str, Any]


def vocabulary() -> dict[str, Any]:
    """What all processes share: taxonomy, measures, and parties that are roles."""
    return {
        "format": FORMAT,
        "parties": [
            {"id": "all-parties", "name": "All parties to the text", "kind": "role"},
            {"id": "neighbouring-states", "name": "Neighbouring states", "kind": "role"},
            {"id": "guarantor-states", "name": "Guarantor states", "kind": "role"},
            {"id": "league-of-two-seas", "name": "League of Two Seas", "kind": "organisation", "aliases": ["LTS"]},
        ],
        "topic_groups": [{"id": one.slug, "name": one.name, "definition": one.definition} for one in matters.GROUPS],
        "topics": [
            {
                "id": topic.slug,
                "group": topic.group,
                "name": topic.name,
                "definition": f"To {topic.matters[0][0].format(place='a place', other='another')}, and what is akin.",
            }
            for topic in matters.TOPICS
        ],
        "measures": [
            {"id": code, "kind": measure[0], "name": measure[1]} for code, measure in matters.MEASURES.items()
        ],
    }


def processes(seed: int, count: int, *, persons: float) -> list[Process]:
    """So many processes, the largest first; each has at least two persons."""
    names = Names(Dice(seed, "names"))
    return [_process(Dice(seed, "process", place), place, names, persons=persons) for place in range(count)]


def _process(dice: Dice, place: int, names: Names, *, persons: float) -> Process:
    home = names.new()
    slug = f"p{place + 1:03d}-{slug_of(home)}"
    sides = [_side(dice, names, home, form) for form in dice.some(_SIDES[1:], dice.weighed({1: 5, 2: 3, 3: 1, 4: 1}))]
    sides.insert(0, (_titled(_SIDES[0][0], home), _SIDES[0][1]))
    mediators = [(f"Republic of {names.new()}", "state"), (f"{names.new()} Community", "organisation")]
    places = [
        (_titled(form, names.new()), kind) for form, kind in (dice.one(_PLACES) for _ in range(dice.whole(8, 16)))
    ]
    bodies = [dice.one(_BODIES).format(names.new()) for _ in range(6)]
    people = [f"{names.new()} {names.new()}" for _ in range(max(2, round(persons)))]
    parties = [(slug_of(name), name, kind) for name, kind in (*sides, *mediators)]
    begins, years = dice.whole(1990, 2018), dice.whole(1, 9)
    persons_of = [(slug_of(name), parties[n % len(parties)][0]) for n, name in enumerate(people)]
    topics = dice.some(matters.TOPICS, len(matters.TOPICS))
    return Process(
        slug=slug,
        name=f"{home} {dice.one(_TRACKS)}",
        stage=Stage(
            sides=tuple(Side(one, _in_text(name)) for one, name, _ in parties[: len(sides)]),
            everybody=EVERYBODY,
            guarantors=(*GUARANTORS, Side(parties[-2][0], _in_text(parties[-2][1]))),
            places=tuple(Place(slug_of(name), name) for name, _ in places),
            bodies=tuple(bodies),
            words=tuple(names.new() for _ in range(8)),
            topics=tuple(topics),
        ),
        mediators=tuple(Side(one, _in_text(name)) for one, name, _ in parties[len(sides) :]),
        persons=tuple(persons_of),
        begins=begins,
        years=years,
        document={
            "format": FORMAT,
            "processes": [
                {
                    "id": slug,
                    "name": f"{home} track",
                    "summary": f"Texts on peace around {home}, {begins} to {begins + years}. Invented.",
                    "parties": sorted(one for one, _, _ in parties[: len(sides)]),
                }
            ],
            "parties": [
                {"id": one, "name": name, "kind": kind, **({"aliases": [home]} if n == 0 else {})}
                for n, (one, name, kind) in enumerate(parties)
            ],
            "persons": [
                {"id": one, "name": name, "party": party, "role": dice.one(("Envoy", "Chief delegate", "Speaker"))}
                for name, (one, party) in zip(people, persons_of, strict=True)
            ],
            "territories": [{"id": slug_of(name), "name": name, "kind": kind} for name, kind in places],
        },
    )


def _side(dice: Dice, names: Names, home: str, form: tuple[str, str]) -> tuple[str, str]:
    return _titled(form[0], names.new() if dice.chance(0.5) else home), form[1]


def _titled(form: str, name: str) -> str:
    return form.format(name)


def _in_text(name: str) -> str:
    return name if name.startswith("Assembly") else name.removeprefix("Government of ")
