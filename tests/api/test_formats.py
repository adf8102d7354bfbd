"""In which format an answer is given: format=, else Accept, else JSON."""

import pytest

from parties.api.formats import CSV, HTML, JSON, XLSX, NotAcceptable, asked_format
from tests.api.contract import document
from tests.api.test_lists import LISTS
from tests.factories import make_clause, make_party, make_proposal

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
PAIR = "council-plan,front-answer"


@pytest.fixture
def plans(db):
    make_clause(make_proposal("council-plan"), text="The garrison has at most 500 soldiers.")
    make_clause(make_proposal("front-answer"), text="The garrison has at most 800 soldiers.")


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, JSON),
        ("", JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        ("text/csv", CSV),
        ("TEXT/CSV", CSV),  # media types know no case
        ("text/csv; charset=utf-8", CSV),
        ("text/csv, application/json", JSON),  # alike: the first that is offered
        ("text/csv, application/json;q=0.9", CSV),
        ("text/csv, */*;q=0.1", CSV),
        ("text/csv;q=0.1, */*", JSON),
        ("text/*", CSV),
        (XLSX.media_type, XLSX),
        ("application/json;q=0, */*", CSV),
        (BROWSER, JSON),  # a browser says so to everybody
        ("text/html", HTML),
        ("text/html, text/csv;q=0.5", HTML),
        ("text/html, application/json;q=0.1", JSON),
        ("text/csv;q=high", CSV),  # a weight that is none counts as 1
    ],
)
def test_the_accept_header_chooses(rf, accept, chosen):
    request = rf.get("/", **({} if accept is None else {"HTTP_ACCEPT": accept}))
    request.query_params = request.GET

    assert asked_format(request, (JSON, CSV, HTML, XLSX)) is chosen


@pytest.mark.parametrize(
    "accept", ["image/png", "text/csv;q=0", "json", ",", "a/b/c", "application/json;q=0, text/csv;q=0"]
)
def test_an_accept_header_that_nothing_meets_is_not_acceptable(rf, accept):
    request = rf.get("/", headers={"Accept": accept})
    request.query_params = request.GET

    with pytest.raises(NotAcceptable):
        asked_format(request, (JSON, CSV))


def test_what_is_not_acceptable_is_told_with_what_is(api, plans):
    answer = api.request("get", "parties/", headers={"Accept": "image/png"})

    assert answer.status == 406
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.body["formats"] == {"json": "application/json", "csv": "text/csv"}


def test_the_parameter_wins_over_the_header(api, plans):
    answer = api.request("get", "parties/", query="format=csv", headers={"Accept": "image/png"})

    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"


@pytest.mark.parametrize(
    ("path", "known"),
    [
        ("parties/", "json, csv"),
        ("topics/ceasefire/timeline/", "json, csv"),
        ("proposals/council-plan/", "json, yaml, akn"),
        ("proposals/council-plan/clauses/", "json, csv"),
        ("comparisons/", "json, csv, xlsx, markdown, html, docx, sssom"),
        ("dump/", "json, zip"),
    ],
)
def test_an_unknown_format_is_refused_with_the_known_ones(api, plans, path, known):
    answer = api.get(path, format="pdf")

    assert answer.status == 400
    assert answer.faults == {"format": ["unknown_format"]}
    assert answer.body["detail"].endswith(f"known: {known}.")


@pytest.mark.parametrize("parameters", [{"format": ""}, {"format": ["csv", "csv"]}])
def test_an_empty_or_repeated_format_is_refused(api, plans, parameters):
    answer = api.get("parties/", **parameters)

    assert answer.status == 400
    assert list(answer.faults) == ["format"]


def test_a_record_that_has_one_form_takes_no_format(api, plans):
    make_party("harbour")

    assert api.get("parties/harbour/", format="json").faults == {"format": ["unknown_parameter"]}


@pytest.mark.parametrize("wanted", ["csv", "xlsx", "markdown", "html", "docx", "sssom"])
@pytest.mark.parametrize(
    ("parameters", "status"),
    [({"proposals": "council-plan"}, 400), ({"proposals": "council-plan,nothing"}, 404), ({"topics": "x"}, 400)],
)
def test_errors_are_problem_documents_whatever_is_asked(api, plans, wanted, parameters, status):
    answer = api.get("comparisons/", format=wanted, **parameters)

    assert answer.status == status
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_an_answer_is_chosen_by_what_is_accepted_and_caches_know_it(api, plans):
    named = api.get("comparisons/", proposals=PAIR, format="csv")
    accepted = api.request("get", "comparisons/", query=f"proposals={PAIR}", headers={"Accept": "text/csv"})
    plain = api.get("comparisons/", proposals=PAIR)

    assert named.body == accepted.body
    assert "Accept" in accepted.headers["Vary"]
    assert len({answer.headers["ETag"] for answer in (named, accepted, plain)}) == 3


def test_a_file_is_named_for_what_is_in_it(api, plans):
    names = {
        wanted: api.get("comparisons/", proposals=PAIR, format=wanted).headers["Content-Disposition"]
        for wanted in ("csv", "markdown", "html", "sssom")
    }

    assert names == {
        "csv": 'attachment; filename="concordance_council-plan_front-answer.csv"',
        "markdown": 'attachment; filename="concordance_council-plan_front-answer.md"',
        "html": 'inline; filename="concordance_council-plan_front-answer.html"',
        "sssom": 'attachment; filename="concordance_council-plan_front-answer.sssom.tsv"',
    }


@pytest.mark.parametrize("path", LISTS)
def test_a_list_declares_its_table_as_text(path):
    (operation,) = [one["get"] for at, one in document()["paths"].items() if at == f"/api/v1/{path}"]

    assert operation["responses"]["200"]["content"]["text/csv"] == {"schema": {"type": "string"}}
    (parameter,) = [one for one in operation["parameters"] if one["name"] == "format"]
    assert parameter["schema"] == {"type": "string", "enum": ["json", "csv"], "default": "json"}
