"""Comparisons frozen under a permanent address."""

import datetime
import io
import json
import zipfile

import pgtrigger
import pytest
from django.db import InternalError, ProgrammingError, transaction

from proposals.models import (
    Clause,
    Dispute,
    DisputeAbout,
    DisputeClaim,
    Lineage,
    Position,
    Proposal,
    Silence,
    Snapshot,
    Stage,
)
from tests.factories import make_clause, make_position, make_proposal, make_source, make_topic

BODY = {"proposals": ["council-plan", "front-answer"], "include": ["readings", "positions", "disputes"]}


@pytest.fixture
def plans(db):
    council = make_proposal("council-plan", clauses=["The harbour opens within 30 days.", "The pier is free."])
    front = make_proposal("front-answer", clauses=["The harbour opens within 90 days."])
    clause = council.clauses.get(key="c01")
    make_position("p001", topic=make_topic(), proposal=council, clause=clause)
    dispute = Dispute.objects.create(slug="days", subject="Days until the harbour opens")
    DisputeAbout.objects.create(dispute=dispute, clause=clause)
    DisputeClaim.objects.create(dispute=dispute, value="30 days", source=make_source())
    return council, front


def freeze(api, body=BODY):
    answer = api.post("snapshots/", body)
    assert answer.status in (200, 201), answer.body
    return answer.body


def test_a_snapshot_holds_what_the_comparison_said(api, plans):
    comparison = api.get("comparisons/", **BODY).body

    answer = api.post("snapshots/", BODY)

    assert answer.status == 201
    assert answer.body["comparison"] == comparison
    assert answer.body["method"] == comparison["method"]
    assert answer.headers["Location"] == answer.body["url"]
    assert api.get(f"snapshots/{answer.body['id']}/").body == answer.body


def test_the_same_content_asked_for_twice_gives_one_snapshot(api, plans):
    first = api.post("snapshots/", BODY)
    second = api.post("snapshots/", BODY)

    assert (first.status, second.status) == (201, 200)
    assert first.body == second.body
    assert Snapshot.objects.count() == 1


def test_an_edit_changes_the_comparison_and_not_the_snapshot(api, plans):
    frozen = freeze(api)
    Clause.objects.filter(proposal__slug="front-answer").update(text="The harbour stays closed.")

    later = freeze(api)

    assert later["id"] != frozen["id"]
    assert api.get(f"snapshots/{frozen['id']}/").body == frozen


def test_a_citation_names_the_texts_the_method_the_inputs_and_the_address(api, plans):
    frozen = freeze(api)

    for part in ("council-plan", "Front Answer", frozen["method"]["inputs_digest"], frozen["url"], frozen["id"][:12]):
        assert part in frozen["citation"]


def test_a_withdrawn_clause_leaves_a_dated_notice_and_nothing_that_it_said(api, plans):
    frozen = freeze(api)
    Clause.objects.filter(proposal__slug="council-plan", key="c01").update(stage=Stage.WITHDRAWN)

    body = api.get(f"snapshots/{frozen['id']}/").body

    assert {(one["kind"], one["id"]) for one in body["notices"]} == {
        ("clause", "council-plan/c01"),
        ("position", "p001"),
        ("dispute", "days"),
    }
    assert "30 days" not in json.dumps(body)
    assert "keeps the harbour closed" not in json.dumps(body)
    assert "Withdrawn on" in body["comparison"]["included"]["clauses"]["council-plan/c01"]["text"]
    assert "The pier is free." in json.dumps(body)
    assert (body["id"], body["citation"]) == (frozen["id"], frozen["citation"])


@pytest.mark.parametrize("gone", ["withdrawn", "deleted"])
def test_a_proposal_that_is_gone_takes_the_words_of_its_clauses_along(api, plans, gone):
    frozen = freeze(api)
    if gone == "withdrawn":
        Proposal.objects.filter(slug="front-answer").update(stage=Stage.WITHDRAWN)
    else:
        plans[1].delete()

    body = api.get(f"snapshots/{frozen['id']}/").body

    assert "90 days" not in json.dumps(body)
    assert ("proposal", "front-answer") in {(one["kind"], one["id"]) for one in body["notices"]}


