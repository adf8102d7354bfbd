"""Names, headings and signatures make no link, whatever a pair is scored by; a word on the matter does."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest

from proposals.alignment import DEFAULT, EMPTY, Proposal, Vocabulary, align, score_matrix
from proposals.alignment.evidence import PROFILES
from tests.alignment.cast import VOCABULARY, a_clause, a_proposal, pairs
from tests.alignment.shipped_texts import shipped_vocabulary

# By what a pair is scored: the vocabulary, and the topics of a clause on either side and of the others there.
CODED: dict[str, tuple[Vocabulary, list[tuple[str, ...]]]] = {
    "coding+text": (VOCABULARY, [("amnesty",), ("fishing",), ("elections",)]),
    "topics+text": (VOCABULARY, [("in-the-north",), ("on-the-coast",), ("elsewhere",)]),
    "text": (shipped_vocabulary(), [(), (), ()]),
    "wording": (EMPTY, [(), (), ()]),
}
PAIRS = [
    ("Signed at Grey Coast by the Northern Council.", "The Northern Council shares the nets at Grey Coast."),
    ("Signed at Grey Coast on 1 May 2031.", "Signed at Grey Coast on 1 May 2031."),
    ("Signed in two copies.", "Done in two copies, signed by both."),
    ("For the Northern Council: A. Nord", "For the Coastal Front: B. Sund"),
    ("For the Northern Council: A. Nord", "For the Northern Council: A. Nord"),
    ("Minister Anna Nord, President Bo Sund", "President Bo Sund, Minister Anna Nord"),
    ("Done at Grey Coast, this first day of May", "Done at Grey Coast, this first day of June"),
    ("IN WITNESS WHEREOF the undersigned have signed", "In witness whereof the undersigned have signed"),
    ("Article 1", "ARTICLE I"),
    ("ARTICLE 1", "ARTICLE 1"),
    ("SECTION II. The Northern Council", "SECTION III. The Northern Council"),
    ("Chapter I: General provisions", "Chapter II: General provisions"),
    ("Preamble", "PREAMBLE"),
    ("Annex A", "Annex A"),
    ("Page 3 of 7", "Page 3 of 7"),
    ("Salt Island is mined.", "Salt Island is sold."),
    ("The Northern Council rests.", "The Northern Council sings."),
    ("Anna Nord rests, and so does Bo Sund.", "Anna Nord sings of Bo Sund."),
    ("OSM rests at the High Pass.", "OSM sings at the High Pass."),
]


def texts(ours: str, theirs: str, topics: Sequence[tuple[str, ...]]) -> tuple[Proposal, Proposal]:
    mine, yours, others = topics
    left = (a_clause("1", ours, topics=mine), a_clause("2", "Captives go home.", topics=others))
    right = (a_clause("1", theirs, topics=yours), a_clause("2", "Guns are melted.", topics=others and ("ceasefire",)))
    return a_proposal("north", *left), a_proposal("coast", *right)


@pytest.mark.parametrize("profile", CODED)
@pytest.mark.parametrize(("ours", "theirs"), PAIRS)
def test_what_only_names_heads_or_signs_is_not_linked(ours: str, theirs: str, profile: str) -> None:
    vocabulary, topics = CODED[profile]

    left, right = texts(ours, theirs, topics)

    assert pairs(align(left, right, vocabulary=vocabulary)) == []
    assert pairs(align(right, left, vocabulary=vocabulary)) == []


@pytest.mark.parametrize("profile", CODED)
def test_the_same_names_with_a_word_on_the_matter_are_linked(profile: str) -> None:
    vocabulary, topics = CODED[profile]
    ours = "The Northern Council limits the number of soldiers at the Grey Coast."
    theirs = "At the Grey Coast the number of soldiers is limited by the Northern Council."

    left, right = texts(ours, theirs, topics)
    scores = score_matrix(left.clauses, right.clauses, vocabulary=vocabulary, method=DEFAULT)

    assert PROFILES[scores.profiles[0, 0]] == profile
    assert ("north/1", "coast/1") in pairs(align(left, right, vocabulary=vocabulary))


class AllAlike:
    """An embedder for which the k-th text of one side means what the k-th of the other means, and nothing else."""

    name = "all-alike"

    def embed(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        return np.eye(max(len(texts), 2), dtype=np.float32)[: len(texts)]


@pytest.mark.parametrize(
    ("ours", "linked"),
    [
        ("Signed at Grey Coast by the Northern Council.", False),
        ("For the Northern Council: A. Nord", False),
        ("ARTICLE 1", False),
        ("Captives are released.", True),
    ],
)
def test_a_language_model_ties_no_signature_to_a_provision_in_another_language(ours: str, linked: bool) -> None:
    left = a_proposal("north", a_clause("1", ours), a_clause("2", "Guns are melted."))
    right = a_proposal("coast", a_clause("1", "Пленные освобождаются."), a_clause("2", "Пушки плавятся."))

    alignment = align(left, right, vocabulary=VOCABULARY, embedder=AllAlike())

    assert pairs(alignment) == [("north/1", "coast/1")] * linked + [("north/2", "coast/2")]
