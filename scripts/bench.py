"""Prints what the engine costs on this machine, beside a floor measured in the same run: make bench

The clauses are the shipped ones with all that is coded on them, read from fixtures/ without a database. A floor is the
bare matrix products of the same sizes. Times are the best of several runs, and a ratio is the greater one of CPU and
wall time. Nothing fails for being slow; it is only said whether what is wanted is met. What else the machine does shows
in the figures, so let it rest. The threads of the BLAS count as CPU time even while they wait for work; without them:
OPENBLAS_NUM_THREADS=1 make bench
"""

import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import combinations, count
from pathlib import Path

import numpy as np

from proposals.alignment import Clause, Proposal, TopicEntry, Vocabulary, align, build_vocabulary
from proposals.alignment.features import Matrix
from proposals.alignment.neighbours import TILE, block_rows, nearest_rows
from proposals.alignment.text import Slots, read

_FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
_ROWS, _WIDTH = 30_000, 384
_MEGABYTE = 2**20 if sys.platform == "darwin" else 2**10  # in the unit in which a system tells the peak memory

Pair = tuple[Proposal, Proposal]


@dataclass(frozen=True, kw_only=True, slots=True)
class Time:
    """Seconds of this process on all its threads together, and by the clock on the wall."""

    cpu: float
    wall: float


def main() -> None:
    # First of all, as a process starts out with the peak memory of the one that started it.
    near = json.loads(subprocess.check_output([sys.executable, __file__, "neighbours"], text=True))
    proposals, vocabulary = _shipped()
    clauses = [clause for proposal in proposals for clause in proposal.clauses]
    _line("what", "CPU", "wall", "floor CPU", "wall", "ratio", wanted="wanted")
    for size, limit in ((30, 0.005), (300, 0.3)):
        _align(f"align {size} x {size} clauses", [_sides(clauses, size)], vocabulary, limit=limit)
    pairs, what = list(combinations(proposals, 2)), f"align all pairs of {len(proposals)}"
    _align(f"{what}, nothing read", pairs, vocabulary, limit=2.0, at_hand="nothing")
    _align(f"{what}, texts read", pairs, vocabulary)
    _align(f"{what}, asked again", pairs, vocabulary, limit=0.3, at_hand="answers")
    _times(f"neighbours, {_ROWS:,} x {_WIDTH}", Time(**near["took"]), Time(**near["floor"]), most=1.5)
    _line("  peak memory with the input", f"{near['peak']:.0f} MB", wanted=_wanted("< 1 GB", near["peak"] < 1024))
    _growth(clauses, vocabulary, sizes=(100, 200, 400))


def _align(
    what: str, pairs: Sequence[Pair], vocabulary: Vocabulary, *, limit: float = 0, at_hand: str = "texts"
) -> Time:
    """Measures and prints aligning all the pairs, with "nothing" at hand, the "texts" read before, or the "answers"."""
    snapshot = vocabulary.to_json()
    asked, links = list(pairs), 0
    names = count()

    def prepare() -> None:
        nonlocal asked, vocabulary
        if at_hand == "nothing":
            vocabulary = Vocabulary.from_json(snapshot)  # the old one remembers the names it found
            _forget()
        elif at_hand == "texts":
            # An answer is remembered for its proposals: under new names they have not been asked about.
            name = next(names)
            asked = [(replace(a, slug=f"{a.slug}-{name}"), replace(b, slug=f"{b.slug}-{name}")) for a, b in pairs]

    def work() -> None:
        nonlocal links
        links = sum(len(align(left, right, vocabulary=vocabulary).links) for left, right in asked)

    if at_hand != "nothing":
        work()
    took, floor = _fastest(work, _bare_products(pairs, vocabulary), prepare=prepare)
    _times(f"{what} ({links:,} links)", took, floor, limit=limit)
    return took


def _growth(clauses: Sequence[Clause], vocabulary: Vocabulary, *, sizes: Sequence[int]) -> None:
    took = [_align(f"align {n} x {n} clauses", [_sides(clauses, n)], vocabulary) for n in sizes]
    products = np.log([n * n for n in sizes])
    # The greater one, as waiting threads add to the CPU time of small sizes and so flatter the growth.
    exponent = max(
        np.polyfit(products, np.log(times), 1)[0] for times in ([t.cpu for t in took], [t.wall for t in took])
    )
    _line("  grows like n x n to the power of", f"{exponent:.2f}", wanted=_wanted("<= 1", exponent <= 1))