def test_a_proposal_that_is_gone_takes_along_what_it_said_beside_its_clauses(api, plans):
    council, front = plans
    make_clause(council, text="Mines are cleared.", topics=["mines"])
    Silence.objects.create(
        proposal=front,
        topic=make_topic("mines"),
        reason="Looked for in both prints.",
        checked_by="two readers",
        checked_on=datetime.date(2031, 7, 1),
    )
    for later, earlier in ((front, council), (council, front)):
        Lineage.objects.create(proposal=later, earlier=earlier, relation="answers", note="Takes up the pier.")
    Proposal.objects.filter(pk=front.pk).update(date_text="in early June")
    frozen = freeze(api)
    said = ("Looked for in both prints", "Takes up the pier", "in early June")
    assert all(words in json.dumps(frozen) for words in said)

    Proposal.objects.filter(pk=front.pk).update(stage=Stage.WITHDRAWN)

    left = json.dumps(api.get(f"snapshots/{frozen['id']}/").body)
    assert [words for words in said if words in left] == []


@pytest.mark.parametrize("is_old", [False, True], ids=["frozen with numbers", "frozen without"])
def test_a_proposal_that_is_renamed_once_it_is_withdrawn_stays_out_of_sight(api, plans, is_old):
    frozen = freeze(api)
    if is_old:
        _forget_numbers()
    Proposal.objects.filter(slug="front-answer").update(stage=Stage.WITHDRAWN)
    Proposal.objects.filter(slug="front-answer").update(slug="secret-answer")

    body = api.get(f"snapshots/{frozen['id']}/").body

    assert "90 days" not in json.dumps(body)
    assert "secret-answer" not in json.dumps(body)
    assert [one["kind"] for one in body["notices"] if one["id"].startswith("front-answer")] == ["clause", "proposal"]


def test_what_is_withdrawn_under_its_second_id_stays_out_of_sight_under_its_first(api, plans):
    frozen = freeze(api)
    for stage, slug in ((Stage.WITHDRAWN, "front-reply"), (Stage.PUBLIC, "front-reply")):
        Proposal.objects.filter(pk=plans[1].pk).update(stage=stage, slug=slug)
    Position.objects.update(slug="p001-renamed")
    renamed = api.get(f"snapshots/{frozen['id']}/").body

    Proposal.objects.filter(pk=plans[1].pk).update(stage=Stage.WITHDRAWN)
    Position.objects.update(stage=Stage.WITHDRAWN)

    body = api.get(f"snapshots/{frozen['id']}/").body
    assert renamed == frozen
    assert "90 days" not in json.dumps(body)
    assert {one["id"] for one in body["notices"]} == {"front-answer", "front-answer/c01", "p001"}


def _forget_numbers():
    """As snapshots were kept by release 1.0.0."""
    with pgtrigger.ignore("proposals.Snapshot:stays_as_it_is"):
        for snapshot in Snapshot.objects.all():
            snapshot.named = [one for one in snapshot.named if one.count(" ") == 1]
            snapshot.save()


def test_what_comes_back_is_shown_again(api, plans):
    frozen = freeze(api)
    Clause.objects.update(stage=Stage.WITHDRAWN)
    Clause.objects.update(stage=Stage.PUBLIC)

    assert api.get(f"snapshots/{frozen['id']}/").body == frozen


def test_staff_freeze_no_more_than_the_public_sees(staff_api, plans):
    make_clause(plans[0], text="A draft.", stage=Stage.DRAFT)
    make_proposal("secret-plan", stage=Stage.DRAFT)

    frozen = freeze(staff_api)
    refused = staff_api.post("snapshots/", {"proposals": ["council-plan", "secret-plan"]})

    assert "A draft." not in json.dumps(frozen)
    assert refused.faults == {"#/proposals/1": ["unknown_proposal"]}


@pytest.mark.parametrize(
    ("body", "faults"),
    [
        ({}, {"#/proposals": ["required"]}),
        ({"proposals": ["council-plan"]}, {"#/proposals": ["min_length"]}),
        ({"proposals": ["council-plan"] * 9}, {"#/proposals": ["max_length"]}),
        ({"proposals": ["council-plan", "council-plan"]}, {"#/proposals/1": ["proposal_twice"]}),
        ({"proposals": ["council-plan", "front-anser"]}, {"#/proposals/1": ["unknown_proposal"]}),
        ({"proposals": ["council-plan", "front-answer"], "topics": ["x"]}, {"#/topics": ["unknown_topic"]}),
        ({"proposals": ["council-plan", "front-answer"], "as_of": "May"}, {"#/as_of": ["invalid"]}),
        ({"proposals": ["council-plan", "front-answer"], "colour": 1}, {"#/colour": ["unknown_field"]}),
        ([], {"#": ["invalid"]}),
    ],
)
def test_what_cannot_be_frozen_is_told_with_its_place(api, plans, body, faults):
    answer = api.post("snapshots/", body)

    assert (answer.status, answer.faults) == (400, faults)


