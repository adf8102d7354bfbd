"""Decisions of editors: what readers then see, and what imports and edits of the clauses make of them."""

import pytest
from django.contrib.auth.models import User
from django.db.models import Q

from proposals.comparison import compare
from proposals.exchange.importing import import_proposals
from proposals.exchange.plan import Action
from proposals.models import Clause, Decision
from tests.admin.conftest import Editor
from tests.exchange.harbour import harbour, write
from tests.factories import make_decision
from tests.shipped import FIXTURES

pytestmark = pytest.mark.django_db

PLAN, ANSWER = "council-plan", "front-answer"
OPENING, PILOTS = f"{PLAN}/c02", f"{ANSWER}/c03"
US_28, E3 = "us-28-point-2025-11", "e3-counter-2025-11"
GRAIN, VOTE = f"{US_28}/c33", f"{E3}/c25"


@pytest.fixture
def files():
    return harbour()


@pytest.fixture
def folder(tmp_path, files):
    """The case as files, imported."""
    write(tmp_path / "case", files)
    import_proposals([tmp_path / "case"])
    return tmp_path / "case"


@pytest.fixture
def editor(client, db):
    user = User.objects.create_superuser("ida", first_name="Ida", last_name="Northern")
    client.force_login(user)
    return Editor(client, user)


def stored(address):
    slug, key = address.split("/")
    return Clause.objects.get(proposal__slug=slug, key=key)


def decide(editor, left, right, **verdict):
    """What an editor does on the page for a new decision."""
    form = editor.open_new(Decision, left=stored(left).pk, right=stored(right).pk)
    editor.save_new(Decision, form | {"verdict": "same_matter", **verdict})
    return Decision.objects.with_parts().get(left=stored(left), right=stored(right))


def links(*slugs):
    """The links of a comparison by the two clauses they tie."""
    rows = compare(proposals=slugs)["rows"]
    return {frozenset((link["left"], link["right"])): link for row in rows for link in row["links"]}


def link(one, two):
    return links(one.split("/")[0], two.split("/")[0]).get(frozenset((one, two)))


def told(report, action):
    return {f"{change.kind} {change.address}": change.fields for change in report.changes if change.action is action}


def test_a_verdict_given_in_the_admin_is_read_with_its_note_and_moves_no_other_link(folder, editor):
    before = links(PLAN, ANSWER)

    decide(editor, OPENING, PILOTS, relation="overlap", note="both on ships")

    after = links(PLAN, ANSWER)
    added = after.pop(frozenset((OPENING, PILOTS)))
    assert after == before
    assert (added["relation"], added["decided_by"], added["stale"], added["score"]) == ("overlap", "editor", False, 1.0)
    assert added["reasons"][0]["part"] == "decision"
    assert "both on ships" in added["reasons"][0]["detail"]


@pytest.mark.parametrize("options", [{}, {"prune": True}, {"overwrite": True}, {"overwrite": True, "prune": True}])
def test_a_verdict_of_the_admin_survives_the_next_import_of_its_proposals(folder, editor, options):
    decide(editor, OPENING, PILOTS, relation="overlap")

    report = import_proposals([folder], **options)

    assert report.writes == 0
    found = link(OPENING, PILOTS)
    assert (found["relation"], found["decided_by"], found["stale"]) == ("overlap", "editor", False)


def test_a_new_wording_from_a_file_makes_the_verdict_stale_until_it_is_judged_again(folder, files, editor):
    decision = decide(editor, OPENING, PILOTS, relation="overlap")
    files["answer.yaml"]["proposals"][0]["clauses"][2]["text"] = "Pilots of the Front guide every ship."
    write(folder, files)

    report = import_proposals([folder])

    assert told(report, Action.CHANGED) == {f"clause {PILOTS}": ("text",)}
    assert list(Decision.objects.stale()) == [decision]
    assert (link(OPENING, PILOTS)["relation"], link(OPENING, PILOTS)["stale"]) == ("overlap", True)
    editor.act("judge_again", decision)
    assert link(OPENING, PILOTS)["stale"] is False


