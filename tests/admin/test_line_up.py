"""Lining two proposals up: what an editor does to a pair, and what readers of the API see of it at once."""

import threading

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client

from proposals.models import Clause, Decision
from tests.admin.lining_up import ANSWER, PLAN, act, address, laid_out, make_plans, pair, words
from tests.api.conftest import Api
from tests.factories import make_clause, make_decision

pytestmark = pytest.mark.django_db

SAME, NOT_SAME = "same_matter", "not_same_matter"


@pytest.fixture
def plans(db):
    return make_plans()


@pytest.fixture
def otto(db):
    """Somebody else at work on the same pairs."""
    user = User.objects.create_superuser("otto", first_name="Otto", last_name="Coast")
    client = Client()
    client.force_login(user)
    return client


def link(left, right):
    """How the public comparison ties two clauses; None where it does not."""
    rows = Api(Client()).get("comparisons/", proposals=f"{PLAN},{ANSWER}").body["rows"]
    links = {(one["left"], one["right"]): one for row in rows for one in row["links"]}
    return links.get((f"{PLAN}/{left}", f"{ANSWER}/{right}"))


def stored(address):
    slug, key = address.split("/")
    return Clause.objects.get(proposal__slug=slug, key=key)


def seen_by(editor, left, right):
    return pair(editor.user, left, right).seen


def decided():
    decision = Decision.objects.with_parts().get()
    return decision.verdict, decision.relation


@pytest.mark.parametrize(
    ("deed", "verdict", "relation"),
    [
        ("confirm", SAME, ""),
        ("reject", NOT_SAME, ""),
        ("equivalent", SAME, "equivalent"),
        ("overlap", SAME, "overlap"),
        ("conflict", SAME, "conflict"),
        ("open", SAME, ""),
    ],
)
def test_each_verdict_is_stored_with_author_and_time_and_read_in_the_api_at_once(
    editor, plans, deed, verdict, relation
):
    assert link("c01", "c01")["decided_by"] == "engine"

    status, answer = act(editor.client, deed, "c01", "c01", seen=seen_by(editor, "c01", "c01"))

    assert (status, decided()) == (200, (verdict, relation))
    decision = Decision.objects.with_parts().get()
    assert (decision.author, decision.decided_by, decision.stale) == (editor.user, "Ida Northern", False)
    assert decision.decided_at.tzinfo is not None
    assert answer["anchor"] == "pair__c01__c01"
    assert answer["moves_on"]
    found = link("c01", "c01")
    if verdict == NOT_SAME:
        assert found is None
    else:
        assert (found["decided_by"], found["relation"]) == ("editor", relation or "conflict")


def test_what_is_done_stands_in_the_log_of_the_admin(editor, plans):
    act(editor.client, "overlap", "c01", "c01")
    act(editor.client, "take_back", "c01", "c01", seen=seen_by(editor, "c01", "c01"))

    told = list(LogEntry.objects.order_by("pk").values_list("user__username", "action_flag", "change_message"))
    assert told == [
        ("ida", 1, "Decided: same matter, overlap, when lining up."),
        ("ida", 3, "Taken back when lining up."),
    ]


def test_confirming_keeps_a_relation_and_changes_nothing_where_all_is_said(editor, plans):
    make_decision(stored(f"{PLAN}/c01"), stored(f"{ANSWER}/c01"), relation="overlap")

    _, answer = act(editor.client, "confirm", "c01", "c01", seen=seen_by(editor, "c01", "c01"))

    assert answer["said"] == "This is decided so already: same matter, overlap."
    assert (decided(), Decision.objects.get().decided_by) == ((SAME, "overlap"), "two readers")


def test_a_relation_can_be_left_open_again(editor, plans):
    make_decision(stored(f"{PLAN}/c01"), stored(f"{ANSWER}/c01"), relation="overlap")

    act(editor.client, "open", "c01", "c01", seen=seen_by(editor, "c01", "c01"))

    assert decided() == (SAME, "")
    assert link("c01", "c01")["relation"] == "conflict"


def test_two_clauses_that_the_engine_does_not_tie_are_linked_by_hand(editor, plans):
    assert link("c03", "c03") is None

    status, answer = act(editor.client, "confirm", "prisoners home", "Pilots", note="both on people")

    assert (status, answer["anchor"]) == (200, "pair__c03__c03")
    assert answer["fresh"] in ([], ["pair__c03__c03"])
    assert "pair__c03__c03" in answer["parts"]
    found = link("c03", "c03")
    assert (found["decided_by"], "both on people" in found["reasons"][0]["detail"]) == ("editor", True)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Name a clause of Council Plan, by its key or some of its words."),
        ("whales", "No clause of Council Plan has “whales”."),
        ("old harbour", "Several clauses of Council Plan have “old harbour”: c01 Garrison; c02 Opening."),
    ],
)
def test_words_that_mean_no_clause_or_several_are_told(editor, plans, typed, said):
    status, answer = act(editor.client, "confirm", typed, "c01")

    assert (status, answer["said"]) == (400, said)
    assert not Decision.objects.exists()


