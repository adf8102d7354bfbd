"""What holds for all texts: shown on invented ones of every make, and on the real ones of the gold pairs."""

from itertools import combinations, permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proposals.alignment import Concordance, Proposal, align, concord
from proposals.alignment.evaluation import proposal_from_gold
from proposals.alignment.matching import remembered
from tests.alignment.cast import TAXONOMY, VOCABULARY, a_clause, a_limit, a_proposal
from tests.alignment.test_evaluation import GOLDS

SENTENCES = [
    "The Coastal Front keeps at most 600 soldiers.",
    "In peacetime the Coastal Front keeps at most 800 soldiers.",
    "All captives are released within 30 days.",
    "Captives and the fallen are exchanged as soon as possible.",
    "Boats of both sides may fish near Salt Island.",
    "No boats fish near Salt Island.",
    "The mediator verifies that the guns are silent.",
    "Elections are held on 15 May 2031.",
    "Signed at Grey Coast by the Northern Council.",
    "Войска отводятся от берега.",
    "军队撤离沿海地区",
    "Article 1",
    "",
]
SLUGS = ("north", "coast", "mediator", "islands")


@st.composite
def clauses(draw: st.DrawFn) -> dict[str, Any]:
    return {
        "text": draw(st.sampled_from(SENTENCES) | st.text(max_size=40)),
        "kind": draw(st.sampled_from(["commitment", "commitment", "declaration", "placeholder"])),
        "topics": tuple(draw(st.lists(st.sampled_from([t.slug for t in TAXONOMY]), max_size=3, unique=True))),
        "modality": draw(st.sampled_from(["", "must", "must_not", "may"])),
        "permanence": draw(st.sampled_from(["", "", "permanent", "temporary"])),
        "condition": draw(st.sampled_from(["", "", "once signed"])),
        "roles": tuple(draw(st.lists(st.sampled_from([("obligated", s) for s in SLUGS]), max_size=2, unique=True))),
        "territories": tuple(draw(st.lists(st.sampled_from(["salt-island", "high-pass"]), max_size=2, unique=True))),
        "terms": tuple(
            draw(st.lists(st.sampled_from([a_limit(600), a_limit(800), a_limit(None, "unlimited")]), max_size=1))
        ),
    }


@st.composite
def texts(draw: st.DrawFn, count: int | None = None) -> list[Proposal]:
    made = []
    for slug in SLUGS[: count or draw(st.integers(2, 4))]:
        parts = draw(st.lists(clauses(), max_size=5))
        struck = draw(st.booleans())
        built = [a_clause(str(n), **part) for n, part in enumerate(parts, 1)]
        if struck:
            target = f"{draw(st.sampled_from(SLUGS))}/1"
            built.append(a_clause("9", "Struck out.", kind="deletion", strikes=target))
        made.append(a_proposal(slug, *built, complete=draw(st.sampled_from(["yes", "partly"]))))
    return made


def check_rows(proposals: list[Proposal], concordance: Concordance) -> None:
    """The promises about rows."""
    rows = [{clause for cell in row.cells for clause in cell.clauses} for row in concordance.rows]
    kind = {clause.id: clause.kind for proposal in proposals for clause in proposal.clauses}
    pairs = [align(one, two, vocabulary=VOCABULARY) for one, two in combinations(proposals, 2)]
    links = {frozenset((link.left, link.right)) for pair in pairs for link in pair.links}

    assert set().union(*rows) == {
        clause for clause in kind if kind[clause] != "placeholder"
    }  # every clause is in a row
    assert all(any(link <= row for row in rows) for link in links)  # every link is in a row
    assert not any(one < two for one in rows for two in rows)  # no row is contained in another
    assert len({row.id for row in concordance.rows}) == len(rows)
    for row in concordance.rows:
        regulating = [
            [clause for clause in cell.clauses if kind[clause] != "deletion"]
            for cell in row.cells
            if cell.state == "regulated"
        ]
        for one, two in combinations(regulating, 2):
            assert any(frozenset((a, b)) in links for a in one for b in two)  # any two cells are joined


def told(concordance: Concordance) -> list[Any]:
    """The rows without what follows the asked order."""
    return [
        (row.id, row.topics, row.kind, row.relation, set(row.cells), set(row.absent_from), set(row.element_gaps))
        for row in concordance.rows
    ]


@settings(max_examples=120)
@given(texts())
def test_rows_are_complete_tied_and_not_contained_in_each_other(proposals: list[Proposal]) -> None:
    check_rows(proposals, concord(proposals, vocabulary=VOCABULARY))


@settings(max_examples=60)
@given(texts(), st.randoms(use_true_random=False))
def test_neither_the_order_of_texts_nor_that_of_clauses_matters(proposals: list[Proposal], chance: Any) -> None:
    shuffled = []
    for proposal in chance.sample(proposals, len(proposals)):
        parts = list(proposal.clauses)
        chance.shuffle(parts)
        shuffled.append(
            Proposal(slug=proposal.slug, complete=proposal.complete, clauses=tuple(parts), silences=proposal.silences)
        )

    assert told(concord(shuffled, vocabulary=VOCABULARY)) == told(concord(proposals, vocabulary=VOCABULARY))


