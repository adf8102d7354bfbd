"""Agreements of one process, in the order of their dates: each takes over part of an earlier one, and adds its own."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from scripts.corpus import matters, shape
from scripts.corpus.dice import Dice
from scripts.corpus.provisions import Provision, draw, edited, reworded
from scripts.corpus.world import FORMAT, Process

# What becomes of what is taken over from an earlier text.
_CARRIED = {"kept": 35, "edited": 35, "reworded": 30}
_FORMS = {"limited_truce": "Truce", "points_plan": "Points", "framework": "Framework", "draft_treaty": "Draft treaty"}
_OTHER_KINDS = ("deletion", "placeholder")


@dataclass
class Agreement:
    """What later texts of the process need to know of an earlier one."""

    slug: str
    date: datetime.date
    keys: list[str] = field(default_factory=list)
    provisions: list[Provision] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)


def agreements(seed: int, process: Process, sizes: Sequence[int]) -> Iterator[tuple[Agreement, dict[str, Any]]]:
    """Each agreement with its file; `sizes` are their numbers of clauses."""
    earlier: list[Agreement] = []
    dice = Dice(seed, process.slug, "days")
    days = sorted(dice.whole(0, process.years * 365) for _ in sizes)
    for place, (size, day) in enumerate(zip(sizes, days, strict=True)):
        date = datetime.date(process.begins, 1, 1) + datetime.timedelta(days=day)
        made, document = _agreement(Dice(seed, process.slug, place), process, earlier, size, date, place)
        earlier.append(made)
        yield made, document


def _agreement(
    dice: Dice, process: Process, earlier: list[Agreement], size: int, date: datetime.date, place: int
) -> tuple[Agreement, dict[str, Any]]:
    kind = dice.weighed(shape.PROPOSAL_KIND)
    made = Agreement(f"{process.slug}-{place + 1:03d}", date)
    month = date.replace(day=1)
    by_month = dice.chance(0.05) and not (earlier and earlier[-1].date > month)
    made.date = month if by_month else date
    sides, form = process.stage.sides, _FORMS.get(kind, kind.replace("_", " ").capitalize())
    proposer, addressees = sides[dice.whole(0, len(sides) - 1)], dice.whole(1, 2)
    sources = [_source(dice, made.slug, n, made.date) for n in range(dice.weighed(shape.PROPOSAL_SOURCES))]
    made.sources = [source["id"] for source in sources]
    wording = dice.weighed(shape.WORDING)
    base = earlier[-dice.whole(1, min(3, len(earlier)))] if earlier and dice.chance(0.75) else None
    clauses = [_clause(dice, process, made, earlier, base, wording=wording, place=n) for n in range(size)]
    forebears = [one for one in dice.some(earlier[-6:], dice.weighed(shape.LINEAGE)) if one is not base]
    place_named = process.stage.places[place % len(process.stage.places)]
    record: dict[str, Any] = {
        "id": made.slug,
        "process": process.slug,
        "title": f"{form} on {place_named.name}, {made.date.year}, text {place + 1}",
        "short_title": f"{process.slug.split('-')[1].title()} {form} {place + 1}"[:60],
        "kind": kind,
        "date": made.date.isoformat(),
        "date_precision": "month" if by_month else "day",
        "text_status": dice.weighed(shape.TEXT_STATUS),
        "clauses_complete": dice.weighed(shape.COMPLETE),
        "outcome": dice.weighed(shape.OUTCOME),
        "parties": {
            "proposer": [proposer.slug],
            "addressee": [side.slug for side in sides if side is not proposer][: addressees + 1],
            **({"mediator": [dice.one(process.mediators).slug]} if dice.chance(0.5) else {}),
        },
        "sources": made.sources,
        "verification": dice.weighed(shape.VERIFICATION),
        "summary": " ".join(one.text for one in made.provisions[:2])[:400] or "One provision.",
        "lineage": [
            *([{"relation": "builds_on", "proposal": base.slug}] if base else []),
            *({"relation": dice.weighed(shape.LINEAGE_RELATIONS), "proposal": one.slug} for one in forebears),
        ],
        "silences": _silences(dice, process, made),
        "clauses": clauses,
    }
    record = {name: value for name, value in record.items() if value}
    return made, {"format": FORMAT, "sources": sources, "proposals": [record]}


def _clause(
    dice: Dice,
    process: Process,
    made: Agreement,
    earlier: list[Agreement],
    base: Agreement | None,
    *,
    wording: str,
    place: int,
) -> dict[str, Any]:
    year = made.date.year
    carried = base and place < len(base.provisions) and dice.chance(0.55)
    if base and carried:
        provision = base.provisions[place]
        way = dice.weighed(_CARRIED)
        if way == "edited":
            provision = edited(dice, process.stage, provision, year=year)
        elif way == "reworded":
            provision = reworded(dice, process.stage, provision)
    else:
        provision = draw(dice, process.stage, year=year)
    key = f"c{place + 1:02d}"
    kind = dice.weighed(shape.KIND)
    struck = base.keys[place] if base and place < len(base.keys) else ""
    if kind == "deletion" and not struck:
        kind = "commitment"
    if kind in _OTHER_KINDS:
        provision = replace(provision, modality="", terms=())
    record: dict[str, Any] = {
        "id": key,
        "number": str(place + 1),
        "label": provision.label[:200],
        "text": provision.text if kind != "placeholder" else f"The content of point {place + 1} is not known.",
        "kind": kind if kind != "commitment" else "",
        "strikes": f"{base.slug}/{struck}"
        if base and struck and (kind == "deletion" or (kind == "commitment" and dice.chance(shape.STRIKES)))
        else "",
        "wording": wording if wording != "paraphrase" else "",
        "modality": provision.modality,
        "legal_effect": dice.weighed(shape.LEGAL_EFFECT),
        "scope": {
            name: value
            for name, value in (("extent", dice.weighed(shape.EXTENT)), ("permanence", dice.weighed(shape.PERMANENCE)))
            if value
        },
        "parties": _roles(provision),
        "topics": list(provision.topics),
        "territories": [one.slug for one in provision.places],
        "terms": list(provision.terms),
        "condition": _filled(dice.one(matters.CONDITIONS), process, provision) if dice.chance(shape.CONDITION) else "",
        "depends_on": _dependencies(dice, made, earlier),
        "contested": [
            {"party": side.slug, "objection": _filled(dice.one(matters.OBJECTIONS), process, provision)}
            for side in dice.some(process.stage.sides, dice.weighed(shape.CONTESTS))
        ],
        "note": dice.one(matters.NOTES) if dice.chance(shape.NOTE) else "",
        "locator": f"point {place + 1}",
        "sources": dice.some(made.sources, dice.weighed(shape.SOURCES)),
        "evidence": dice.weighed(shape.EVIDENCE),
        "confidence": dice.weighed(shape.CONFIDENCE),
    }
    made.keys.append(key)
    made.provisions.append(provision)
    return {name: value for name, value in record.items() if value}


def _roles(provision: Provision) -> dict[str, list[str]]:
    found = {"obligated": provision.who, "beneficiary": provision.other, "guarantor": provision.guarantor}
    return {role: [side.slug for side in sides] for role, sides in found.items() if sides}


def _dependencies(dice: Dice, made: Agreement, earlier: list[Agreement]) -> list[dict[str, str]]:
    found: dict[str, str] = {}
    for _ in range(dice.weighed(shape.DEPENDENCIES)):
        if earlier and dice.chance(shape.ELSEWHERE):
            target = f"{earlier[-1].slug}/{dice.one(earlier[-1].keys)}"
        elif made.keys:
            target = dice.one(made.keys)
        else:
            continue
        found.setdefault(target, dice.weighed(shape.RELATIONS))
    return [{"clause": target, "relation": relation} for target, relation in found.items()]


def _silences(dice: Dice, process: Process, made: Agreement) -> list[dict[str, str]]:
    told = {slug for provision in made.provisions for slug in provision.topics}
    left = [topic for topic in process.stage.topics if topic.slug not in told]
    return [
        {
            "topic": topic.slug,
            "reason": f"Read whole; nothing on {topic.name.lower()} stands there.",
            "checked_by": "Corpus generator",
            "checked_on": "2026-11-23",
            "source": made.sources[0],
        }
        for topic in dice.some(left, dice.weighed(shape.SILENCES))
    ]


def _source(dice: Dice, slug: str, place: int, date: datetime.date) -> dict[str, Any]:
    return {
        "id": f"{slug}-s{place + 1}",
        "title": dice.one(("Text as printed", "Report on the talks", "Communication to the press", "Archive copy")),
        "publisher": dice.one(("Harbour Gazette", "Two Seas Wire", "Archive of Treaties", "Valley Herald")),
        "date": date.isoformat(),
        "date_precision": "day",
        "access": dice.weighed(shape.EVIDENCE),
        "reliability": dice.weighed({"A": 20, "B": 45, "C": 30, "D": 5}),
    }


def _filled(text: str, process: Process, provision: Provision) -> str:
    place = provision.places[0] if provision.places else provision.somewhere
    text = text.replace("{place}", place.name).replace("{other}", provision.other[0].name)
    return text.replace("{body}", process.stage.bodies[0])