@pytest.mark.parametrize("typed", ["c02", f"{PLAN}/c02", "2", " C02 ", "opens FRONT"])
def test_a_clause_is_found_by_key_id_number_or_words(editor, plans, typed):
    act(editor.client, "confirm", typed, "c03")

    assert Decision.objects.get().left.key == "c02"


def test_a_decision_stored_the_other_way_round_is_the_same_one(editor, plans):
    make_decision(stored(f"{ANSWER}/c01"), stored(f"{PLAN}/c01"), relation="overlap")

    status, _ = act(editor.client, "conflict", "c01", "c01", seen=seen_by(editor, "c01", "c01"))

    assert (status, decided()) == (200, (SAME, "conflict"))


def test_naming_the_proposals_the_other_way_round_decides_on_the_same_pair(editor, plans):
    act(editor.client, "overlap", "c01", "c01")

    mirrored = pair(editor.user, "c01", "c01", ANSWER, PLAN)

    assert mirrored.verdict.words == "same matter, overlap"
    assert mirrored.left.clause.id == f"{ANSWER}/c01"


def test_a_note_goes_with_a_verdict_or_is_written_later_and_confirms_nothing(editor, plans):
    act(editor.client, "overlap", "c01", "c01", note="Both count men.\r\nNot ships.")
    assert Decision.objects.get().note == "Both count men.\nNot ships."
    Clause.objects.filter(pk=stored(f"{PLAN}/c01").pk).update(text="The garrison leaves.")

    status, answer = act(editor.client, "note", "c01", "c01", seen=seen_by(editor, "c01", "c01"), note=" Men. ")

    decision = Decision.objects.with_parts().get()
    assert (status, answer["said"], answer["moves_on"]) == (200, "The note is saved.", False)
    assert (decision.note, decision.stale) == ("Men.", True)


def test_a_note_without_a_decision_is_refused_and_says_why(editor, plans):
    status, answer = act(editor.client, "note", "c01", "c01", note="Hm.")

    assert status == 400
    assert answer["said"].startswith("A note belongs to a decision")


def test_a_decision_is_taken_back_and_the_engine_speaks_again(editor, plans):
    act(editor.client, "reject", "c01", "c01")
    assert link("c01", "c01") is None

    status, answer = act(editor.client, "take_back", "c01", "c01", seen=seen_by(editor, "c01", "c01"))

    assert (status, answer["moves_on"]) == (200, False)
    assert not Decision.objects.exists()
    assert link("c01", "c01")["decided_by"] == "engine"


def test_a_stale_decision_is_confirmed_as_it_stands(editor, plans):
    make_decision(stored(f"{PLAN}/c01"), stored(f"{ANSWER}/c01"), relation="overlap")
    Clause.objects.filter(pk=stored(f"{ANSWER}/c01").pk).update(text="The garrison has at most 900 soldiers.")
    stale = pair(editor.user, "c01", "c01")
    assert (stale.standing, stale.left.is_changed, stale.right.is_changed) == ("stale", False, True)
    assert link("c01", "c01")["stale"]

    act(editor.client, "again", "c01", "c01", seen=stale.seen)

    decision = Decision.objects.with_parts().get()
    assert (decision.stale, decision.relation, decision.decided_by) == (False, "overlap", "Ida Northern")
    assert link("c01", "c01")["stale"] is False


def test_who_is_second_is_told_of_the_first_and_decides(editor, plans, otto):
    opened = seen_by(editor, "c01", "c01")
    act(otto, "reject", "c01", "c01", note="Another garrison.")

    status, answer = act(editor.client, "overlap", "c01", "c01", seen=opened, note="The same one.")

    assert (status, decided()) == (409, (NOT_SAME, ""))
    assert "Otto Coast has decided this pair, on " in answer["said"]
    assert ": not the same matter." in answer["said"]
    card = answer["parts"]["pair__c01__c01"]
    assert "You wanted: the same matter, overlap." in card
    assert "The same one." in card
    assert "Another garrison." in card

    status, _ = act(editor.client, "overlap", "c01", "c01", seen=seen_by(editor, "c01", "c01"), note="The same one.")

    assert (status, decided()) == (200, (SAME, "overlap"))


def test_who_decides_on_a_pair_that_was_taken_back_since_is_told(editor, plans, otto):
    act(editor.client, "overlap", "c01", "c01")
    opened = seen_by(editor, "c01", "c01")
    act(otto, "take_back", "c01", "c01", seen=opened)

    status, answer = act(editor.client, "conflict", "c01", "c01", seen=opened)

    assert (status, Decision.objects.count()) == (409, 0)
    assert "The decision on this pair was taken back." in answer["said"]


def test_a_verdict_on_words_that_changed_since_is_not_taken(editor, plans):
    opened = seen_by(editor, "c01", "c01")
    Clause.objects.filter(pk=stored(f"{ANSWER}/c01").pk).update(text="The garrison has at most 900 soldiers.")

    status, answer = act(editor.client, "overlap", "c01", "c01", seen=opened)

    assert (status, Decision.objects.count()) == (409, 0)
    assert "c01 Garrison was changed." in answer["said"]
    for part in ("pair__c01__c01", "clause__right__c01"):
        assert "at most 900 soldiers" in answer["parts"][part]


