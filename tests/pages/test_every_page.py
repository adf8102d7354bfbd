"""What every page has in common: a head for those who share it, a way to report an error, and answers kept by tag."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from tests.factories import make_clause, make_proposal
from tests.pages.conftest import Read


@pytest.fixture
def plan(db):
    proposal = make_proposal("council-plan", short_title="Council plan", clauses=["The harbour opens."])
    # The database counts versions.
    proposal.refresh_from_db()
    return proposal


@pytest.fixture
def answer(db):
    return make_proposal("front-answer", short_title="Front answer", clauses=["The harbour stays shut."])


def test_an_error_is_reported_with_the_record_and_its_version(read: Read, settings, plan) -> None:
    settings.ERROR_REPORTS = "mailto:corrections@harbour.example"

    page = read("/proposals/council-plan/")

    address = urlsplit(page.one("a", css_class="report")["href"])
    asked = parse_qs(address.query)
    assert (address.scheme, address.path) == ("mailto", "corrections@harbour.example")
    assert asked["subject"] == ["An error in council-plan"]
    assert "Page: http://testserver/proposals/council-plan/" in asked["body"][0]
    assert f"Version: {plan.version}" in asked["body"][0]


def test_errors_may_be_reported_on_a_page_elsewhere(read: Read, settings, plan) -> None:
    settings.ERROR_REPORTS = "https://harbour.example/report?kind=error"

    page = read("/proposals/council-plan/")

    asked = parse_qs(urlsplit(page.one("a", css_class="report")["href"]).query)
    assert asked == {
        "kind": ["error"],
        "page": ["http://testserver/proposals/council-plan/"],
        "record": ["council-plan"],
        "version": [str(plan.version)],
    }


def test_without_an_address_there_is_no_link_to_report_errors(read: Read, settings, plan) -> None:
    settings.ERROR_REPORTS = ""

    assert not read("/proposals/council-plan/").all("a", css_class="report")


def test_a_comparison_that_a_reader_has_is_not_made_again(client: Client, plan, answer) -> None:
    address = "/compare/?proposals=council-plan,front-answer"
    tag = client.get(address).headers["ETag"]

    known = client.get(address, headers={"if-none-match": tag})
    make_clause(plan, text="The islands stay quiet.")
    changed = client.get(address, headers={"if-none-match": tag})

    assert (known.status_code, known.content) == (304, b"")
    assert changed.status_code == 200
    assert changed.headers["ETag"] != tag


def test_a_page_names_itself_for_those_who_share_it(read: Read, plan, answer) -> None:
    page = read("/compare/", proposals="front-answer,council-plan")

    said = {part["property"]: part["content"] for part in page.all("meta") if "property" in part.attributes}
    assert said["og:title"] == "Council plan / Front answer"
    assert said["og:url"] == "http://testserver/compare/?proposals=council-plan,front-answer"
