"""What one clause provides, and its words. Two clauses of one provision say the same, near enough or in other words."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from scripts.corpus import matters, shape
from scripts.corpus.dice import Dice


@dataclass(frozen=True)
class Side:
    """A party as it is named in texts and in files."""

    slug: str
    name: str


@dataclass(frozen=True)
class Place:
    slug: str
    name: str


@dataclass(frozen=True)
class Stage:
    """Who and what the texts of a process speak of; the first of each most often."""

    sides: tuple[Side, ...]
    everybody: tuple[Side, ...]
    guarantors: tuple[Side, ...]
    places: tuple[Place, ...]
    bodies: tuple[str, ...]
    words: tuple[str, ...]
    topics: tuple[matters.Topic, ...]


@dataclass(frozen=True)
class Provision:
    topic: matters.Topic
    matter: int
    phrasing: int
    frame: int
    modality: str
    who: tuple[Side, ...]
    other: tuple[Side, ...]
    guarantor: tuple[Side, ...]
    topics: tuple[str, ...]
    places: tuple[Place, ...]
    # Named in the text where no place is coded.
    somewhere: Place
    opening: str
    tails: tuple[str, ...]
    terms: tuple[Mapping[str, Any], ...] = field(default=())

    @property
    def text(self) -> str:
        deed = self.topic.matters[self.matter][self.phrasing]
        frames = matters.FRAMES[self.modality]
        words = frames[self.frame % len(frames)].format(
            who=_listed([side.name for side in self.who][:2]), deed="{deed}"
        )
        text = words.replace("{deed}", _filled(deed, self))
        if self.opening:
            text = f"{self.opening}, {text[0].lower() if text.startswith(('It', 'In', 'The')) else text[0]}{text[1:]}"
        for term in self.terms:
            text += f", {_told(term)}"
        for tail in self.tails:
            text += f", {tail}"
        return text[0].upper() + text[1:] + "."

    @property
    def label(self) -> str:
        """The matter in a few words, the place with it in half of them."""
        words = (
            self.topic.name if self.matter == 0 else f"{self.topic.name}: {_start(self.topic.matters[self.matter][0])}"
        )
        return f"{words} at {self.places[0].name}" if self.places and self.frame % 2 else words


def draw(dice: Dice, stage: Stage, *, year: int) -> Provision:
    """A provision that nobody made before."""
    topic = dice.near_front(stage.topics)
    matter = dice.whole(0, len(topic.matters) - 1)
    further = dice.some([one.slug for one in stage.topics if one is not topic], dice.weighed(shape.TOPICS) - 1)
    everybody = dice.chance(0.15)
    who = stage.everybody[:1] if everybody else dice.some(stage.sides, dice.weighed(shape.OBLIGATED))
    rest = [side for side in stage.sides if side not in who] or list(stage.everybody)
    found = Provision(
        topic=topic,
        matter=matter,
        phrasing=dice.whole(0, len(topic.matters[matter]) - 1),
        frame=dice.whole(0, 11),
        modality=dice.weighed(shape.MODALITY),
        who=tuple(who),
        other=tuple(dice.some(rest, dice.weighed(shape.BENEFICIARY))),
        guarantor=(dice.one(stage.guarantors),) if dice.chance(shape.GUARANTOR) else (),
        topics=(topic.slug, *further),
        places=tuple(_places(dice, stage)),
        somewhere=dice.near_front(stage.places),
        opening="",
        tails=(),
        terms=tuple(draw_term(dice, stage, year=year) for _ in range(dice.weighed(shape.TERMS))),
    )
    return reworded(dice, stage, found)


def reworded(dice: Dice, stage: Stage, provision: Provision) -> Provision:
    """The same provision told independently: another phrasing, frame and trimmings."""
    phrasings = len(provision.topic.matters[provision.matter])
    found = replace(
        provision,
        phrasing=(provision.phrasing + 1) % phrasings,
        frame=dice.whole(0, 11),
        opening=_trimming(dice, stage, provision, matters.OPENINGS) if dice.chance(0.2) else "",
        tails=(),
    )
    length = min(dice.lognormal(shape.WORDS_MEDIAN, shape.WORDS_SPREAD), shape.WORDS_MOST)
    while len(found.text.split()) < length:
        found = replace(found, tails=(*found.tails, _trimming(dice, stage, found, matters.TAILS)))
    return found


def edited(dice: Dice, stage: Stage, provision: Provision, *, year: int) -> Provision:
    """The same words but for one thing: a figure, the force, a trimming, or who is bound."""
    if provision.terms and dice.chance(0.7):
        return replace(provision, terms=(draw_term(dice, stage, year=year), *provision.terms[1:]))
    if provision.tails and dice.chance(0.5):
        return replace(provision, tails=provision.tails[:-1])
    if dice.chance(0.4):
        return replace(provision, modality=dice.weighed(shape.MODALITY))
    return replace(provision, tails=(*provision.tails, _trimming(dice, stage, provision, matters.TAILS)))


def draw_term(dice: Dice, stage: Stage, *, year: int) -> dict[str, Any]:
    kind = dice.weighed(shape.TERM_KINDS)
    code = dice.one([code for code, measure in matters.MEASURES.items() if measure[0] == kind])
    _, _, unit, least, most = matters.MEASURES[code]
    term: dict[str, Any] = {"kind": kind, "measure": code}
    if kind == "date":
        day = datetime.date(year, 1, 1) + datetime.timedelta(days=dice.whole(0, 700))
        return term | {"date": day.isoformat(), "date_precision": "day"}
    if kind == "quantity":
        term["subject"] = dice.one(stage.sides).slug
    comparator = dice.weighed(shape.COMPARATORS)
    term["comparator"] = comparator
    if comparator not in ("unlimited", "unspecified"):
        term["value"] = _round(dice.whole(least, most))
        if comparator == "between":
            term["value_max"] = term["value"] + _round(dice.whole(least, most))
        term["unit"] = unit
    if kind == "duration" and dice.chance(0.4):
        term["counts_from"] = dice.one(("signing", "ceasefire_start", "entry_into_force", "withdrawal_start"))
    return term


def _places(dice: Dice, stage: Stage) -> list[Place]:
    found: dict[Place, None] = {}
    for _ in range(dice.weighed(shape.TERRITORIES)):
        found[dice.near_front(stage.places)] = None
    return list(found)


def _trimming(dice: Dice, stage: Stage, provision: Provision, several: Sequence[str]) -> str:
    text = dice.one(several).replace("{body}", dice.near_front(stage.bodies))
    return _filled(text.replace("{word}", dice.near_front(stage.words)), provision)


def _filled(text: str, provision: Provision) -> str:
    place = provision.places[0] if provision.places else provision.somewhere
    return text.replace("{place}", place.name).replace("{other}", provision.other[0].name)


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _start(text: str) -> str:
    words = text.split(" {")[0].split()[:5]
    while len(words) > 1 and words[-1] in (
        "a",
        "and",
        "at",
        "by",
        "for",
        "from",
        "in",
        "of",
        "that",
        "the",
        "to",
        "with",
    ):
        words.pop()
    return " ".join(words)


def _round(value: int) -> int:
    return value if value < 100 else round(value, -1 if value < 1000 else -2)


_TOLD = {
    "exactly": "exactly {}", "at_most": "at most {}", "about": "about {}", "at_least": "at least {}",
    "more_than": "more than {}", "between": "between {} and {}",
    "unlimited": "without any limit", "unspecified": "soon",
}  # fmt: skip


def _told(term: Mapping[str, Any]) -> str:
    if term["kind"] == "date":
        return f"on {term['date']}"
    unit = term.get("unit", "").replace("_", " ").replace("billion usd", "billion dollars")
    figures = [f"{term[one]:,}" for one in ("value", "value_max") if one in term]
    return f"{_TOLD[term['comparator']].format(*figures)} {unit}".rstrip()
