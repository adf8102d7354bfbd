"""The nearest rows of one set of dense vectors for each row of another, exact, in blocks of bounded memory.

Products come from the BLAS in single precision, where the last bits hang on the shape of a block, so that even twins
may differ. They therefore only nominate: whatever could be among the nearest is judged again in double precision.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
Places = npt.NDArray[np.int64]

QUERIES = 512  # queries at once; fewer for a corpus so large that BLOCK would not hold their scores
BLOCK = 16_000_000  # scores held at once (64 MB)
TILE = 2_048  # rows of the corpus multiplied at once, a multiple of CHUNK; their scores are still in the cache then
CHUNK = 64  # rows of the corpus for which their best one stands in the first round of the choice
SPARE = 3  # nominees beyond `count`; a query for which they are too few is judged in double precision throughout
OUT = np.finfo(np.float32).min  # the score of what is no candidate; -inf marks what is taken already


def nearest_rows(
    queries: npt.ArrayLike, corpus: npt.ArrayLike, *, count: int = 5, skip_self: bool = False
) -> tuple[Places, Vectors]:
    """The `count` rows of the corpus nearest to each query, and their similarities, both [queries, count].

    Both inputs are [rows, width], L2-normalised, and are taken as float32. A similarity is the dot product summed in
    double precision and rounded to float32, so a cosine within -1..1. The best comes first, and of equals the lower
    row. With `skip_self` the queries are the corpus, and none is its own neighbour. Where there are fewer candidates
    than `count`, the missing places hold row -1 and similarity -inf.

    Cost: that of the bare product and about a third more; three times the product where very many rows are equally
    near. Memory: up to 450 MB beside the inputs for 30,000 rows, mostly far less.
    Raises ValueError for inputs that are not two-dimensional, differ in width or hold NaN or infinity.
    """
    asked, given = _vectors(queries, "queries"), _vectors(corpus, "corpus")
    if asked.shape[1] != given.shape[1]:
        raise ValueError(f"The queries are {asked.shape[1]} wide and the corpus {given.shape[1]}; they must be alike.")
    if skip_self and len(asked) != len(given):
        raise ValueError(f"With skip_self the queries are the corpus, but have {len(asked)} rows against {len(given)}.")
    if count < 1:
        raise ValueError(f"count is {count}; it must be at least 1.")
    rows = np.full((len(asked), count), -1, dtype=np.int64)
    similarities = np.full((len(asked), count), -np.inf, dtype=np.float32)
    if not len(given):
        return rows, similarities
    longest = float(np.sqrt(np.einsum("ij,ij->i", given, given).max()))
    step, width = block_rows(len(given)), min(count, len(given))
    # The scores of all blocks in turn: fresh memory for each of them would cost a tenth of the whole time.
    room = np.empty((len(given) + CHUNK) * min(step, len(asked)), dtype=np.float32)
    for start in range(0, len(asked), step):
        block = slice(start, min(start + step, len(asked)))
        own = np.arange(block.start, block.stop) if skip_self else None
        rows[block, :width], similarities[block, :width] = _nearest(asked[block], given, own, width, longest, room)
    return rows, similarities


def block_rows(size: int) -> int:
    """How many queries are multiplied at once with a corpus of this many rows."""
    return max(1, min(QUERIES, BLOCK // size))


def _vectors(values: npt.ArrayLike, name: str) -> Vectors:
    vectors = np.ascontiguousarray(values, dtype=np.float32)
    if vectors.ndim != 2:
        raise ValueError(f"The {name} must be two-dimensional, a row for each vector, not of shape {np.shape(values)}.")
    if not np.isfinite(vectors).all():
        raise ValueError(f"The {name} hold NaN or infinity; every number must be finite.")
    return vectors


def _nearest(
    queries: Vectors, corpus: Vectors, own: Places | None, count: int, longest: float, room: Vectors
) -> tuple[Places, Vectors]:
    """The nearest rows of a block of queries, whose own rows are `own`; `longest` is the length of the longest vector.

    No product in single precision is further off than `error`, in whatever order it was summed. So all true neighbours
    are among the nominees, unless even the last spare one is as near as the last one needed, give or take twice that.
    """
    exact = queries.astype(np.float64)
    rows, scores = _best(*_scores(queries, corpus, own, room), min(count + SPARE, len(corpus)))
    error = queries.shape[1] * 2.0**-23 * longest * np.sqrt(np.einsum("ij,ij->i", exact, exact))
    crowded = (scores[:, -1] >= scores[:, count - 1] - 2 * error) & (scores[:, -1] > OUT) & (count < len(corpus))
    # Nominee by nominee, so that their vectors fit into the cache.
    judged = np.stack([np.vecdot(exact, corpus[nominee].astype(np.float64)) for nominee in rows.T], axis=1)
    judged = judged.astype(np.float32)
    judged[scores == OUT] = OUT
    order = np.lexsort((rows, -judged), axis=1)[:, :count]
    rows, judged = np.take_along_axis(rows, order, axis=1), np.take_along_axis(judged, order, axis=1)
    if crowded.any():
        own = None if own is None else own[crowded]
        rows[crowded], judged[crowded] = _best(*_scores(exact[crowded], corpus, own, room), count)
    missing = judged == OUT
    return np.where(missing, -1, rows), np.where(missing, np.float32(-np.inf), judged)


def _scores(queries: npt.NDArray[Any], corpus: Vectors, own: Places | None, room: Vectors) -> tuple[Vectors, Vectors]:
    """The products [corpus, queries], filled up to whole chunks, and the best of each chunk, [chunks, queries].

    They are summed in the precision of the queries, which lie side by side in memory, so that the best of a chunk is
    found for many of them at a stroke.
    """
    chunks = -(-len(corpus) // CHUNK)
    scores = room[: chunks * CHUNK * len(queries)].reshape(chunks * CHUNK, len(queries))
    scores[len(corpus) :] = OUT
    best = np.empty((chunks, len(queries)), dtype=np.float32)
    for top in range(0, len(corpus), TILE):
        part = scores[top : min(top + TILE, len(corpus))]
        np.matmul(corpus[top : top + TILE].astype(queries.dtype, copy=False), queries.T, out=part)
        if own is not None:
            here = np.flatnonzero((own >= top) & (own < top + len(part)))
            part[own[here] - top, here] = OUT
        whole = scores[top : top + TILE].reshape(-1, CHUNK, len(queries))
        np.max(whole, axis=1, out=best[top // CHUNK : top // CHUNK + len(whole)])
    return scores, best


def _best(scores: Vectors, best: Vectors, count: int) -> tuple[Places, Vectors]:
    """The rows of the `count` greatest scores of each query and these, the greatest first, of equals the lower row.

    All of them lie in the `count` chunks that come first by their best score, of equals the lower chunk: each of these
    has a row that comes before all rows of the chunks left out.
    """
    chunks, queries = best.shape
    picked = np.sort(_greatest(np.ascontiguousarray(best.T), min(count, chunks)), axis=1)
    nominees = scores.reshape(chunks, CHUNK, queries)[picked, :, np.arange(queries)[:, None]].reshape(queries, -1)
    places = _greatest(nominees.copy(), count)
    rows = np.take_along_axis(picked, places // CHUNK, axis=1) * CHUNK + places % CHUNK
    return rows, np.take_along_axis(nominees, places, axis=1)


def _greatest(table: Vectors, count: int) -> Places:
    """The columns of the `count` greatest values of each row in turn, the first of equals first. Uses up the table."""
    lines = np.arange(len(table))
    places = np.empty((len(table), count), dtype=np.int64)
    for n in range(count):
        places[:, n] = table.argmax(axis=1)
        table[lines, places[:, n]] = -np.inf
    return places