def test_the_list_shows_the_newest_first_and_can_be_narrowed(api, plans):
    make_proposal("mediators-paper", clauses=["The harbour opens within 60 days."])
    first = freeze(api)["id"]
    second = freeze(api, {"proposals": ["front-answer", "mediators-paper"]})["id"]

    assert api.ids("snapshots/") == [second, first]
    assert api.ids("snapshots/", proposal="council-plan") == [first]
    assert api.ids("snapshots/", proposal="front-answer,council-plan") == [first]
    assert api.get("snapshots/nothing/").status == 404


def test_snapshots_are_throttled(api, plans):
    statuses = [api.post("snapshots/", BODY).status for _ in range(12)]

    assert statuses[:2] == [201, 200]
    assert statuses[-1] == 429


@pytest.mark.django_db
def test_the_database_itself_refuses_to_change_a_snapshot(api, plans):
    freeze(api)

    with pytest.raises((InternalError, ProgrammingError)), transaction.atomic():
        Snapshot.objects.update(content="{}")


def test_its_tag_changes_only_when_something_in_it_is_withdrawn(api, plans):
    frozen = freeze(api)
    path = f"snapshots/{frozen['id']}/"
    tag = api.get(path).headers["ETag"]

    Clause.objects.filter(proposal__slug="front-answer").update(text="Another text.")
    after_edit = api.get(path).headers["ETag"]
    Position.objects.update(stage=Stage.WITHDRAWN)

    assert after_edit == tag
    assert api.get(path).headers["ETag"] != tag


FILES = ("csv", "xlsx", "markdown", "html", "docx", "sssom")


def words_of(content):
    """The text of a file; of a packed one that of all its parts."""
    if not content.startswith(b"PK"):
        return content.decode()
    archive = zipfile.ZipFile(io.BytesIO(content))
    return " ".join(archive.read(name).decode() for name in archive.namelist() if name.endswith((".xml", ".rels")))


@pytest.mark.parametrize("name", FILES)
def test_a_snapshot_is_given_in_the_formats_of_a_comparison(api, client, plans, name):
    frozen = freeze(api)
    path = f"snapshots/{frozen['id']}/"
    Clause.objects.filter(proposal__slug="council-plan", key="c01").update(stage=Stage.WITHDRAWN)

    answer = api.get(path, format=name)

    words = words_of(client.get(f"/api/v1/{path}?format={name}").content)
    assert answer.status == 200
    assert frozen["id"][:12] in answer.headers["Content-Disposition"]
    for told in (frozen["id"], frozen["url"], "Frozen ", "Withdrawn since", "clause council-plan/c01"):
        assert told in words
    assert "30 days" not in words
    assert "keeps the harbour closed" not in words


@pytest.mark.parametrize("name", FILES)
def test_a_snapshot_of_which_all_is_gone_is_still_given(api, plans, name):
    path = f"snapshots/{freeze(api)['id']}/"
    Dispute.objects.all().delete()
    Proposal.objects.update(stage=Stage.WITHDRAWN)

    assert api.get(path, format=name).status == 200


def test_a_format_is_chosen_where_a_snapshot_is_read_and_not_where_it_is_made(api, plans):
    frozen = freeze(api)
    path = f"snapshots/{frozen['id']}/"

    tags = {name: api.get(path, format=name).headers["ETag"] for name in ("json", *FILES)}

    assert len(set(tags.values())) == len(tags)
    assert api.request("get", path, headers={"Accept": "text/csv"}).headers["Content-Type"].startswith("text/csv")
    assert api.get(path, format="akn").faults == {"format": ["unknown_format"]}
    assert api.post("snapshots/", BODY, format="csv").faults == {"format": ["unknown_parameter"]}
