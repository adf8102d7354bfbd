"""What all lists promise alike."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.api.population import populate
from tests.factories import make_clause, make_party, make_proposal, make_topic

LISTS = [
    "clauses/",
    "disputes/",
    "measures/",
    "parties/",
    "persons/",
    "positions/",
    "processes/",
    "proposals/",
    "sources/",
    "statements/",
    "territories/",
    "topic-groups/",
    "topics/",
]
WITH_IDS = ("clauses/", "disputes/", "positions/", "statements/")
STAFF_LISTS = [*LISTS, "decisions/"]
# Twelve for the records; two more find out who asks.
MOST_QUERIES = 14


def queries_of(api, path, **parameters):
    with CaptureQueriesContext(connection) as queries:
        assert api.get(path, **parameters).status == 200
    return len(queries)


def test_a_list_takes_as_many_queries_for_thirty_records_as_for_three(staff_api):
    populate(34)

    # The first records refer to no earlier ones.
    few = {path: queries_of(staff_api, path, limit=3, offset=3) for path in STAFF_LISTS}
    many = {path: queries_of(staff_api, path, limit=30, offset=3) for path in STAFF_LISTS}

    assert many == few
    assert max(many.values()) <= MOST_QUERIES


def test_lists_and_records_of_the_public_are_read_without_model_objects_in_four_queries_at_most(api):
    populate(34)

    lists = [queries_of(api, path, limit=30) for path in LISTS]
    records = [queries_of(api, f"proposals/plan-3/{path}") for path in ("", "clauses/c01/", "clauses/c03/")]

    assert max(lists) <= 4
    assert max(records) <= 4


def test_pages_follow_each_other_without_overlap_or_hole(api):
    populate(5)
    whole = {path: api.ids(path) for path in LISTS}

    paged = {
        path: [one for offset in range(0, 30, 3) for one in api.ids(path, limit=3, offset=offset)] for path in LISTS
    }

    assert paged == whole
    assert all(len(set(ids)) == len(ids) >= 5 for ids in whole.values())


def test_a_page_names_the_next_and_the_previous_one_and_counts_the_whole(api):
    for slug in ("harbour", "lighthouse", "pier"):
        make_party(slug)

    body = api.get("parties/", limit=1, offset=1).body

    assert body["count"] == 3
    assert body["next"].endswith("/api/v1/parties/?limit=1&offset=2")
    assert body["previous"].endswith("/api/v1/parties/?limit=1")


@pytest.mark.parametrize("path", LISTS)
def test_an_unknown_parameter_is_refused_and_the_known_ones_are_named(api, path):
    answer = api.get(path, slgu="council-plan")

    assert answer.status == 400
    assert answer.faults == {"slgu": ["unknown_parameter"]}
    assert "limit, offset" in answer.body["detail"]


@pytest.mark.parametrize(
    ("parameters", "faults"),
    [
        ({"limit": 0}, {"limit": ["out_of_range"]}),
        ({"limit": 501}, {"limit": ["out_of_range"]}),  # one above the most
        ({"limit": "ten"}, {"limit": ["out_of_range"]}),
        ({"offset": -1}, {"offset": ["out_of_range"]}),
        ({"limit": [1, 2]}, {"limit": ["repeated"]}),  # takes one value only
        ({"q": ["pier", "quay"]}, {"q": ["repeated"]}),
        ({"q": ""}, {"q": ["empty"]}),  # an unset variable must not answer everything
        ({"kind": " "}, {"kind": ["empty"]}),
        ({"q": "x" * 201}, {"q": ["max_length"]}),
        ({"q": "a\0b"}, {"q": ["null_characters_not_allowed"]}),
        ({"kind": ["state"] * 51}, {"kind": ["too_many"]}),
        ({"kind": "state,,role"}, {"kind": ["unknown_code"]}),  # a hole in a list of values
        ({"kind": "country,empire"}, {"kind": ["unknown_code", "unknown_code"]}),  # each is named
        ({"member_of": "a\0b"}, {"member_of": ["not_text"]}),
        ({"ordering": "size"}, {"ordering": ["unknown_ordering"]}),
        ({"format": "pdf"}, {"format": ["unknown_format"]}),
        ({"format": ["csv", "json"]}, {"format": ["repeated"]}),
        ({"nmae": "x", "limt": "y"}, {"nmae": ["unknown_parameter"], "limt": ["unknown_parameter"]}),
    ],
)
def test_a_bad_value_is_refused_by_the_name_of_its_parameter(api, parameters, faults):
    answer = api.get("parties/", **parameters)

    assert answer.status == 400
    assert answer.faults == faults


def test_the_words_of_a_refusal_may_hold_any_character(api):
    answer = api.get("parties/", kind="100%s %(x)d", member_of="%d")

    assert answer.faults == {"kind": ["unknown_code"], "member_of": ["unknown_party"]}
    assert "'100%s %(x)d'" in str(answer.body["errors"])


def test_several_values_may_be_repeated_or_separated_by_commas(api):
    for slug, kind in (("harbour", "role"), ("league", "group"), ("pilots", "armed_group")):
        make_party(slug, kind=kind)

    assert api.ids("parties/", kind=["role", "group"]) == ["harbour", "league"]
    assert api.ids("parties/", kind="role,group") == ["harbour", "league"]
    assert api.ids("parties/", kind="role, group") == ["harbour", "league"]


def test_several_references_are_looked_up_in_one_request(api):
    populate(4)

    for path in LISTS:
        key = "code" if path == "measures/" else "id" if path in WITH_IDS else "slug"
        every = api.ids(path)
        wanted = every[2:0:-1]

        assert sorted(api.ids(path, **{key: ",".join(wanted)})) == sorted(wanted), path
        assert api.get(path, **{key: "zzz"}).status == 400, path


def test_an_unknown_record_is_refused_with_those_most_like_it(api):
    make_topic("ceasefire")
    make_topic("fisheries")

    answer = api.get("clauses/", topic="ceasefier")

    assert answer.faults == {"topic": ["unknown_topic"]}
    assert "Near it: ceasefire." in answer.body["detail"]


def test_an_unknown_record_like_no_other_is_refused_with_the_known_ones_where_these_are_few(api):
    make_topic("ceasefire")

    answer = api.get("clauses/", topic="zzz")

    assert "Known: ceasefire." in answer.body["detail"]


@pytest.mark.parametrize("path", [*LISTS, "comparisons/"])
@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_a_whole_list_is_not_written(staff_api, path, method):
    answer = staff_api.request(method, path, data="{}", content_type="application/json")

    assert answer.status == 405
    assert answer.body["type"] == "/problems/method_not_allowed"
    assert answer.headers["Allow"].startswith("GET")


@pytest.mark.parametrize("path", LISTS)
def test_what_is_public_may_be_kept_for_a_minute(api, path):
    answer = api.get(path)

    assert answer.headers["Cache-Control"].startswith("public, max-age=60, ")
    assert {"Accept", "Cookie"} <= set(answer.headers["Vary"].split(", "))


@pytest.mark.parametrize("path", [*STAFF_LISTS, "proposals/council-plan/", "proposals/council-plan/clauses/"])
def test_what_staff_see_is_kept_nowhere(staff_api, path):
    make_proposal("council-plan")

    answer = staff_api.get(path)

    assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("path", ["parties/nobody/", "parties/?kind=empire", "comparisons/"])
def test_errors_are_kept_nowhere(api, path):
    address, _, query = path.partition("?")

    answer = api.request("get", address, query=query)

    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("path", "near"),
    [
        ("proposals/council-plam/", "council-plan"),
        ("proposals/council-plam/clauses/", "council-plan"),
        ("proposals/council-plan/clauses/c10/", "c01"),
        ("topics/ceasefir/timeline/", "ceasefire"),
        ("parties/northern-counsel/", "northern-council"),
    ],
)
def test_an_address_of_nothing_names_what_is_near(api, path, near):
    make_clause(make_proposal("council-plan"))

    answer = api.get(path)

    assert answer.status == 404
    assert near in answer.body["detail"]


def test_an_address_with_a_nul_is_of_nothing(api):
    answer = api.get("parties/a%00b/")

    assert answer.status == 404


def test_the_record_itself_takes_no_parameters(api):
    make_party("harbour")

    answer = api.get("parties/harbour/", kind="state")

    assert answer.faults == {"kind": ["unknown_parameter"]}


@pytest.mark.parametrize("path", STAFF_LISTS)
def test_every_shipped_record_is_answered_as_declared_in_its_list_and_by_itself(staff_api, shipped, path):
    records = staff_api.get(path, limit=500).body["results"]

    for record in records[:: max(1, len(records) // 10)]:
        # How it matches a query is said of a clause in a list alone.
        record.pop("match", None)
        own = record.get("id") or record.get("slug") or record["code"]
        address = f"proposals/{own.replace('/', '/clauses/')}/" if path == "clauses/" else f"{path}{own}/"
        assert staff_api.get(address).body == record
