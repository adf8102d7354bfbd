"""Links: many-to-many, decisions first, repeated and empty wording bounded."""

from dataclasses import replace

from proposals.alignment import DEFAULT, Decision, align
from proposals.alignment.matching import remembered
from tests.alignment.cast import VOCABULARY, a_clause, a_proposal, pairs

NORTH = a_proposal(
    "north",
    a_clause("1", "The Coastal Front keeps at most 600 soldiers.", topics=("army-size",)),
    a_clause("2", "Sick captives are released first.", topics=("amnesty",)),
    a_clause("3", "All other captives are released after the vote.", topics=("amnesty",)),
    a_clause("4", "The mediator counts the boats in every port.", topics=("fishing",)),
)
COAST = a_proposal(
    "coast",
    a_clause("1", "The army of the Coastal Front has at most 800 soldiers in peacetime.", topics=("army-size",)),
    a_clause("2", "All captives, the sick first, are released.", topics=("amnesty",)),
    a_clause("3", "Elections are held in spring.", topics=("elections",)),
)


def test_one_clause_can_answer_two() -> None:
    alignment = align(NORTH, COAST, vocabulary=VOCABULARY)

    assert pairs(alignment) == [("north/1", "coast/1"), ("north/2", "coast/2"), ("north/3", "coast/2")]


def test_naming_the_proposals_the_other_way_round_mirrors_everything() -> None:
    one, two = align(NORTH, COAST, vocabulary=VOCABULARY), align(COAST, NORTH, vocabulary=VOCABULARY)

    assert {(a, b) for a, b in pairs(one)} == {(b, a) for a, b in pairs(two)}
    assert one.nearest == two.nearest
    assert [d.sides for d in one.links[0].divergences] == [d.sides[::-1] for d in two.links[0].divergences]


def test_every_clause_knows_its_nearest_candidate_linked_or_not() -> None:
    alignment = align(NORTH, COAST, vocabulary=VOCABULARY)

    assert set(alignment.nearest) == {clause.id for clause in (*NORTH.clauses, *COAST.clauses)}
    assert alignment.nearest["north/1"][0] == "coast/1"


def test_what_an_editor_calls_the_same_is_linked_and_changes_nothing_else() -> None:
    before = align(NORTH, COAST, vocabulary=VOCABULARY)
    decision = Decision(
        left="coast/3", right="north/4", same=True, relation="overlap", stale=True, note="both in spring"
    )

    after = align(NORTH, COAST, decisions=[decision], vocabulary=VOCABULARY)

    (added,) = [link for link in after.links if link not in before.links]
    assert (added.left, added.right, added.relation) == ("north/4", "coast/3", "overlap")
    assert (added.decided_by, added.stale, added.score) == ("editor", True, 1.0)
    assert added.reasons[0].part == "decision"
    assert "both in spring" in added.reasons[0].detail
    assert set(before.links) < set(after.links)


def test_what_an_editor_calls_different_is_not_linked() -> None:
    decision = Decision(left="north/2", right="coast/2", same=False)

    alignment = align(NORTH, COAST, decisions=[decision], vocabulary=VOCABULARY, suggest=True)

    assert pairs(alignment) == [("north/1", "coast/1"), ("north/3", "coast/2")]
    assert ("north/2", "coast/2") not in [(s.left, s.right) for s in alignment.suggestions]


def test_a_relation_left_open_by_an_editor_is_found_by_the_engine() -> None:
    decision = Decision(left="north/1", right="coast/1", same=True)

    link = align(NORTH, COAST, decisions=[decision], vocabulary=VOCABULARY).links[0]

    assert (link.decided_by, link.relation) == ("editor", "conflict")


def test_decisions_about_other_clauses_are_ignored() -> None:
    decision = Decision(left="north/1", right="elsewhere/1", same=False)

    assert align(NORTH, COAST, decisions=[decision]) == align(NORTH, COAST)


def test_a_deletion_is_tied_to_what_it_strikes_out_and_to_nothing_else() -> None:
    counter = a_proposal(
        "coast",
        a_clause(
            "1", "The limit on soldiers is struck out.", kind="deletion", strikes="north/1", topics=("army-size",)
        ),
        a_clause("2", "The Coastal Front keeps soldiers as it likes.", topics=("army-size",)),
    )

    (link,) = [link for link in align(NORTH, counter, vocabulary=VOCABULARY).links if link.left == "north/1"]

    assert (link.right, link.relation, link.score) == ("coast/1", "conflict", 1.0)
    assert link.reasons[0].part == "strikes"
    assert [side.text for side in link.divergences[0].sides] == ["stands", "struck out"]


