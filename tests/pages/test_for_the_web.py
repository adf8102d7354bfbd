"""What other machines read of the pages: the map of the site, a feed, and pictures for links."""

import datetime
import struct
from xml.etree import ElementTree

import pytest
from django.core.cache import caches
from django.test import Client

from proposals.models import Stage
from proposals.pages.forweb import sitemap
from tests.factories import make_clause, make_proposal
from tests.pages.conftest import Read

_MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def plan(db):
    plan = make_proposal("council-plan", short_title="Council plan", clauses=["The harbour opens."])
    make_clause(plan, text="A secret annex.", stage=Stage.DRAFT)
    make_proposal("front-answer", clauses=["The harbour stays shut."], date=datetime.date(2031, 6, 9))
    make_proposal("secret-draft", stage=Stage.DRAFT, clauses=["A secret clause."])
    return plan


def _size(content: bytes) -> tuple[int, int]:
    assert content.startswith(b"\x89PNG")
    return struct.unpack(">II", content[16:24])


def test_the_map_names_every_public_record_and_no_other(client: Client, plan) -> None:
    answer = client.get("/sitemap.xml")

    root = ElementTree.fromstring(answer.content)  # noqa: S314  (our own)
    paths = [one.text.removeprefix("http://testserver") for one in root.iter(f"{_MAP}loc")]
    assert answer["Content-Type"] == "application/xml"
    assert [path for path in paths if path.startswith("/proposals/")] == [
        "/proposals/council-plan/clauses/c01/",
        "/proposals/front-answer/clauses/c01/",
        "/proposals/council-plan/",
        "/proposals/front-answer/",
    ]
    assert {"/", "/parties/northern-council/", "/sources/harbour-gazette/"} <= set(paths)
    assert all(client.get(path).status_code == 200 for path in paths)


def test_a_map_too_long_for_a_file_names_its_files(client: Client, plan, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = _locations(client, "/sitemap.xml")
    monkeypatch.setattr(sitemap, "MOST_IN_A_FILE", 3)
    for cache in caches.all():
        cache.clear()

    files = _locations(client, "/sitemap.xml")

    assert files == [
        "/sitemap-pages.xml",
        "/sitemap-topics.xml",
        "/sitemap-records.xml",
        "/sitemap-records.xml?p=2",
    ]
    parts = [_locations(client, file) for file in files]
    assert sorted(address for part in parts for address in part) == sorted(whole)
    assert all(len(part) <= 3 for part in parts[2:])


@pytest.mark.parametrize("asked", ["/sitemap-records.xml?p=2", "/sitemap-records.xml?p=x", "/sitemap-drafts.xml"])
def test_a_file_of_the_map_that_is_not_there_is_not_found(client: Client, plan, asked: str) -> None:
    assert client.get(asked).status_code == 404


def _locations(client: Client, address: str) -> list[str]:
    root = ElementTree.fromstring(client.get(address).content)  # noqa: S314  (our own)
    return [one.text.removeprefix("http://testserver") for one in root.iter(f"{_MAP}loc")]


def test_crawlers_are_told_of_the_map_and_kept_out_of_the_admin(client: Client, db) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()

    assert "Disallow: /admin/" in lines
    assert "Sitemap: http://testserver/sitemap.xml" in lines
    assert "Disallow: /" not in lines


def test_the_feed_holds_public_proposals(client: Client, plan) -> None:
    answer = client.get("/feeds/proposals.atom")

    root = ElementTree.fromstring(answer.content)  # noqa: S314  (our own)
    links = {entry.find(f"{_ATOM}link").get("href") for entry in root.iter(f"{_ATOM}entry")}
    assert answer["Content-Type"] == "application/atom+xml"
    assert links == {"http://testserver/proposals/council-plan/", "http://testserver/proposals/front-answer/"}


def test_a_feed_that_a_reader_has_is_not_sent_again_until_a_proposal_changes(client: Client, plan) -> None:
    tag = client.get("/feeds/proposals.atom").headers["ETag"]

    known = client.get("/feeds/proposals.atom", headers={"if-none-match": tag})
    plan.summary = "Another summary."
    plan.save()
    changed = client.get("/feeds/proposals.atom", headers={"if-none-match": tag})

    assert (known.status_code, changed.status_code) == (304, 200)


def test_a_shared_link_has_a_picture(read: Read, client: Client, plan) -> None:
    for address in ("/proposals/council-plan/", "/compare/?proposals=council-plan,front-answer"):
        (named,) = [one["content"] for one in read(address).all("meta") if one.attributes.get("property") == "og:image"]

        answer = client.get(named.removeprefix("http://testserver"))

        assert answer["Content-Type"] == "image/png"
        assert _size(answer.content) == (1200, 630)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        # hidden from readers
        ("/proposals/secret-draft/preview.png", 404),
        # never there
        ("/proposals/nothing/preview.png", 404),
        ("/compare/preview.png?proposals=council-plan,nothing", 404),
        ("/compare/preview.png?proposals=council-plan,secret-draft", 404),
        # no comparison
        ("/compare/preview.png", 400),
        ("/compare/preview.png?proposals=council-plan", 400),
        # a zero byte
        ("/compare/preview.png?proposals=council-plan,%00", 404),
    ],
)
def test_there_is_no_picture_of_what_cannot_be_shown(client: Client, plan, address: str, status: int) -> None:
    assert client.get(address).status_code == status


def test_markup_in_a_title_is_drawn_and_not_obeyed(client: Client, plan) -> None:
    make_proposal("attack", title='<image href="/x"/> & "quoted"' * 9, short_title="<script>")

    assert _size(client.get("/proposals/attack/preview.png").content) == (1200, 630)
