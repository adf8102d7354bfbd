"""Silences recorded from the gaps of two texts that are lined up."""

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.utils import timezone

from proposals.models import Clause, Silence
from tests.admin.lining_up import ANSWER, PLAN, address, laid_out, make_plans, words
from tests.api.conftest import Api
from tests.factories import make_clause, make_source, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def plans(db):
    return make_plans()


def record(client, proposal=ANSWER, topic="prisoners", **fields):
    body = {"proposal": proposal, "topic": topic, "reason": "Read for it.", "source": "", **fields}
    response = client.post(address("silence"), body, headers={"Accept": "application/json"})
    return response.status_code, response.json()


def state(proposal=ANSWER, topic="prisoners"):
    """What the public comparison says of the text's cell on a topic."""
    body = Api(Client()).get("comparisons/", proposals=f"{PLAN},{ANSWER}").body
    (line,) = [one for one in body["matrix"] if one["topic"] == topic]
    (row,) = [one for one in body["rows"] if topic in one["topics"]]
    cells = {one["proposal"]: one for one in row["cells"]}
    in_matrix = {one["proposal"]: one["state"] for one in line["cells"]}
    assert in_matrix[proposal] == cells[proposal]["state"]
    return cells[proposal]


def test_gaps_are_the_topics_that_one_text_alone_has_clauses_on(editor, plans):
    gaps = {(one.absent.slug, one.topic): one for one in laid_out(editor.user).gaps}

    assert gaps.keys() == {(ANSWER, "prisoners"), (PLAN, "pilots")}
    gap = gaps[ANSWER, "prisoners"]
    assert [clause.key for clause in gap.clauses] == ["c03"]
    assert gap.reason == "Read for it: no clause speaks of Prisoners, which Council Plan regulates in c03."
    assert [slug for slug, _ in gap.sources] == [make_source().slug]


def test_one_click_records_who_checked_when_and_why_and_the_api_says_silent_at_once(editor, plans):
    (gap,) = [one for one in laid_out(editor.user).gaps if one.absent.slug == ANSWER]
    assert state()["state"] == "not_found"

    status, answer = record(editor.client, reason=gap.reason, source=gap.sources[0][0])

    assert (status, answer["said"]) == (200, "Recorded: Front Answer is silent on Prisoners.")
    assert set(answer["parts"]) == {"gap__front-answer__prisoners", "progress"}
    silence = Silence.objects.get()
    assert (silence.checked_by, silence.checked_on, silence.source) == (
        "Ida Northern",
        timezone.localdate(),
        make_source(),
    )
    cell = state()
    assert cell["state"] == "silent"
    assert cell["silence"]["reason"] == gap.reason
    assert "Checked by Ida Northern" in words(editor.client.get(address()))


def test_the_words_and_the_source_are_the_editors(editor, plans):
    record(editor.client, reason=" The annex was read too.\r\nTwice. ", source="")

    silence = Silence.objects.get()
    assert (silence.reason, silence.source) == ("The annex was read too.\nTwice.", None)


def test_no_silence_is_recorded_where_the_text_has_a_clause_on_the_topic(editor, plans):
    Clause.objects.filter(proposal__slug=ANSWER, key="c03").update(stage="draft")
    make_clause(plans[1], text="Captives go home.", label="Captives", topics=["prisoners"], stage="draft")

    status, answer = record(editor.client)

    assert (status, answer["said"]) == (409, "Front Answer has clauses on Prisoners: c04 Captives.")
    assert not Silence.objects.exists()


def test_who_is_second_is_told_of_the_first(editor, plans):
    record(editor.client)

    status, answer = record(editor.client, reason="Read again.")

    assert (status, Silence.objects.get().reason) == (409, "Read for it.")
    assert answer["said"] == "That Front Answer is silent on Prisoners was recorded already by Ida Northern."


def test_a_silence_without_a_reason_is_refused(editor, plans):
    status, answer = record(editor.client, reason="  ")

    assert (status, Silence.objects.count()) == (400, 0)
    assert answer["said"]


@pytest.mark.parametrize(
    "fields",
    [{"proposal": "no-such-plan"}, {"topic": "no-such-topic"}, {"source": "no-such-source"}, {"proposal": "a\0b"}],
)
def test_names_of_nothing_are_not_found(editor, plans, fields):
    body = {"proposal": ANSWER, "topic": "prisoners", "reason": "Read.", **fields}

    assert editor.client.post(address("silence"), body).status_code == 404
    assert not Silence.objects.exists()


def test_a_silence_needs_the_permission_to_add_silences(plans):
    user = User.objects.create_user("vera", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_decision"))
    client = Client()
    client.force_login(user)
    assert record(client)[0] == 403

    user.user_permissions.add(Permission.objects.get(codename="add_silence"))

    assert record(client)[0] == 200


def test_without_a_script_the_way_back_leads_to_the_gap(editor, plans):
    body = {"proposal": ANSWER, "topic": "prisoners", "reason": "Read for it."}

    response = editor.client.post(address("silence"), body)

    assert (response.status_code, response.url) == (302, f"{address()}#gap__front-answer__prisoners")


def test_topics_that_neither_text_or_both_speak_of_are_no_gaps(editor, plans):
    make_clause(plans[1], text="Prisoners are counted.", topics=["prisoners"])
    Silence.objects.create(
        proposal=plans[0], topic=make_topic("whales"), reason="r", checked_by="i", checked_on=timezone.localdate()
    )

    assert {one.topic for one in laid_out(editor.user).gaps} == {"pilots"}