def test_a_commitment_can_replace_a_clause_of_the_other_text() -> None:
    counter = a_proposal("coast", a_clause("1", "Victims are helped instead.", strikes="north/2", topics=("amnesty",)))

    link = align(NORTH, counter, vocabulary=VOCABULARY).links[0]

    assert (link.left, link.right, link.relation) == ("north/2", "coast/1", "conflict")


def test_a_thousand_clauses_are_aligned() -> None:
    left = a_proposal(
        "north", *(a_clause(str(n), f"Boat {n} of the fleet pays toll number {n}.") for n in range(1, 1001))
    )
    right = a_proposal(
        "coast", *(a_clause(str(n), f"Ship {n} of the fleet pays toll number {n}.") for n in range(1, 1001))
    )

    alignment = align(left, right)

    assert len(alignment.nearest) == 2000


def test_other_scripts_are_aligned() -> None:
    left = a_proposal("north", a_clause("1", "Все пленные освобождаются."), a_clause("2", "تنسحب القوات من الساحل"))
    right = a_proposal(
        "coast", a_clause("1", "تنسحب جميع القوات من الساحل"), a_clause("2", "Освобождаются все пленные и раненые.")
    )

    assert pairs(align(left, right)) == [("north/1", "coast/2"), ("north/2", "coast/1")]


def test_placeholders_take_no_part() -> None:
    stub = a_proposal("coast", a_clause("1", NORTH.clauses[0].text, kind="placeholder"))

    alignment = align(NORTH, stub)

    assert alignment.links == ()
    assert alignment.nearest == {}


def test_the_next_best_candidates_are_told_with_reasons_when_asked_for() -> None:
    strict = replace(DEFAULT, thresholds={**DEFAULT.thresholds, "link": 0.999})

    asked = align(NORTH, COAST, vocabulary=VOCABULARY, method=strict, suggest=True)

    assert align(NORTH, COAST, vocabulary=VOCABULARY, method=strict).suggestions == ()
    assert {("north/1", "coast/1"), ("north/3", "coast/2")} <= {(s.left, s.right) for s in asked.suggestions}
    assert all(s.reasons for s in asked.suggestions)
    assert not {(s.left, s.right) for s in asked.suggestions} & set(pairs(asked))


def test_an_alignment_is_remembered_by_all_it_depends_on() -> None:
    remembered.cache_clear()
    decided = Decision(left="north/2", right="coast/2", same=False)
    elsewhere = Decision(left="north/2", right="island/2", same=False)

    first = align(COAST, NORTH, vocabulary=VOCABULARY)

    assert align(COAST, NORTH, decisions=[elsewhere], vocabulary=VOCABULARY) is first
    assert align(COAST, NORTH, decisions=[decided], vocabulary=VOCABULARY) != first
    assert align(COAST, NORTH) != first
    changed = replace(NORTH, clauses=(replace(NORTH.clauses[0], text="Votes."), *NORTH.clauses[1:]))
    assert align(COAST, changed, vocabulary=VOCABULARY) != first


def test_the_links_of_some_clauses_are_those_of_the_alignment() -> None:
    decided = Decision(left="coast/3", right="north/4", same=True)
    asked = frozenset({"north/3", "coast/1", "coast/3"})

    for left, right in ((NORTH, COAST), (COAST, NORTH)):
        whole = align(left, right, decisions=[decided], vocabulary=VOCABULARY).links
        found = align(left, right, decisions=[decided], vocabulary=VOCABULARY, of=asked).links

        assert found == tuple(link for link in whole if asked & {link.left, link.right})
        assert len(found) == 3


def test_the_links_of_some_clauses_change_with_all_they_depend_on() -> None:
    refused = Decision(left="north/2", right="coast/2", same=False)
    changed = replace(NORTH, clauses=(*NORTH.clauses[:1], replace(NORTH.clauses[1], text="Lamps.", topics=())))

    asked = frozenset({"north/2"})

    assert [link.right for link in align(NORTH, COAST, vocabulary=VOCABULARY, of=asked).links] == ["coast/2"]
    assert align(NORTH, COAST, decisions=[refused], vocabulary=VOCABULARY, of=asked).links == ()
    assert align(changed, COAST, vocabulary=VOCABULARY, of=asked).links == ()
    assert align(NORTH, COAST, vocabulary=VOCABULARY, of=frozenset()).links == ()
