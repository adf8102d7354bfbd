"""What was said beside the agreements of a process: positions, statements and disputes, as many as in fixtures/."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from scripts.corpus import shape
from scripts.corpus.agreements import Agreement
from scripts.corpus.dice import Dice
from scripts.corpus.world import FORMAT, Process

_STANCES = {"demands": 30, "rejects": 22, "offers": 15, "supports": 12, "accepts": 8, "open_to": 8, "states": 15}


def said(seed: int, process: Process, made: Sequence[Agreement]) -> dict[str, Any]:
    """One file of them."""
    dice = Dice(seed, process.slug, "said")
    count = len(made)
    document = {
        "format": FORMAT,
        "positions": [_position(dice, process, made, n) for n in range(round(count * shape.POSITIONS))],
        "disputes": [_dispute(dice, process, made, n) for n in range(round(count * shape.DISPUTES))],
        "statements": [_statement(dice, process, made, n) for n in range(round(count * shape.STATEMENTS))],
    }
    return {name: value for name, value in document.items() if value}


def _position(dice: Dice, process: Process, made: Sequence[Agreement], place: int) -> dict[str, Any]:
    agreement, topic, side = dice.one(made), dice.near_front(process.stage.topics), dice.one(process.stage.sides)
    stance = dice.weighed(_STANCES)
    people = [person for person, party in process.persons if party == side.slug]
    record = {
        "id": f"{process.slug}-q{place + 1}",
        "party": side.slug,
        "person": dice.one(people) if people and dice.chance(0.5) else "",
        "topic": topic.slug,
        "proposal": agreement.slug if dice.chance(0.4) else "",
        "date": (agreement.date + datetime.timedelta(days=dice.whole(0, 60))).isoformat(),
        "date_precision": "day",
        "stance": stance,
        "statement": f"On {topic.name.lower()}: {agreement.provisions[0].text}",
        "source": agreement.sources[0],
        "locator": f"line {place + 1}",
        "evidence": dice.weighed(shape.EVIDENCE),
        "confidence": dice.weighed(shape.CONFIDENCE),
    }
    red = {"red_line": True} if stance in ("demands", "rejects") and dice.chance(0.2) else {}
    return {name: value for name, value in record.items() if value} | red


def _statement(dice: Dice, process: Process, made: Sequence[Agreement], place: int) -> dict[str, Any]:
    agreement, topics = dice.one(made), dice.some(process.stage.topics, dice.whole(1, 2))
    return {
        "id": f"{process.slug}-t{place + 1}",
        "kind": "event" if dice.chance(0.8) else "omission",
        "subject": f"{topics[0].name} in the talks",
        "claim": f"By this report the delegates spoke of {topics[0].name.lower()} near {process.stage.places[0].name}.",
        "topics": [topic.slug for topic in topics],
        "about": [{"proposal": agreement.slug}],
        "source": agreement.sources[0],
        "locator": f"line {place + 1}",
        "evidence": dice.weighed(shape.EVIDENCE),
        "confidence": dice.weighed(shape.CONFIDENCE),
    }


def _dispute(dice: Dice, process: Process, made: Sequence[Agreement], place: int) -> dict[str, Any]:
    agreement = dice.one(made)
    first, second = dice.whole(10, 500), dice.whole(501, 900)
    return {
        "id": f"{process.slug}-d{place + 1}",
        "subject": f"Figure in point 1 of text {agreement.slug}",
        "about": [{"clause": f"{agreement.slug}/{agreement.keys[0]}"}],
        "topics": [agreement.provisions[0].topic.slug],
        "claims": [{"value": str(value), "source": agreement.sources[0]} for value in (first, second)],
    }