def _neighbours() -> dict[str, object]:
    """The times of neighbours and of the product alone in the same blocks, and the peak memory in MB."""
    vectors = np.random.default_rng(1).standard_normal((_ROWS, _WIDTH), dtype=np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    peak = 0.0
    step = block_rows(_ROWS)
    scores = np.empty((_ROWS, step), dtype=np.float32)

    def nearest() -> None:
        nonlocal peak
        nearest_rows(vectors, vectors, skip_self=True)
        # Of the first run: later ones stand beside the scores of the bare product.
        peak = peak or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MEGABYTE

    def product() -> None:
        for start in range(0, _ROWS, step):
            queries = vectors[start : start + step]
            for top in range(0, _ROWS, TILE):
                corpus = vectors[top : top + TILE]
                np.matmul(corpus, queries.T, out=scores[top : top + TILE, : len(queries)])

    took, floor = _fastest(nearest, product, turns=3)
    return {"took": asdict(took), "floor": asdict(floor), "peak": peak}


def _shipped() -> tuple[list[Proposal], Vocabulary]:
    """The proposals of fixtures/ and the vocabulary that is frozen from them."""
    import django

    django.setup()
    from proposals.comparison.engine_input import engine_clause
    from proposals.exchange.draft_payloads import draft_payload
    from proposals.exchange.entries import Entry, validate
    from proposals.exchange.reading import read_files

    entries, faults = validate(read_files([_FIXTURES]).documents)
    if faults:
        sys.exit("\n".join(map(str, faults)))
    of_kind: dict[str, list[Entry]] = {}
    for entry in entries:
        of_kind.setdefault(entry.kind, []).append(entry)
    clauses: dict[str, list[Clause]] = {}
    for entry in of_kind["clause"]:
        payload = draft_payload(entry.own, entry.place + 1, entry.raw["id"], entry.data)
        clauses.setdefault(entry.own, []).append(engine_clause(payload))

    def names(kind: str) -> dict[str, tuple[str, ...]]:
        found = {}
        for entry in of_kind[kind]:
            aliases = [alias if isinstance(alias, str) else alias["name"] for alias in entry.raw.get("aliases", [])]
            found[entry.address] = (entry.raw["name"], *aliases)
        return found

    vocabulary = build_vocabulary(
        [clause for slug in sorted(clauses) for clause in clauses[slug]],
        [
            TopicEntry(slug=t.address, **{k: t.raw[k] for k in ("group", "name", "definition")})
            for t in of_kind["topic"]
        ],
        names("territory"),
        names("party"),
    )
    return [Proposal(slug=slug, clauses=tuple(clauses[slug])) for slug in sorted(clauses)], vocabulary


def _sides(clauses: Sequence[Clause], size: int) -> Pair:
    """Two texts of so many clauses, none of them twice.

    Where there are not enough, each further one has the first half of the words of one and the second half of another.
    """
    chance = random.Random(1)  # noqa: S311  (the same clauses in every run)
    pool = chance.sample(clauses, len(clauses))
    while len(pool) < 2 * size:
        one, two = chance.sample(clauses, 2)
        halves = one.text.split()[: len(one.text.split()) // 2], two.text.split()[len(two.text.split()) // 2 :]
        pool.append(replace(one, text=" ".join([*halves[0], *halves[1]])))
    pool = [replace(clause, id=f"{'lr'[n % 2]}/{n}", order=n, strikes="") for n, clause in enumerate(pool[: 2 * size])]
    return Proposal(slug="l", clauses=tuple(pool[::2])), Proposal(slug="r", clauses=tuple(pool[1::2]))


def _bare_products(pairs: Sequence[Pair], vocabulary: Vocabulary) -> Callable[[], object]:
    """The products of words, grams, concepts and topics of each pair, on matrices that are made already."""
    matrices: list[tuple[Matrix, Matrix]] = []
    for pair in pairs:
        ours, theirs = ([_slots(clause) for clause in side.clauses] for side in pair)
        parts = zip(zip(*ours, strict=True), zip(*theirs, strict=True), strict=True)
        widths = [len(np.intersect1d(np.concatenate(one), np.concatenate(two))) for one, two in parts]
        topics = {topic for side in pair for clause in side.clauses for topic in clause.topics}
        widths.append(len(topics) + len({vocabulary.groups[topic] for topic in topics}))
        matrices += [(np.ones((len(ours), width)), np.ones((width, len(theirs)))) for width in widths]
    return lambda: [left @ right for left, right in matrices]


def _slots(clause: Clause) -> tuple[Slots, ...]:
    """What is compared of a clause, part by part; concepts by their cosine and by how much of them is covered."""
    text = read(clause.text)
    return text.word_slots, text.gram_slots, text.concept_slots, text.concept_slots


def _forget() -> None:
    """Empties all that the engine keeps at hand of texts it has read."""
    for name, module in list(sys.modules.items()):
        if name.startswith("proposals.alignment."):
            for value in vars(module).values():
                if hasattr(value, "cache_clear"):
                    value.cache_clear()


def _fastest(*works: Callable[[], object], prepare: Callable[[], None] = lambda: None, turns: int = 2) -> list[Time]:
    """The best times of each of the works, which take so many turns at least, and more as long as two seconds last."""
    runs: list[list[Time]] = [[] for _ in works]
    end = time.perf_counter() + 2
    while len(runs[0]) < turns or time.perf_counter() < end:
        for work, found in zip(works, runs, strict=True):
            prepare()
            wall, cpu = time.perf_counter(), time.process_time()
            work()
            found.append(Time(cpu=time.process_time() - cpu, wall=time.perf_counter() - wall))
    return [Time(cpu=min(run.cpu for run in found), wall=min(run.wall for run in found)) for found in runs]


def _times(what: str, took: Time, floor: Time, *, limit: float = 0, most: float = 0) -> None:
    """Prints a line; wanted is CPU time below `limit` seconds, or a ratio of at most `most`, or nothing."""
    ratio = max(took.cpu / floor.cpu, took.wall / floor.wall)
    wanted = _wanted(f"CPU < {_shown(limit)}", took.cpu < limit) if limit else ""
    wanted = _wanted(f"ratio <= {most}", ratio <= most) if most else wanted
    _line(what, *map(_shown, (took.cpu, took.wall, floor.cpu, floor.wall)), f"{ratio:.1f}", wanted=wanted)


def _line(what: str, *figures: str, wanted: str = "") -> None:
    print(f"{what:<54}" + "".join(f"{figure:>11}" for figure in figures).ljust(55) + f"   {wanted}", flush=True)


def _wanted(what: str, met: bool) -> str:
    return f"{what}: {'met' if met else 'not met'}"


def _shown(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.3g} ms"


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if sys.argv[1:] == ["neighbours"]:
        print(json.dumps(_neighbours()))
    else:
        main()
