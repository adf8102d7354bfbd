"""What is coded on two clauses as evidence that they answer each other."""

import numpy as np

from proposals.alignment import EMPTY, Clause, build_vocabulary
from proposals.alignment.coding import label_in_text, related_topics, shared_matter, shared_places
from tests.alignment.cast import TAXONOMY, a_clause

STORE = [
    a_clause("north/1", "", topics=("amnesty",)),
    a_clause("coast/1", "", topics=("amnesty",)),
    *(a_clause(f"north/{n}", "", topics=("ceasefire", "monitoring")) for n in range(2, 6)),
    *(a_clause(f"coast/{n}", "", topics=("ceasefire",)) for n in range(2, 6)),
]
LEARNED = build_vocabulary(STORE, TAXONOMY)


def on(*topics: str) -> list[Clause]:
    return [a_clause("north/1", "", topics=topics)]


def test_a_topic_that_texts_regulate_in_one_clause_makes_one_matter() -> None:
    rare, common, none = (
        shared_matter(on(one), on(two), LEARNED)[0, 0]
        for one, two in (("amnesty", "amnesty"), ("ceasefire", "ceasefire"), ("amnesty", "ceasefire"))
    )

    assert rare > common > none == 0


def test_topics_that_stand_on_one_clause_elsewhere_are_related() -> None:
    assert related_topics(on("monitoring"), on("ceasefire"), LEARNED)[0, 0] > 0
    assert related_topics(on("monitoring"), on("monitoring"), LEARNED)[0, 0] == 0  # that is the same topic
    assert related_topics(on("monitoring"), on("amnesty"), LEARNED)[0, 0] == 0
    assert related_topics(on("monitoring"), on("ceasefire"), EMPTY)[0, 0] == 0


def test_places_count_by_what_both_name_among_all_that_either_names() -> None:
    ours = [a_clause("north/1", "", territories=("grey-coast", "salt-island")), a_clause("north/2", "")]
    theirs = [a_clause("coast/1", "", territories=("grey-coast",)), a_clause("coast/2", "")]

    assert shared_places(ours, theirs).tolist() == [[0.5, 0.0], [0.0, 0.0]]


def test_a_label_speaks_for_the_clause_that_says_it_whichever_side_it_heads() -> None:
    headed = [a_clause("north/1", "All of them go home.", label="Prisoners")]
    telling = [a_clause("coast/1", "Captives are freed."), a_clause("coast/2", "Boats stay in port.")]

    assert label_in_text(headed, telling).tolist() == [[1.0, 0.0]]
    assert np.array_equal(label_in_text(telling, headed), label_in_text(headed, telling).T)


def test_nothing_coded_is_no_evidence() -> None:
    plain = [a_clause("north/1", "Boats stay in port.")]

    for evidence in (
        shared_matter(plain, plain, LEARNED),
        related_topics(plain, plain, LEARNED),
        shared_places(plain, plain),
        label_in_text(plain, plain),
        shared_matter([], plain, LEARNED),
        label_in_text([], plain),
    ):
        assert not evidence.any()