@pytest.mark.parametrize("end", [OPENING, PILOTS])
def test_an_edit_of_either_text_in_the_admin_makes_the_verdict_stale_and_drops_nothing(folder, editor, end):
    decide(editor, OPENING, PILOTS, relation="conflict")
    clause = stored(end)

    editor.save(clause, editor.open(clause) | {"text": "The mediator writes a yearly report."})

    assert stored(end).text == "The mediator writes a yearly report."
    found = link(OPENING, PILOTS)
    assert (found["relation"], found["decided_by"], found["stale"]) == ("conflict", "editor", True)


def test_a_refusal_parts_two_clauses_also_after_both_have_changed(folder, files, editor):
    pair = f"{PLAN}/c01", f"{ANSWER}/c01"
    Decision.objects.all().delete()
    assert link(*pair)["decided_by"] == "engine"

    decide(editor, *pair, verdict="not_same_matter")
    for name in ("plan.yaml", "answer.yaml"):
        files[name]["proposals"][0]["clauses"][0]["text"] = "The garrison of the old harbour has at most 300 men."
    write(folder, files)
    import_proposals([folder])

    assert link(*pair) is None
    assert Decision.objects.stale().count() == 1


def test_a_verdict_of_a_file_that_an_editor_turned_is_the_editors_until_the_files_win(folder, editor):
    pair = f"{PLAN}/c01", f"{ANSWER}/c01"
    decision = Decision.objects.get()
    editor.save(decision, editor.open(decision) | {"verdict": "not_same_matter", "relation": ""})
    assert link(*pair) is None

    left_alone = import_proposals([folder])
    assert f"decision {pair[0]} {pair[1]}" in told(left_alone, Action.CONFLICT)
    assert link(*pair) is None

    import_proposals([folder], overwrite=True)
    assert (link(*pair)["relation"], link(*pair)["decided_by"]) == ("conflict", "editor")


def test_a_verdict_that_its_file_no_longer_has_stays_until_it_is_pruned(folder, files):
    pair = f"{PLAN}/c01", f"{ANSWER}/c01"
    del files["answer.yaml"]["proposals"][0]["decisions"]
    write(folder, files)

    import_proposals([folder])
    assert link(*pair)["decided_by"] == "editor"

    import_proposals([folder], prune=True)
    assert not Decision.objects.exists()
    assert link(*pair) is None or link(*pair)["decided_by"] == "engine"


@pytest.mark.usefixtures("shipped")
def test_verdicts_on_shipped_clauses_outlive_the_import_of_their_files_and_not_the_wording():
    before = links(US_28, E3)
    make_decision(stored(VOTE), stored(GRAIN), relation="overlap", note="read side by side")
    make_decision(stored(f"{US_28}/c29"), stored(f"{E3}/c21"), verdict="not_same_matter")

    report = import_proposals([FIXTURES / "proposals" / f"{slug}.yaml" for slug in (US_28, E3)])

    after = links(US_28, E3)
    assert report.writes == 0
    assert after.keys() - before.keys() == {frozenset((VOTE, GRAIN))}
    assert before.keys() - after.keys() == {frozenset((f"{US_28}/c29", f"{E3}/c21"))}
    assert "read side by side" in after[frozenset((VOTE, GRAIN))]["reasons"][0]["detail"]
    assert not Decision.objects.stale().exists()

    vote = stored(VOTE)
    vote.text = "Ukraine votes once it is safe to."
    vote.save()

    assert links(US_28, E3)[frozenset((VOTE, GRAIN))]["stale"]
    # The shipped decisions on the same clause are as old as ours.
    assert set(Decision.objects.stale()) == set(Decision.objects.filter(Q(left=vote) | Q(right=vote)))
