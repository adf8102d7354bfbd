"""GET processes/, topic-groups/, topics/, territories/, measures/, sources/."""

import datetime

import pytest

from proposals.models import Measure
from tests.factories import (
    COASTAL_FRONT,
    NORTHERN_COUNCIL,
    make_party,
    make_process,
    make_source,
    make_territory,
    make_topic,
)


def test_a_process_names_its_parties_by_name(api):
    make_process().parties.add(make_party(NORTHERN_COUNCIL), make_party(COASTAL_FRONT))
    make_process("fishing-talks")

    assert api.get("processes/northern-coast/").body["parties"] == ["coastal-front", "northern-council"]
    assert api.ids("processes/", party="coastal-front") == ["northern-coast"]


def test_topics_stand_in_the_order_of_the_taxonomy_not_of_the_alphabet(api):
    make_topic("withdrawal", group="security", order=1)
    make_topic("ceasefire", group="security", order=2)

    assert api.ids("topics/") == ["withdrawal", "ceasefire"]


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ({"group": "security"}, ["ceasefire"]),
        ({"core": "false"}, ["fisheries"]),
        ({"core": "true"}, ["ceasefire"]),
        ({"q": "concerns FISH"}, ["fisheries"]),  # in the definition
        ({"group": "security,economy"}, ["fisheries", "ceasefire"]),
    ],
)
def test_topics_are_narrowed(api, parameters, found):
    make_topic("ceasefire", group="security", order=2)
    make_topic("fisheries", group="economy", core=False, order=1)
    for slug, order in (("economy", 1), ("security", 2)):
        make_topic(f"topic-of-{slug}", group=slug).group.__class__.objects.filter(slug=slug).update(order=order)

    assert [slug for slug in api.ids("topics/", **parameters) if not slug.startswith("topic-of")] == found


@pytest.mark.parametrize("value", ["True", "1", "yes", "no"])
def test_a_switch_is_true_or_false_and_nothing_else(api, value):
    assert api.get("topics/", core=value).faults == {"core": ["not_true_or_false"]}


def test_a_topic_group_can_be_read_by_its_slug(api):
    make_topic("ceasefire", group="security")

    assert api.get("topic-groups/security/").body == {
        "slug": "security",
        "name": "Security",
        "definition": "Invented.",
    }


def test_territories_are_narrowed_by_kind_and_words(api):
    make_territory("old-harbour")
    make_territory("north-river", kind="waterway")

    assert api.ids("territories/", kind="waterway") == ["north-river"]
    assert api.ids("territories/", q="harbour") == ["old-harbour"]
    assert api.ids("territories/", ordering="-name") == ["old-harbour", "north-river"]


def test_a_measure_is_read_by_its_code(api):
    Measure.objects.create(code="pier_length", kind="quantity", name="length of a pier")
    Measure.objects.create(code="opening_day", kind="date", name="day of opening")

    assert api.get("measures/pier_length/").body["name"] == "length of a pier"
    assert api.ids("measures/", kind="date") == ["opening_day"]


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ({"reliability": "A"}, ["decree"]),
        ({"reliability": "A,B"}, ["decree", "gazette"]),
        ({"access": "unverified"}, ["decree"]),
        ({"publisher": "gazette"}, ["gazette"]),
        ({"date_from": "2031-05-02"}, ["gazette"]),
        ({"date_to": "2031-05-01"}, ["decree"]),
        ({"date_from": "2031-05-01", "date_to": "2031-05-01"}, ["decree"]),
        ({"ordering": "-date"}, ["undated", "gazette", "decree"]),  # what has no date sorts after all dates
        ({"ordering": "date"}, ["decree", "gazette", "undated"]),
    ],
)
def test_sources_are_narrowed_and_ordered(api, parameters, found):
    day = datetime.date
    make_source("gazette", date=day(2031, 5, 2), date_precision="day")
    make_source(
        "decree",
        reliability="A",
        access="unverified",
        publisher="Office of the Council",
        date=day(2031, 5, 1),
        date_precision="day",
    )
    make_source("undated", reliability="C", publisher="A mirror")

    assert api.ids("sources/", **parameters) == found


def test_a_range_of_days_that_ends_before_it_starts_is_refused(api):
    answer = api.get("sources/", date_from="2031-05-02", date_to="2031-05-01")

    assert answer.faults == {"date_to": ["ends_before_start"]}


@pytest.mark.parametrize(
    "value", ["2031", "2031-5-1", "20310501", "2031-W18-4", "2031-02-30", "1 May 2031", "0000-01-01"]
)
def test_a_day_is_one_of_the_calendar_in_one_form(api, value):
    assert api.get("sources/", date_from=value).faults == {"date_from": ["not_a_day"]}
