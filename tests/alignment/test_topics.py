"""Topics as evidence: curated ones, and suggestions for clauses without any."""

from proposals.alignment import EMPTY, build_vocabulary
from proposals.alignment.topics import suggest_topics, topic_cosines
from tests.alignment.cast import TAXONOMY, VOCABULARY, a_clause
from tests.alignment.test_vocabulary import STORE


def test_two_topics_of_one_group_are_nearer_than_topics_of_two() -> None:
    ours = [a_clause("north/1", "", topics=("army-size",))]
    theirs = [a_clause("coast/1", "", topics=(topic,)) for topic in ("army-size", "foreign-forces", "fishing")]

    same, sibling, stranger = topic_cosines(ours, theirs, VOCABULARY)[0][0]

    assert same == 1
    assert 0 < sibling < same
    assert stranger == 0


def test_earlier_topics_of_a_clause_count_for_more() -> None:
    ours = [a_clause("north/1", "", topics=("fishing", "amnesty"))]
    theirs = [a_clause("coast/1", "", topics=("fishing",)), a_clause("coast/2", "", topics=("amnesty",))]

    first, second = topic_cosines(ours, theirs, VOCABULARY)[0][0]

    assert first > second


def test_topics_are_suggested_from_tagged_clauses_and_definitions() -> None:
    learned = build_vocabulary(STORE, TAXONOMY)

    assert next(iter(suggest_topics("All nets are handed back.", learned))) == "fishing"
    assert next(iter(suggest_topics("Votes are held.", learned))) == "elections"  # from its definition alone
    assert suggest_topics("Votes are held.", EMPTY) == {}
    assert suggest_topics("", learned) == {}


def test_an_untagged_clause_meets_a_tagged_one_through_a_suggestion() -> None:
    learned = build_vocabulary(STORE, TAXONOMY)
    ours = [a_clause("north/1", "All nets are handed back.")]
    theirs = [a_clause("coast/1", "", topics=("fishing",)), a_clause("coast/2", "", topics=("army-size",))]

    fishing, army = topic_cosines(ours, theirs, learned)[0][0]

    assert fishing > 0.5 > army
