"""Some 120 searches as readers of a corpus would type them, from one rare name to what half of all clauses say."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from scripts.corpus import shape
from scripts.corpus.matters import TOPICS
from scripts.corpus.world import Process, processes

# Words that stand in a third of all clauses, or name parties and matters of as many.
BROAD = ("will", "shall", "all parties", "parties", "council", "valley", "land", "peace", "court", "river", "free",
         "talks", "border", "police", "league of two seas", "guarantor states")  # fmt: skip
_USUAL = (
    "prisoners", "release captives", "election watchers", "mines", "truth commission", "ceasefire observers",
    "heavy guns", "\"foreign troops\"", "power plant", "grain embargo", "school children", "return of refugees",
    "amnesty torture", "demobilised fighters grant", "joint commission delegates", "harbour port dredge", "tolls",
    "identity papers", "currency debt", "women councils", "radio incitement", "archive manuscripts", "at most 5,000",
    "30 days", "within days of signing", "1,100 pieces", "constitution referendum", "border surveyors", "refugees",
    "sanctions", "arbitration award", "parliament ratify", "confidential talks", "electricity grid", "police academy",
    "missing persons graves", "relief convoys medicine", "oil revenue", "seed tools farmers", "memorial survivors",
)  # fmt: skip
_SLIPS = ("prisonners", "refuges camp", "elecions", "comission", "withdrawl", "amnisty", "constituton", "guarentor")


def questions(seed: int, *, tracks: int) -> Iterator[str]:
    """Query strings of /api/v1/clauses/; the same ones for the same seed."""
    made = processes(seed, tracks, persons=shape.PERSONS)
    for words in (*BROAD, *_USUAL, *_SLIPS, *_named(made)):
        yield urlencode({"q": words})
    for topic in TOPICS[::4]:
        yield urlencode({"q": topic.name.lower()})
    for words in BROAD[:6]:
        yield urlencode({"q": words, "topic": TOPICS[7].slug})
        yield urlencode({"q": words, "date_from": "2001-01-01", "date_to": "2003-12-31"})
    for words in (*_USUAL[:5], *BROAD[4:7]):
        yield urlencode({"q": words, "offset": 40})


def _named(made: list[Process]) -> Iterator[str]:
    for place, process in enumerate(made[:: max(1, len(made) // 12)]):
        stage = process.stage
        yield stage.places[place % len(stage.places)].name
        yield stage.sides[place % len(stage.sides)].name
        yield f"{stage.bodies[0].split()[-1]} withdrawal"
