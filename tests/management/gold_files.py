"""Small gold pairs for tests of commands: four pairs of the cast's texts, no two of which share one."""

from pathlib import Path
from typing import Any

import yaml

# What each text says of the garrison, the fishing boats, the mail and the elections.
TEXTS = {
    "council-plan": ["at most 500 soldiers", "are given licences again", "is carried each week", "follow in spring"],
    "front-answer": ["at most 800 soldiers", "are given licences", "is carried twice a week", "follow in spring"],
    "council-draft": ["at most 300 soldiers", "leave the harbour freely", "is not opened", "follow in a year"],
    "front-draft": ["no limit to its soldiers", "leave the harbour freely", "is not read", "follow in two years"],
    "council-memo": ["at least 100 soldiers", "pay no tolls", "is free of charge", "are watched by the mediator"],
    "mediator-text": ["at least 100 soldiers", "pay tolls", "is free of charge", "are watched by the mediator"],
    "front-offer": ["withdrawn its soldiers", "are counted", "reaches the islands", "need no watch"],
    "mediator-offer": ["kept its soldiers", "are counted each year", "reaches the islands", "need a watch"],
}
SUBJECTS = [
    ("garrison", "The garrison of the old harbour has"),
    ("fishing", "Fishing boats"),
    ("mail", "Mail between the coasts"),
    ("elections", "Elections to the council of the coast"),
]
RELATIONS = {
    ("council-plan", "front-answer"): ["conflict", "equivalent", "overlap", "equivalent"],
    ("council-draft", "front-draft"): ["conflict", "equivalent", "overlap", "conflict"],
    ("council-memo", "mediator-text"): ["equivalent", "conflict", "equivalent", "equivalent"],
    ("front-offer", "mediator-offer"): ["conflict", "overlap", "equivalent", "conflict"],
}


def a_pair(left: str, right: str) -> dict[str, Any]:
    """A gold pair: each clause answers the one on its subject, and the left text has a clause that nothing answers."""
    extra = {"id": "c05", "text": "The lighthouse burns all night.", "topics": ["lighthouse"]}
    return {
        "format": "clause-alignment-gold/1",
        "pair": f"{left}__{right}",
        "left": {"document": left, "clauses": [*_clauses(left), extra]},
        "right": {"document": right, "clauses": _clauses(right)},
        "links": [
            {"left": f"c0{n}", "right": f"c0{n}", "relation": relation}
            | ({"kinds": ["quantity"]} if relation == "conflict" else {})
            for n, relation in enumerate(RELATIONS[left, right], 1)
        ],
    }


def write_pairs(folder: Path) -> tuple[Path, Path]:
    """The first two pairs as gold, the last two as readings: their folders."""
    folders = folder / "gold", folder / "readings"
    for place, (left, right) in enumerate(RELATIONS):
        file = folders[place // 2] / f"{left}__{right}.yaml"
        file.parent.mkdir(exist_ok=True)
        file.write_text(yaml.safe_dump(a_pair(left, right)), encoding="utf-8")
    return folders


def _clauses(document: str) -> list[dict[str, Any]]:
    return [
        {"id": f"c0{n}", "text": f"{start} {end}.", "topics": [topic]}
        for n, ((topic, start), end) in enumerate(zip(SUBJECTS, TEXTS[document], strict=True), 1)
    ]
