"""The simpler methods that the engine is measured against."""

import pytest

from proposals.alignment import EMPTY
from proposals.alignment.evaluation import proposal_from_gold
from proposals.alignment.fitting import Example
from proposals.management.peers import peers, trigram_similarity
from tests.management.gold_files import RELATIONS, a_pair


def examples():
    golds = [a_pair(left, right) for left, right in RELATIONS]
    return [
        Example(
            gold=gold,
            left=proposal_from_gold(gold["left"]),
            right=proposal_from_gold(gold["right"]),
            vocabulary=EMPTY,
            documents=frozenset(gold[side]["document"] for side in ("left", "right")),
        )
        for gold in golds
    ]


SIMILARITIES = [
    # two texts, and what similarity() of pg_trgm says of them
    ("The harbour opens.", "Harbours open", 0.5238095),
    ("The Council's 3-year plan", "the council s 3 year plan", 1.0),
    ("north_coast", "north coast", 1.0),
    ("ferry", "boats", 0.0),
    ("", "a", 0.0),
    ("", "", 0.0),
]


@pytest.mark.parametrize(("one", "two", "similarity"), SIMILARITIES)
def test_trigrams_are_counted_as_postgresql_does(one, two, similarity):
    assert trigram_similarity(one, two) == pytest.approx(similarity)
    assert trigram_similarity(two, one) == pytest.approx(similarity)


def test_each_method_links_each_clause_with_its_like():
    found = {peer.name: peer for peer in peers(examples())}

    assert list(found) == ["difflib ratio", "trigrams (pg_trgm)", "TF-IDF cosine", "TF-IDF + topics"]
    for peer in found.values():
        assert [counts.link[1] for counts in peer.mutual.values()] == [0, 0, 0, 0]
        assert sum(counts.link[0] for counts in peer.mutual.values()) >= 14
        assert all(rank == 1 for counts in peer.mutual.values() for rank in counts.ranks)


def test_the_best_of_either_finds_no_fewer_links_than_the_best_of_both():
    for peer in peers(examples()):
        for pair, counts in peer.mutual.items():
            assert peer.either[pair].link[0] >= counts.link[0]


def test_the_threshold_for_a_pair_is_chosen_on_the_others():
    known = examples()
    before = [peer.mutual[known[0].gold["pair"]].link for peer in peers(known)]

    # Other links in a pair change nothing of how many links are told in it.
    known[0].gold["links"].clear()

    told = [peer.mutual[known[0].gold["pair"]].link for peer in peers(known)]
    assert [sum(link[:2]) for link in told] == [sum(link[:2]) for link in before]