@settings(max_examples=60)
@given(texts(count=2))
def test_swapping_two_texts_swaps_only_the_sides(proposals: list[Proposal]) -> None:
    left, right = proposals

    one = align(left, right, vocabulary=VOCABULARY, suggest=True)
    two = align(right, left, vocabulary=VOCABULARY, suggest=True)

    turned = {"left": "right", "right": "left", None: None}
    assert {(x.left, x.right, x.relation, x.wider, x.score, x.reasons) for x in one.links} == {
        (x.right, x.left, x.relation, turned[x.wider], x.score, x.reasons) for x in two.links
    }
    assert {(s.left, s.right, s.score) for s in one.suggestions} == {
        (s.right, s.left, s.score) for s in two.suggestions
    }
    assert one.nearest == two.nearest


@settings(max_examples=60)
@given(texts(count=2), st.data())
def test_the_links_of_some_clauses_are_those_of_all(proposals: list[Proposal], chance: Any) -> None:
    left, right = proposals
    ids = [clause.id for proposal in proposals for clause in proposal.clauses]
    asked = frozenset(chance.draw(st.lists(st.sampled_from(ids)))) if ids else frozenset()

    whole = align(left, right, vocabulary=VOCABULARY).links

    found = align(left, right, vocabulary=VOCABULARY, of=asked).links
    assert found == tuple(link for link in whole if asked & {link.left, link.right})


@settings(max_examples=60)
@given(texts(count=3))
def test_a_third_text_changes_no_link_of_the_first_two(proposals: list[Proposal]) -> None:
    two, three = concord(proposals[:2], vocabulary=VOCABULARY), concord(proposals, vocabulary=VOCABULARY)

    both = {p.slug for p in proposals[:2]}
    among = {
        link
        for row in three.rows
        for link in row.links
        if {link.left.partition("/")[0], link.right.partition("/")[0]} <= both
    }
    assert among == {link for row in two.rows for link in row.links}


@settings(max_examples=120)
@given(texts(count=2))
def test_a_text_against_itself_has_no_gap_and_no_divergence(proposals: list[Proposal]) -> None:
    """The same clauses under another slug: every one goes to itself, and nothing differs."""
    original = a_proposal("north", *(c for c in proposals[0].clauses if c.kind != "deletion"))
    copy = a_proposal("coast", *original.clauses)

    concordance = concord([original, copy], vocabulary=VOCABULARY)

    assert concordance.gaps == ()
    linked = {
        (link.left.partition("/")[2], link.right.partition("/")[2]) for row in concordance.rows for link in row.links
    }
    for clause in original.in_reading_order():
        key = clause.id.partition("/")[2]
        same = [c.id.partition("/")[2] for c in original.in_reading_order() if c.text.split() == clause.text.split()]
        assert {right for left, right in linked if left == key} <= set(same)
        if len(same) == 1:
            assert (key, key) in linked
    if len({clause.text for clause in original.clauses}) == len(original.clauses):
        assert all(row.relation == "equivalent" and not row.divergences for row in concordance.rows)


@settings(max_examples=60)
@given(texts(count=2))
def test_equal_input_gives_equal_output(proposals: list[Proposal]) -> None:
    first = repr(concord(proposals, vocabulary=VOCABULARY))
    remembered.cache_clear()

    assert repr(concord(proposals, vocabulary=VOCABULARY)) == first


REAL = {side["document"]: proposal_from_gold(side) for gold in GOLDS for side in (gold["left"], gold["right"])}


@pytest.mark.parametrize("count", [3, 4, 5, 8])
def test_rows_of_real_texts_keep_the_promises(count: int) -> None:
    proposals = [REAL[slug] for slug in sorted(REAL)][-count:]

    concordance = concord(proposals, vocabulary=VOCABULARY)

    check_rows(proposals, concordance)
    clauses = sum(len(p.clauses) for p in proposals)
    assert len(concordance.rows) <= clauses
    assert told(concord(proposals[::-1], vocabulary=VOCABULARY)) == told(concordance)


@pytest.mark.parametrize("slug", sorted(REAL))
def test_a_real_text_against_itself_goes_clause_to_clause(slug: str) -> None:
    copy = a_proposal("copy", *REAL[slug].clauses)

    concordance = concord([REAL[slug], copy], vocabulary=VOCABULARY)

    assert concordance.gaps == ()
    assert [row.relation for row in concordance.rows] == ["equivalent"] * len(copy.clauses)
    assert not any(row.divergences for row in concordance.rows)


def test_five_real_texts_give_the_same_rows_in_any_order() -> None:
    proposals = [REAL[slug] for slug in sorted(REAL)][:5]
    first = told(concord(proposals, vocabulary=VOCABULARY))

    for order in list(permutations(proposals))[1::17]:
        assert told(concord(order, vocabulary=VOCABULARY)) == first
