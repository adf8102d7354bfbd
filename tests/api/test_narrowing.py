"""Parameters that lists share: the same name narrows alike wherever it makes sense."""

import datetime

import pytest

from parties.models import PartyAlias, PersonAlias
from proposals.models import Dispute, DisputeAbout, DisputeClaim, Proposal, Source, Stage, TerritoryAlias
from tests.api.test_lists import LISTS, STAFF_LISTS
from tests.factories import (
    COASTAL_FRONT,
    make_clause,
    make_decision,
    make_party,
    make_person,
    make_position,
    make_process,
    make_proposal,
    make_source,
    make_term,
    make_territory,
    make_topic,
)


@pytest.fixture
def records(db):
    """A plan and its answer with everything about them; a hidden clause of the plan touches the lighthouse."""
    plan = make_proposal("council-plan", summary="About boats.", verification=Proposal.Verification.MOSTLY)
    answer = make_proposal(
        "front-answer",
        date=datetime.date(2031, 6, 1),
        proposers=[COASTAL_FRONT],
        process=make_process("answers", name="Replies"),
    )
    answer.citations.all().delete()
    official = make_source("official-print", reliability=Source.Reliability.A, covers="points 1 to 5")
    answer.citations.create(source=official, order=1)
    answer.citations.create(source=make_source("forum", reliability=Source.Reliability.D), order=2)
    garrison = make_clause(plan, topics=["garrison"], territories=["old-harbour"], obligated=[COASTAL_FRONT])
    make_clause(plan, topics=["lights"], territories=["lighthouse"], stage=Stage.DRAFT)
    reply = make_clause(answer, topics=["fisheries"], confidence="low")
    make_topic("fisheries", group="economy")
    make_term(garrison)
    garrison.contests.create(party=make_party("observers"), objection="Too many.")
    PartyAlias.objects.create(party=make_party(COASTAL_FRONT), name="Seaside League")
    envoy = make_person()
    PersonAlias.objects.create(person=envoy, name="Envoye")
    PersonAlias.objects.create(person=envoy, name="Old envoye")
    TerritoryAlias.objects.create(territory=make_territory("old-harbour"), name="Velhaven")
    position = make_position(person=envoy, proposal=answer, clause=reply)
    for slug, about in (("d1", {"person": envoy}), ("d2", {"clause": reply}), ("d3", {"position": position})):
        dispute = Dispute.objects.create(slug=slug, subject=f"Subject of {slug}")
        dispute.topics.add(make_topic("garrison"))
        DisputeAbout.objects.create(dispute=dispute, **about)
        DisputeClaim.objects.create(dispute=dispute, value="300 m" if slug == "d1" else "40 m", source=make_source())
    make_decision(garrison, reply, relation="conflict", note="Read twice.")


@pytest.mark.parametrize(
    ("path", "parameters", "found"),
    [
        ("proposals/", {"topic": "garrison"}, ["council-plan"]),
        ("proposals/", {"topic": "lights"}, []),  # of a hidden clause alone
        ("proposals/", {"topic_group": "security"}, ["council-plan", "front-answer"]),
        ("proposals/", {"territory": "old-harbour"}, ["council-plan"]),
        ("proposals/", {"territory": "lighthouse"}, []),
        ("proposals/", {"source": "official-print,harbour-gazette"}, ["council-plan", "front-answer"]),
        ("proposals/", {"source": "forum"}, ["front-answer"]),
        ("proposals/", {"reliability": "A"}, ["front-answer"]),  # the best of its grades
        ("proposals/", {"reliability": "D"}, []),
        ("proposals/", {"reliability": "B,D"}, ["council-plan"]),
        ("proposals/", {"verification": "mostly"}, ["council-plan"]),
        ("proposals/", {"q": "boats"}, ["council-plan"]),  # the summary
        ("proposals/", {"ordering": "-slug"}, ["front-answer", "council-plan"]),
        ("proposals/", {"topic": "garrison", "party": "coastal-front"}, []),  # both must hold
        ("clauses/", {"source": "harbour-gazette"}, ["council-plan/c01", "front-answer/c01"]),
        ("clauses/", {"contested_by": "observers"}, ["council-plan/c01"]),
        ("clauses/", {"proposal_kind": "memorandum"}, []),
        ("clauses/", {"text_status": "published", "confidence": "low"}, ["front-answer/c01"]),
        ("clauses/", {"reliability": "B"}, ["council-plan/c01", "front-answer/c01"]),
        ("parties/", {"q": "seaside"}, ["coastal-front"]),
        ("parties/", {"ordering": "-kind"}, ["observers", "northern-council", "coastal-front"]),
        ("persons/", {"q": "envoye"}, ["council-envoy"]),  # two aliases, one person
        ("persons/", {"ordering": "party"}, ["council-envoy"]),
        ("territories/", {"q": "velhaven"}, ["old-harbour"]),
        ("territories/", {"ordering": "-slug"}, ["old-harbour", "lighthouse"]),
        ("processes/", {"q": "replies"}, ["answers"]),
        ("processes/", {"ordering": "-slug"}, ["northern-coast", "answers"]),
        ("topic-groups/", {"ordering": "-slug"}, ["security", "economy"]),
        ("topics/", {"ordering": "-slug"}, ["lights", "garrison", "fisheries", "ceasefire"]),
        ("measures/", {"q": "strength"}, ["garrison_strength"]),
        ("measures/", {"ordering": "-name"}, ["garrison_strength"]),
        ("sources/", {"proposal": "front-answer"}, ["forum", "official-print"]),
        ("sources/", {"q": "points 1"}, ["official-print"]),
        ("sources/", {"ordering": "-reliability"}, ["forum", "harbour-gazette", "official-print"]),
        ("disputes/", {"person": "council-envoy"}, ["d1", "d3"]),  # itself, or a position of the person
        ("disputes/", {"process": "answers"}, ["d2", "d3"]),
        ("disputes/", {"process": "northern-coast"}, []),
        ("disputes/", {"topic_group": "security"}, ["d1", "d2", "d3"]),
        ("disputes/", {"q": "300"}, ["d1"]),  # a value
        ("disputes/", {"ordering": "-subject"}, ["d3", "d2", "d1"]),
    ],
)
def test_a_list_is_narrowed_and_ordered(api, records, path, parameters, found):
    assert api.ids(path, **parameters) == found


@pytest.mark.parametrize(
    ("parameters", "count"),
    [
        ({"relation": "conflict"}, 1),
        ({"relation": "equivalent"}, 0),
        ({"q": "twice"}, 1),
        ({"ordering": "-decided_at"}, 1),
    ],
)
def test_decisions_are_narrowed(staff_api, records, parameters, count):
    assert staff_api.get("decisions/", **parameters).body["count"] == count


@pytest.mark.parametrize("path", LISTS)
def test_every_list_can_be_searched_and_ordered(api, records, path):
    answer = api.get(path, nothing="1")

    assert "q, " in answer.body["detail"]
    assert "ordering, " in answer.body["detail"]


@pytest.mark.parametrize("path", [path for path in STAFF_LISTS if path != "clauses/"])
def test_the_default_order_can_be_asked_for_by_its_name(staff_api, records, path):
    unknown = staff_api.get(path, ordering="nonsense").body["detail"]
    names = unknown.partition("known: ")[2].rstrip(".").split(", ")

    orders = [staff_api.ids(path, ordering=name) for name in names]

    assert staff_api.ids(path) in orders
