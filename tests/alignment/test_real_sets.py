"""Rows on sets of shipped proposals: complete, tied by links, no chains, the same in any order."""

import random
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations, permutations
from typing import Any

import pytest

from proposals.alignment import Alignment, Concordance, align, concord
from tests.alignment.shipped_texts import EIGHT, shipped_texts, shipped_vocabulary

SETS = [
    EIGHT[:3],
    EIGHT[:4],
    EIGHT[:5],
    EIGHT,
    # a demand, two offers and an answer, then truces, then drafts of one text
    ("putin-terms-2024-06", "us-final-offer-2025-04", "eu-ua-counter-2025-04", "victory-plan-2024"),
    ("jeddah-ceasefire-2025-03", "kyiv-30-day-2025-05", "russian-truces-2025", "energy-ceasefire-2025-03"),
    ("istanbul-draft-2022-03-17", "istanbul-communique-2022", "istanbul-draft-2022-04-15"),
]


@lru_cache
def table(slugs: tuple[str, ...]) -> Concordance:
    return concord([shipped_texts()[slug] for slug in slugs], vocabulary=shipped_vocabulary())


@lru_cache
def pair(one: str, two: str) -> Alignment:
    texts = shipped_texts()
    return align(texts[one], texts[two], vocabulary=shipped_vocabulary())


def linked(slugs: tuple[str, ...]) -> set[frozenset[str]]:
    """The pairs that are linked between any two of these proposals, each aligned on its own."""
    return {frozenset((link.left, link.right)) for ends in combinations(slugs, 2) for link in pair(*ends).links}


def members(concordance: Concordance) -> list[set[str]]:
    return [{clause for cell in row.cells for clause in cell.clauses} for row in concordance.rows]


def owner(clause: str) -> str:
    return clause.partition("/")[0]


def kinds(slugs: tuple[str, ...]) -> dict[str, str]:
    return {clause.id: clause.kind for slug in slugs for clause in shipped_texts()[slug].clauses}


def told(concordance: Concordance) -> list[Any]:
    """The rows without what follows the asked order."""
    return [
        (
            row.id,
            row.topics,
            row.kind,
            row.relation,
            frozenset(row.cells),
            frozenset(row.absent_from),
            frozenset(frozenset((link.left, link.right)) for link in row.links),
            frozenset((d.kind, d.asserted, d.compatible, frozenset(d.sides)) for d in row.divergences),
            frozenset(row.element_gaps),
        )
        for row in concordance.rows
    ]


@pytest.mark.parametrize("slugs", SETS, ids=len)
def test_every_clause_and_every_link_is_in_a_row(slugs: tuple[str, ...]) -> None:
    rows = members(table(slugs))

    assert set().union(*rows) == {clause for clause, kind in kinds(slugs).items() if kind != "placeholder"}
    assert [set(link) for link in linked(slugs) if not any(link <= row for row in rows)] == []


@pytest.mark.parametrize("slugs", SETS, ids=len)
def test_the_links_of_a_row_are_those_between_its_clauses(slugs: tuple[str, ...]) -> None:
    links = linked(slugs)

    for row, clauses in zip(table(slugs).rows, members(table(slugs)), strict=True):
        assert [
            frozenset((link.left, link.right)) for link in row.links if not {link.left, link.right} <= clauses
        ] == []
        assert {frozenset((link.left, link.right)) for link in row.links} == {link for link in links if link <= clauses}


@pytest.mark.parametrize("slugs", SETS, ids=len)
def test_no_row_is_contained_in_another(slugs: tuple[str, ...]) -> None:
    rows = members(table(slugs))

    assert [(one, two) for one in rows for two in rows if one < two] == []
    assert len({frozenset(row) for row in rows}) == len({row.id for row in table(slugs).rows}) == len(rows)


@pytest.mark.parametrize("slugs", SETS, ids=len)
def test_any_two_cells_that_regulate_are_joined_by_a_link(slugs: tuple[str, ...]) -> None:
    links, kind = linked(slugs), kinds(slugs)

    for row in table(slugs).rows:
        regulating = [[c for c in cell.clauses if kind[c] != "deletion"] for cell in row.cells]
        for one, two in combinations([cell for cell in regulating if cell], 2):
            assert any(frozenset((a, b)) in links for a in one for b in two), (row.id, one, two)


@pytest.mark.parametrize("slugs", SETS, ids=len)
def test_a_row_is_no_chain_but_stands_around_a_clause_that_all_others_answer(slugs: tuple[str, ...]) -> None:
    links, kind = linked(slugs), kinds(slugs)

    for clauses in members(table(slugs)):
        regulating = {clause for clause in clauses if kind[clause] != "deletion"}
        centres = [
            clause
            for clause in regulating
            if all(frozenset((clause, other)) in links for other in regulating if owner(other) != owner(clause))
        ]
        assert centres or not regulating, sorted(clauses)


def test_three_proposals_give_the_same_rows_in_every_order() -> None:
    texts = shipped_texts()

    for order in permutations(EIGHT[:3]):
        found = concord([texts[slug] for slug in order], vocabulary=shipped_vocabulary())
        assert told(found) == told(table(EIGHT[:3])), order
        assert all([cell.proposal for cell in row.cells] == list(order) for row in found.rows)


def some_orders(of: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    chance = random.Random(8)
    yield of[::-1]
    yield of[3:] + of[:3]
    for _ in range(3):
        yield tuple(chance.sample(of, len(of)))


def test_eight_proposals_give_the_same_rows_in_some_orders() -> None:
    texts = shipped_texts()

    for order in some_orders(EIGHT):
        assert told(concord([texts[slug] for slug in order], vocabulary=shipped_vocabulary())) == told(table(EIGHT))


def test_adding_columns_changes_no_link_of_the_others() -> None:
    for fewer, more in combinations([EIGHT[:2], EIGHT[:3], EIGHT[:4], EIGHT[:5], EIGHT], 2):
        small = {link for row in table(fewer).rows for link in row.links}
        large = {link for row in table(more).rows for link in row.links}
        assert small == {link for link in large if {owner(link.left), owner(link.right)} <= set(fewer)}


@pytest.mark.parametrize("slugs", SETS, ids=len)
def test_totals_agree_with_the_rows(slugs: tuple[str, ...]) -> None:
    concordance = table(slugs)
    summary = concordance.summary

    assert sum(summary.rows_by_kind.values()) == len(concordance.rows)
    assert sum(summary.links_by_relation.values()) == len(linked(slugs))  # a link in several rows counts once
    assert sum(summary.gaps_by_kind.values()) == sum(summary.gaps_by_state.values()) == len(concordance.gaps)
    assert summary.rows_with_absence == sum(bool(row.absent_from) for row in concordance.rows)


@pytest.mark.parametrize("slugs", SETS, ids=len)
def test_a_row_diverges_if_and_only_if_two_that_regulate_conflict(slugs: tuple[str, ...]) -> None:
    kind = kinds(slugs)

    for row in table(slugs).rows:
        among = [link.relation for link in row.links if "deletion" not in (kind[link.left], kind[link.right])]
        held = sum(cell.state == "regulated" for cell in row.cells)
        expected = "alone" if held < 2 else "diverge" if "conflict" in among else "agree"
        assert row.kind == expected, row.id
        asserted = [d for d in row.divergences if d.asserted and not d.compatible]
        assert not asserted or "conflict" in [link.relation for link in row.links], row.id
