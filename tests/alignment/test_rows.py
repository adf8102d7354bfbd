"""Rows from links: complete, tied by links, not contained in each other, bounded."""

from collections.abc import Iterable
from itertools import combinations, product

from hypothesis import given
from hypothesis import strategies as st

from proposals.alignment import Link, Proposal
from proposals.alignment.rows import row_id, rows_of
from tests.alignment.cast import a_clause, a_proposal


def texts_of(**sizes: int) -> list[Proposal]:
    return [
        a_proposal(slug, *(a_clause(str(n), f"{slug} {n}") for n in range(1, size + 1))) for slug, size in sizes.items()
    ]


def links(*pairs: str) -> list[Link]:
    return [
        Link(
            left=pair.split("-")[0],
            right=pair.split("-")[1],
            relation="overlap",
            wider=None,
            score=0.9,
            decided_by="engine",
            stale=False,
            reasons=(),
            divergences=(),
        )
        for pair in pairs
    ]


def told(rows: Iterable[frozenset[str]]) -> list[str]:
    return [" ".join(sorted(row)) for row in rows]


def test_a_clause_without_links_has_a_row_of_its_own() -> None:
    assert told(rows_of(texts_of(a=2, b=1), links("a/1-b/1"))) == ["a/1 b/1", "a/2"]


def test_two_clauses_answered_by_one_share_its_row() -> None:
    assert told(rows_of(texts_of(a=2, b=1), links("a/1-b/1", "a/2-b/1"))) == ["a/1 a/2 b/1"]


def test_all_against_all_is_one_row() -> None:
    rows = rows_of(texts_of(a=2, b=2), links("a/1-b/1", "a/1-b/2", "a/2-b/1", "a/2-b/2"))

    assert told(rows) == ["a/1 a/2 b/1 b/2"]


def test_a_chain_is_not_one_row() -> None:
    rows = rows_of(texts_of(a=2, b=2), links("a/1-b/1", "a/2-b/1", "a/2-b/2"))

    assert told(rows) == ["a/1 a/2 b/1", "a/2 b/1 b/2"]


def test_unlike_clauses_are_not_tied_through_a_third_text() -> None:
    rows = rows_of(texts_of(a=1, b=1, c=1), links("a/1-b/1", "b/1-c/1"))

    assert told(rows) == ["a/1 b/1", "b/1 c/1"]


def test_three_texts_on_one_matter_are_one_row() -> None:
    rows = rows_of(texts_of(a=1, b=1, c=1), links("a/1-b/1", "b/1-c/1", "a/1-c/1"))

    assert told(rows) == ["a/1 b/1 c/1"]


def test_a_row_that_adds_nothing_is_left_out() -> None:
    # The row around b/2 (a/1 and a/2) holds only links that the rows around a/1 and a/2 have.
    rows = rows_of(texts_of(a=2, b=3), links("a/1-b/1", "a/1-b/2", "a/2-b/2", "a/2-b/3"))

    assert told(rows) == ["a/1 b/1 b/2", "a/2 b/2 b/3"]


def test_a_deletion_stands_in_the_rows_of_what_it_strikes_out() -> None:
    (north,) = texts_of(a=1)
    counter = a_proposal("b", a_clause("1", "Struck out.", kind="deletion", strikes="a/1"))

    assert told(rows_of([north, counter], links("a/1-b/1"))) == ["a/1 b/1"]
    assert told(rows_of([counter], [])) == ["b/1"]


def test_deletions_of_one_clause_that_is_not_shown_share_a_row() -> None:
    strike = a_clause("1", "Struck out.", kind="deletion", strikes="a/1")
    other = a_clause("2", "Struck out too.", kind="deletion", strikes="a/2")

    assert told(rows_of([a_proposal("b", strike, other), a_proposal("c", strike)], [])) == ["b/1 c/1", "b/2"]


def test_the_order_of_proposals_and_links_does_not_matter() -> None:
    proposals, given = texts_of(a=3, b=3, c=2), links("a/1-b/1", "a/1-b/2", "b/1-c/1", "a/1-c/1", "a/2-c/2")

    assert rows_of(proposals, given) == rows_of(proposals[::-1], given[::-1])


def test_a_row_is_named_by_its_clauses_in_any_order() -> None:
    assert row_id(["a/1", "b/2"]) == row_id(["b/2", "a/1"])
    assert len(row_id(["a/1"])) == 12


def test_a_row_keeps_its_name_from_release_to_release() -> None:
    assert row_id(["a/1", "b/2"]) == "8bd12b24d6eb"


FIVE = "abcde"


@given(st.sets(st.sampled_from(list(combinations(FIVE, 2)))))
def test_rows_of_single_clauses_are_the_largest_sets_that_are_linked_with_each_other(
    ties: set[tuple[str, str]],
) -> None:
    linked = [
        set(some) for n in range(1, 6) for some in combinations(FIVE, n) if ties.issuperset(combinations(some, 2))
    ]
    largest = [one for one in linked if not any(one < other for other in linked)]

    rows = rows_of(texts_of(**dict.fromkeys(FIVE, 1)), links(*(f"{one}/1-{two}/1" for one, two in sorted(ties))))

    found = [{clause[0] for clause in row} for row in rows]
    assert all(row in largest for row in found)
    for one in largest:
        others = [set(combinations(sorted(other), 2)) for other in largest if other != one]
        adds = not set(combinations(sorted(one), 2)) <= set().union(*others) or len(one) == 1
        assert one in found or not adds


@given(
    st.sets(
        st.sampled_from(
            [
                f"{one}/{m}-{two}/{n}"
                for one, two in combinations("abc", 2)
                for m, n in product(range(1, 4), range(1, 4))
            ]
        ),
        max_size=14,
    )
)
def test_every_clause_and_link_is_in_a_row_and_every_row_adds_one(told_links: set[str]) -> None:
    rows = rows_of(texts_of(a=3, b=3, c=3), links(*sorted(told_links)))

    pairs = {frozenset(pair.split("-")) for pair in told_links}
    clauses = {frozenset({f"{slug}/{n}"}) for slug in "abc" for n in range(1, 4)}
    held = [{part for part in pairs | clauses if part <= row} for row in rows]
    assert set().union(*held) == pairs | clauses
    for n, parts in enumerate(held):
        assert parts - set().union(*held[:n], *held[n + 1 :])


def test_of_rows_of_which_either_may_go_the_smaller_one_is_left_out() -> None:
    # All that a row a/1 a/2 b/2 c/1 would hold stands in the second and the last.
    rows = rows_of(
        texts_of(a=2, b=2, c=2),
        links("a/1-b/1", "a/2-b/1", "a/2-b/2", "a/1-c/1", "a/1-c/2", "a/2-c/1", "a/2-c/2", "b/2-c/1"),
    )

    assert told(rows) == ["a/1 a/2 b/1", "a/1 a/2 c/1 c/2", "a/2 b/1 b/2 c/1 c/2"]


def test_a_row_takes_the_counterparts_of_all_texts_that_are_joined_among_themselves() -> None:
    rows = rows_of(
        texts_of(a=1, b=2, c=2, d=2, e=2),
        links("a/1-b/2", "a/1-d/1", "a/1-d/2", "b/1-c/2", "b/2-d/1", "b/2-e/1", "b/2-e/2", "c/2-d/1", "d/1-e/1"),
    )

    assert "b/2 d/1 e/1 e/2" in told(rows)
