"""The nearest of many vectors, against the plain answer that sorts all of them."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proposals.alignment import neighbours
from proposals.alignment.neighbours import nearest_rows

Vectors = npt.NDArray[np.float32]
Answer = tuple[npt.NDArray[np.int64], Vectors]
EAST, NORTH, WEST = [1.0, 0.0], [0.0, 1.0], [-1.0, 0.0]


def plainly(queries: Vectors, corpus: Vectors, *, count: int, skip_self: bool = False) -> Answer:
    """What nearest_rows promises, by sorting whole rows."""
    scores = (queries.astype(np.float64) @ corpus.astype(np.float64).T).astype(np.float32)
    if skip_self:
        np.fill_diagonal(scores, -np.inf)
    scores = np.pad(scores, ((0, 0), (0, count)), constant_values=-np.inf)
    rows = np.argsort(-scores, axis=1, kind="stable")[:, :count]
    similarities = np.take_along_axis(scores, rows, axis=1)
    return np.where(np.isinf(similarities), -1, rows), similarities


def unit_vectors(seed: int, count: int, width: int) -> Vectors:
    found = np.random.default_rng(seed).standard_normal((count, width), dtype=np.float32)
    lengths: Vectors = np.linalg.norm(found, axis=1, keepdims=True)
    return found / lengths


def assert_same(one: Answer, two: Answer) -> None:
    assert one[0].tolist() == two[0].tolist()
    assert one[1].tolist() == two[1].tolist()


@st.composite
def few_directions(draw: st.DrawFn, width: int) -> Vectors:
    """Up to 90 vectors of whole and half steps, so that many are the same, or equally near, or nothing at all."""
    kinds = draw(st.lists(st.lists(st.sampled_from([-0.5, 0, 0, 0.5]), min_size=width, max_size=width), min_size=1))
    picked = draw(st.lists(st.sampled_from(kinds), max_size=90))
    return np.array(picked, dtype=np.float32).reshape(-1, width)


@pytest.mark.parametrize("skip_self", [False, True])
@pytest.mark.parametrize("size", [1, 2, 63, 64, 65, 129, 700])
def test_the_answer_is_that_of_sorting_all(size: int, skip_self: bool) -> None:
    corpus = unit_vectors(1, size, 48)
    queries = corpus if skip_self else unit_vectors(2, 40, 48)

    found = nearest_rows(queries, corpus, count=7, skip_self=skip_self)

    assert_same(found, plainly(queries, corpus, count=7, skip_self=skip_self))
    assert (found[0].dtype, found[1].dtype) == (np.int64, np.float32)


@pytest.mark.parametrize(("block", "tile", "chunk"), [(1, 1, 1), (3, 4, 4), (7, 64, 8), (512, 32, 32), (40, 256, 64)])
def test_no_block_size_changes_the_answer(monkeypatch: pytest.MonkeyPatch, block: int, tile: int, chunk: int) -> None:
    corpus = unit_vectors(3, 200, 33)[np.arange(300) % 170]  # the second half repeats the first
    whole = nearest_rows(corpus, corpus, skip_self=True)

    for name, value in (("QUERIES", block), ("TILE", tile), ("CHUNK", chunk)):
        monkeypatch.setattr(neighbours, name, value)

    assert_same(nearest_rows(corpus, corpus, skip_self=True), whole)


@settings(max_examples=150)
@given(st.data(), st.integers(1, 6), st.integers(1, 12), st.booleans())
def test_equals_and_empty_vectors_come_in_the_order_of_their_rows(
    data: st.DataObject, width: int, count: int, skip_self: bool
) -> None:
    corpus = data.draw(few_directions(width))
    queries = corpus if skip_self else data.draw(few_directions(width))

    found = nearest_rows(queries, corpus, count=count, skip_self=skip_self)

    assert_same(found, plainly(queries, corpus, count=count, skip_self=skip_self))


def test_twins_tie_however_the_product_is_summed() -> None:
    """In single precision the products with 500 copies of one vector differ in their last bits."""
    corpus = np.repeat(unit_vectors(4, 2, 384), 500, axis=0)

    rows, similarities = nearest_rows(unit_vectors(5, 30, 384), corpus, count=4)

    assert {tuple(row) for row in rows.tolist()} <= {(0, 1, 2, 3), (500, 501, 502, 503)}
    assert (similarities == similarities[:, :1]).all()


def test_neighbours_closer_to_each_other_than_single_precision_tells_are_told_apart() -> None:
    apart = np.random.default_rng(6).standard_normal((400, 96)) * 1e-7
    corpus = (unit_vectors(7, 1, 96) + apart).astype(np.float32)

    assert_same(nearest_rows(corpus[:9], corpus), plainly(corpus[:9], corpus, count=5))


def test_a_row_is_not_its_own_neighbour_but_its_copy_is() -> None:
    rows, similarities = nearest_rows([EAST, NORTH, EAST], [EAST, NORTH, EAST], count=1, skip_self=True)

    assert rows.tolist() == [[2], [0], [0]]
    assert similarities.tolist() == [[1.0], [0.0], [1.0]]


@pytest.mark.parametrize(
    ("queries", "corpus", "skip_self", "rows", "similarities"),
    [
        ([EAST], [EAST, WEST], False, [[0, 1, -1]], [[1.0, -1.0, -np.inf]]),  # fewer than asked for
        ([EAST], [EAST], True, [[-1, -1, -1]], [[-np.inf] * 3]),  # nobody but oneself
        ([EAST], np.zeros((0, 2)), False, [[-1, -1, -1]], [[-np.inf] * 3]),  # nobody at all
        (np.zeros((0, 2)), [EAST], False, [], []),  # nothing asked
        ([[]], [[], []], False, [[0, 1, -1]], [[0.0, 0.0, -np.inf]]),  # vectors without a single number
    ],
)
def test_missing_neighbours_are_row_minus_one(
    queries: Any, corpus: Any, skip_self: bool, rows: list[Any], similarities: list[Any]
) -> None:
    found = nearest_rows(queries, corpus, count=3, skip_self=skip_self)

    assert found[0].shape == found[1].shape == (len(queries), 3)
    assert (found[0].tolist(), found[1].tolist()) == (rows, similarities)


def test_memory_stays_within_the_block_for_a_large_corpus(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(neighbours, "BLOCK", 1_000)
    asked = unit_vectors(8, 12, 5)
    corpus = unit_vectors(9, 300, 5)

    assert neighbours.block_rows(300) == 3
    assert neighbours.block_rows(10_000) == 1
    assert_same(nearest_rows(asked, corpus), plainly(asked, corpus, count=5))


def test_the_inputs_are_left_as_they_were() -> None:
    corpus = unit_vectors(10, 100, 8)
    before = corpus.copy()

    nearest_rows(corpus, corpus, skip_self=True)

    assert np.array_equal(corpus, before)


@pytest.mark.parametrize(
    ("queries", "corpus", "options", "reason"),
    [
        (EAST, [EAST], {}, r"queries must be two-dimensional.*\(2,\)"),  # one vector, not a row of vectors
        ([EAST], [[EAST]], {}, r"corpus must be two-dimensional.*\(1, 1, 2\)"),
        (1.0, [EAST], {}, "queries must be two-dimensional"),
        ([EAST], [[1.0, 0.0, 0.0]], {}, "queries are 2 wide and the corpus 3"),
        ([[np.nan, 0.0]], [EAST], {}, "queries hold NaN"),
        ([EAST], [EAST, [0.0, np.inf]], {}, "corpus hold NaN or infinity"),
        ([EAST], [EAST, NORTH], {"skip_self": True}, "1 rows against 2"),
        ([EAST], [EAST], {"count": 0}, "count is 0"),
    ],
)
def test_what_cannot_be_compared_is_refused(queries: Any, corpus: Any, options: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        nearest_rows(queries, corpus, **options)