@pytest.mark.parametrize("seen", ["nonsense", "1", "1-1", "--", "0-0-none"])
def test_a_state_that_nobody_saw_changes_nothing(editor, plans, seen):
    status, _ = act(editor.client, "overlap", "c01", "c01", seen=seen)

    assert (status, Decision.objects.count()) == (409, 0)


def test_an_unknown_act_changes_nothing(editor, plans):
    status, answer = act(editor.client, "shrug", "c01", "c01")

    assert (status, answer["said"]) == (400, "There is no such act.")


def test_a_placeholder_is_not_decided_on(editor, plans):
    make_clause(plans[0], text="Not known.", label="Annex", kind="placeholder", modality="", topics=[])

    status, answer = act(editor.client, "confirm", "c04", "c01")

    assert (status, answer["said"]) == (
        400,
        "The content of a placeholder is not known, so nothing can be decided about it.",
    )


def test_without_a_script_the_way_back_leads_to_the_pair(editor, plans):
    body = {"act": "overlap", "left": "c01", "right": "c01", "seen": seen_by(editor, "c01", "c01")}

    response = editor.client.post(address("decide"), {**body, "show": "undecided"}, follow=True)

    assert response.redirect_chain == [(f"{address(show='undecided')}#pair__c01__c01", 302)]
    assert "Decided: same matter, overlap." in words(response)


def test_without_a_script_the_second_is_shown_both(editor, plans, otto):
    opened = seen_by(editor, "c01", "c01")
    act(otto, "reject", "c01", "c01")

    response = editor.client.post(address("decide"), {"act": "overlap", "left": "c01", "right": "c01", "seen": opened})

    page = words(response)
    assert response.status_code == 409
    assert "Otto Coast has decided this pair" in page
    assert "You wanted: the same matter, overlap." in page
    assert page.count('class="clash"') == 1


def allowed(name, *permissions):
    user = User.objects.create_user(name, is_staff=True)
    for permission in permissions:
        user.user_permissions.add(Permission.objects.get(codename=permission))
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize(
    ("permissions", "deed", "status"),
    [
        ((), "confirm", 403),  # may not even look
        (("view_decision",), "confirm", 403),
        (("view_decision", "change_decision"), "confirm", 403),
        (("view_decision", "add_decision"), "confirm", 200),
        (("view_decision", "add_decision"), "reject", 200),
    ],
)
def test_a_first_verdict_needs_the_permission_to_add_decisions(plans, permissions, deed, status):
    client = allowed("vera", *permissions)

    response = client.post(
        address("decide"), {"act": deed, "left": "c01", "right": "c01"}, headers={"Accept": "application/json"}
    )

    assert (response.status_code, Decision.objects.exists()) == (status, status == 200)


@pytest.mark.parametrize(
    ("permission", "deed", "status"),
    [
        ("add_decision", "reject", 403),
        ("change_decision", "reject", 200),
        ("add_decision", "note", 403),
        ("change_decision", "note", 200),
        ("change_decision", "take_back", 403),
        ("delete_decision", "take_back", 200),
    ],
)
def test_changing_and_taking_back_need_their_permissions(editor, plans, permission, deed, status):
    make_decision(stored(f"{PLAN}/c01"), stored(f"{ANSWER}/c01"))
    client = allowed("vera", "view_decision", permission)

    assert act(client, deed, "c01", "c01", seen=seen_by(editor, "c01", "c01"), note="x")[0] == status


def test_who_may_only_look_sees_the_pairs_and_no_button(plans):
    client = allowed("vera", "view_decision")

    page = words(client.get(address()))

    assert "Garrison" in page
    assert 'name="act"' not in page
    assert "Record a silence" not in page


@pytest.mark.parametrize("name", ["line_up", "decide", "silence"])
def test_nobody_else_gets_in(plans, name):
    for client in (Client(), allowed("rita")):
        method = client.get if name == "line_up" else client.post
        assert method(address(name)).status_code in (302, 403)


@pytest.mark.django_db(transaction=True)
def test_of_many_who_decide_on_one_pair_at_once_one_wins_and_all_others_are_told(db):
    make_plans()
    users = [User.objects.create_superuser(f"reader-{number}") for number in range(4)]
    opened = pair(users[0], "c01", "c01").seen
    start = threading.Barrier(len(users))
    found = []

    def decide(user, deed):
        client = Client()
        client.force_login(user)
        start.wait()
        try:
            found.append(act(client, deed, "c01", "c01", seen=opened)[0])
        finally:
            connection.close()

    deeds = ("confirm", "reject", "overlap", "conflict")
    threads = [threading.Thread(target=decide, args=one) for one in zip(users, deeds, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(found) == [200, 409, 409, 409]
    assert Decision.objects.count() == 1


def test_only_what_an_act_changed_is_sent_back(editor, plans):
    _, answer = act(editor.client, "overlap", "c01", "c01")

    assert set(answer["parts"]) == {"pair__c01__c01", "progress", "clause__left__c01", "clause__right__c01"}
    assert answer["gone"] == []
    assert laid_out(editor.user).progress.decided == 1
