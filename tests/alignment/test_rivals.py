"""How far a pair is ahead of the other candidates."""

import numpy as np

from proposals.alignment.rivals import rivals
from tests.alignment.cast import a_clause


def test_a_lead_over_rivals_is_bounded_and_mirrored() -> None:
    own = np.array([[9.0, 1.0], [0.0, -2.0]])

    leads = rivals(own, -5.0, 3.0)

    assert leads[0, 0] == 3
    assert leads[1, 0] == (2 - 3) / 2
    assert np.array_equal(leads.T, rivals(own.T, -5.0, 3.0))


def test_only_candidates_on_the_same_topic_compete() -> None:
    bundle = [a_clause("north/1", "", topics=("army-size", "fishing"))]
    plain = [a_clause("coast/1", "", topics=("army-size",)), a_clause("coast/2", "", topics=("fishing",))]
    own = np.array([[3.0, 1.0]])

    both = rivals(own, -5.0, 9.0, bundle, plain)

    assert both[0, 1] == 6  # nothing else on fishing: ahead of nothing but the starting point
    assert both[0, 0] == 8
    assert rivals(own, -5.0, 9.0)[0, 1] == (-2 + 6) / 2


def test_pairs_that_share_no_topic_compete_with_all_others() -> None:
    ours = [a_clause("north/1", "", topics=("amnesty",))]
    theirs = [a_clause("coast/1", "", topics=("fishing",)), a_clause("coast/2", "", topics=("elections",))]
    own = np.array([[3.0, 1.0]])

    assert np.array_equal(rivals(own, -5.0, 9.0, ours, theirs), rivals(own, -5.0, 9.0))


def test_clauses_of_a_large_topic_compete_among_themselves() -> None:
    ours = [a_clause(f"north/{n}", "", topics=("amnesty" if n == 6 else "fishing",)) for n in range(1, 7)]
    theirs = [a_clause(f"coast/{n}", "", topics=("elections" if n == 7 else "fishing",)) for n in range(1, 8)]
    own = np.random.default_rng(7).uniform(-4, 4, (6, 7))
    bias = np.random.default_rng(8).uniform(-5, 0, (6, 7))

    leads, among_all = rivals(own, bias, 3.0, ours, theirs), rivals(own, bias, 3.0)

    assert np.array_equal(leads[:5, :6], rivals(own[:5, :6], bias[:5, :6], 3.0))
    assert np.array_equal(leads[5], among_all[5])
    assert np.array_equal(leads[:, 6], among_all[:, 6])
    assert not np.array_equal(leads, among_all)


def test_a_lead_has_four_decimals() -> None:
    assert rivals(np.array([[1.0, 2 / 3]]), -5.0, 3.0).tolist() == [[1.6667, 1.3333]]
