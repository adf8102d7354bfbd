"""A seeded corpus of invented agreements in the exchange format, shaped like the shipped data (shape.py).

    python -m scripts.corpus --agreements 2000 --clauses 60000 --seed 7 --out DIR

In code: `write(folder, agreements=…, clauses=…, seed=…)`, or `documents(…)` for one file at a time. The same numbers
give the same bytes, on any machine. It needs neither Django nor a database, and memory for one process of agreements.
Within a process, texts take clauses over from earlier ones: a third as they stand, a third with one thing changed, a
third in other words; so the engine meets near-verbatim and independent counterparts. Names and sentences are invented.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from scripts.corpus import shape
from scripts.corpus.agreements import Agreement, agreements
from scripts.corpus.dice import Dice
from scripts.corpus.said import said
from scripts.corpus.world import processes, vocabulary

LARGEST = 5_000_000  # bytes; larger files are not imported


def documents(*, agreements: int, clauses: int, seed: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Name and content of each file, in an order in which none names what comes later."""
    if not 0 < agreements <= clauses:
        raise ValueError("A corpus has at least one agreement, and each agreement at least one clause.")
    yield "00-vocabulary.json", vocabulary()
    sizes = _sizes(seed, agreements, clauses)
    tracks = _tracks(seed, agreements)
    for process, count in zip(processes(seed, len(tracks), persons=shape.PERSONS), tracks, strict=True):
        own, sizes = sizes[:count], sizes[count:]
        yield f"{process.slug}/000-vocabulary.json", process.document
        made: list[Agreement] = []
        for agreement, document in _agreements(seed, process, own):
            made.append(agreement)
            yield f"{process.slug}/{agreement.slug}.json", document
        yield f"{process.slug}/zz-said.json", said(seed, process, made)


def write(folder: Path, *, agreements: int, clauses: int, seed: int) -> int:
    """Writes the files into a folder, one after the other, and answers how many they are."""
    count = 0
    for name, document in documents(agreements=agreements, clauses=clauses, seed=seed):
        content = (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
        if len(content) > LARGEST:
            raise ValueError(f"{name} would have {len(content):,} bytes, more than the {LARGEST:,} that are imported.")
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        count += 1
    return count


_agreements = agreements


def _sizes(seed: int, agreements: int, clauses: int) -> list[int]:
    """Clauses of each agreement, with the given sum, as unequal as those of fixtures/."""
    dice = Dice(seed, "sizes")
    weights = [dice.one(shape.SIZES) * (0.9 + 0.2 * dice.whole(0, 99) / 99) for _ in range(agreements)]
    # One each, and the rest by weight; rounding the running sum makes the sum exact.
    left, whole, found, taken = clauses - agreements, sum(weights), [], 0
    running = 0.0
    for weight in weights:
        running += weight
        upto = round(left * running / whole)
        found.append(1 + upto - taken)
        taken = upto
    return found


def _tracks(seed: int, agreements: int) -> list[int]:
    """Agreements of each process: about 30 on average, few large ones and many small."""
    dice = Dice(seed, "tracks")
    found: list[int] = []
    while (left := agreements - sum(found)) > 0:
        found.append(min(left, max(1, round(dice.lognormal(20, 0.9)))))
    return sorted(found, reverse=True)
