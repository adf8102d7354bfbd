"""Clauses in two languages, compared by their meaning where there is an embedder."""

from collections.abc import Sequence

import numpy as np
import pytest

from proposals.alignment import align
from proposals.alignment.embedding import Embedder, Vectors, universal_sentence_encoder
from proposals.alignment.meaning import BUDGET, in_other_tongues, meaning_cosines, script
from tests.alignment.cast import VOCABULARY, a_clause, a_proposal, pairs

ENGLISH = a_proposal(
    "north",
    a_clause("1", "All prisoners of war are exchanged."),
    a_clause("2", "Elections are held within one hundred days."),
    a_clause("3", "Fishing boats may leave the port at night."),
    a_clause("4", "The army is limited to 600 soldiers."),
)
RUSSIAN = a_proposal(
    "coast",
    a_clause("1", "Выборы проводятся в течение ста дней.", language="ru"),
    a_clause("2", "Численность армии ограничивается 800 солдатами.", language="ru"),
    a_clause("3", "Все военнопленные обмениваются.", language="ru"),
)


class Counting:
    """An embedder that knows nothing and remembers what it was asked."""

    name = "counting/1"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        return np.zeros((len(texts), 2), dtype=np.float32)


@pytest.fixture(scope="module")
def encoder() -> Embedder:
    found = universal_sentence_encoder()
    assert found, "the tests need the packages of requirements-embedding.lock"
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ports open.", "LATIN"),
        ("Порты открыты.", "CYRILLIC"),
        ("تفتح الموانئ.", "ARABIC"),
        ("港口开放。", "CJK"),
        ("600 – 800", ""),
        ("NATO не расширяется", "CYRILLIC"),
    ],
)
def test_the_script_of_a_text_is_that_of_most_of_its_letters(text: str, expected: str) -> None:
    assert script(text) == expected


def test_languages_differ_by_what_is_recorded_or_by_their_script() -> None:
    ours = [a_clause("north/1", "Ports open.")]
    theirs = [
        a_clause("coast/1", "Les ports ouvrent.", language="fr"),
        a_clause("coast/2", "Порты открыты."),
        a_clause("coast/3", "Ports close."),
    ]

    assert in_other_tongues(ours, theirs).tolist() == [[True, True, False]]


def test_without_an_embedder_clauses_in_two_scripts_have_no_link() -> None:
    assert pairs(align(ENGLISH, RUSSIAN, vocabulary=VOCABULARY)) == []


def test_clauses_of_one_meaning_meet_across_languages_and_the_reason_says_so(encoder: Embedder) -> None:
    alignment = align(ENGLISH, RUSSIAN, vocabulary=VOCABULARY, embedder=encoder)

    assert pairs(alignment) == [("north/1", "coast/3"), ("north/2", "coast/1"), ("north/4", "coast/2")]
    assert "meaning" in {reason.part for reason in alignment.links[0].reasons}


def test_naming_them_the_other_way_round_mirrors_the_answer(encoder: Embedder) -> None:
    one, two = (
        align(left, right, vocabulary=VOCABULARY, embedder=encoder)
        for left, right in ((ENGLISH, RUSSIAN), (RUSSIAN, ENGLISH))
    )

    assert sorted(pairs(one)) == sorted((right, left) for left, right in pairs(two))
    assert sorted(link.score for link in one.links) == sorted(link.score for link in two.links)


def test_an_embedder_changes_nothing_within_one_language_or_where_topics_tell() -> None:
    counting = Counting()
    tagged = a_proposal("coast", a_clause("1", "Все военнопленные обмениваются.", topics=("amnesty",)))
    topical = a_proposal("north", a_clause("1", "All prisoners are exchanged.", topics=("amnesty",)))

    assert align(ENGLISH, a_proposal("coast", *ENGLISH.clauses), embedder=counting) == align(
        ENGLISH, a_proposal("coast", *ENGLISH.clauses)
    )
    assert align(topical, tagged, vocabulary=VOCABULARY, embedder=counting) == align(
        topical, tagged, vocabulary=VOCABULARY
    )
    assert counting.asked == []


def test_what_the_embedder_cannot_read_is_compared_as_without_it() -> None:
    assert align(ENGLISH, RUSSIAN, vocabulary=VOCABULARY, embedder=Counting()) == align(
        ENGLISH, RUSSIAN, vocabulary=VOCABULARY
    )


def test_the_work_of_one_comparison_is_bounded() -> None:
    counting = Counting()
    long = [a_clause(f"north/{n}", "x" * (BUDGET // 2)) for n in range(1, 6)]

    meaning_cosines(long, [], counting)

    assert sum(map(len, counting.asked)) <= BUDGET
    assert len(counting.asked) == 5
