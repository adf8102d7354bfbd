"""GET parties/ and persons/."""

import datetime

import pytest

from parties.models import Membership, PartyAlias, PersonAlias
from tests.factories import COASTAL_FRONT, NORTHERN_COUNCIL, make_party, make_person


def test_a_party_tells_its_aliases_and_who_uses_them(api):
    council, front = make_party(NORTHERN_COUNCIL), make_party(COASTAL_FRONT)
    PartyAlias.objects.create(party=council, name="the North")
    PartyAlias.objects.create(party=council, name="the occupiers").used_by.add(front)

    body = api.get("parties/northern-council/").body

    assert body["aliases"] == [
        {"name": "the North", "used_by": []},
        {"name": "the occupiers", "used_by": ["coastal-front"]},
    ]


def test_a_membership_stands_at_both_ends_with_its_time(api):
    league, front = make_party("harbour-league", kind="group"), make_party(COASTAL_FRONT)
    Membership.objects.create(bloc=league, member=front, ends_on=datetime.date(2031, 1, 1))

    members = api.get("parties/harbour-league/").body["members"]
    member_of = api.get("parties/coastal-front/").body["member_of"]

    assert members == [{"party": "coastal-front", "starts_on": None, "ends_on": "2031-01-01"}]
    assert member_of == [{"party": "harbour-league", "starts_on": None, "ends_on": "2031-01-01"}]


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ({}, ["coastal-front", "harbour-league", "mediator"]),  # by name
        ({"kind": "group"}, ["harbour-league"]),
        ({"kind": "group,role"}, ["harbour-league", "mediator"]),
        ({"member_of": "harbour-league"}, ["coastal-front"]),
        ({"q": "FRONT"}, ["coastal-front"]),
        ({"q": "fr_nt"}, []),  # no pattern: an underscore is itself
        ({"kind": "state", "q": "league"}, []),  # all parameters hold at once
        ({"ordering": "-name"}, ["mediator", "harbour-league", "coastal-front"]),
    ],
)
def test_parties_are_narrowed_and_ordered(api, parameters, found):
    front, league = make_party(COASTAL_FRONT), make_party("harbour-league", kind="group")
    make_party("mediator", kind="role")
    Membership.objects.create(bloc=league, member=front)

    assert api.ids("parties/", **parameters) == found


def test_a_bloc_joined_twice_is_found_once(api):
    front, league = make_party(COASTAL_FRONT), make_party("harbour-league", kind="group")
    Membership.objects.create(bloc=league, member=front, ends_on=datetime.date(2030, 1, 1))
    Membership.objects.create(bloc=league, member=front, starts_on=datetime.date(2031, 1, 1))

    assert api.ids("parties/", member_of="harbour-league") == ["coastal-front"]


def test_a_person_tells_party_office_and_aliases(api):
    PersonAlias.objects.create(person=make_person(role="Envoy until May 2031"), name="The Envoy")

    body = api.get("persons/council-envoy/").body

    assert (body["party"], body["role"]) == ("northern-council", "Envoy until May 2031")
    assert body["aliases"] == [{"name": "The Envoy", "used_by": []}]


def test_persons_are_narrowed_by_party_and_words(api):
    make_person()
    make_person("front-speaker", name="Speaker", role="Speaker", party=make_party(COASTAL_FRONT))

    assert api.ids("persons/", party="coastal-front") == ["front-speaker"]
    assert api.ids("persons/", q="envoy") == ["council-envoy"]
    assert api.ids("persons/", party=["coastal-front", "northern-council"]) == ["council-envoy", "front-speaker"]
