"""The pages for what is not there and for what went wrong."""

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.test import RequestFactory
from django.views.defaults import server_error
from pytest_django import Settings

from tests.pages.conftest import Read
from tests.pages.reading import Page


def test_an_unknown_address_leads_back_to_the_proposals(read: Read) -> None:
    page = read("/no/such/page/")

    assert page.status == 404
    assert page.one("h1").text == "Nothing is here"
    assert page.one("main").one("a")["href"] == "/"


def test_an_unknown_proposal_is_not_found(read: Read) -> None:
    assert read("/proposals/no-such-plan/").one("h1").text == "Nothing is here"


def test_the_page_for_a_defect_needs_neither_database_nor_hashed_files(settings: Settings) -> None:
    hashed = f"{ManifestStaticFilesStorage.__module__}.{ManifestStaticFilesStorage.__name__}"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": hashed}}

    page = Page(server_error(RequestFactory().get("/")))

    assert page.status == 500
    assert page.one("h1").text == "Something went wrong"
    assert page.one("link", rel="stylesheet")["href"] == "/static/pages/concordance.css"
