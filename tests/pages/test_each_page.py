"""What holds for every page, on the data set that ships: each route has an example here, or the first test names it."""

import gzip
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import lxml.html
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.test import Client
from lxml.html import HtmlElement

from proposals.comparison import freeze
from proposals.pages.urls import urlpatterns

MOST_BYTES = 150_000
MOST_FILES = 5

PLAN, COUNTER = "us-28-point-2025-11", "e3-counter-2025-11"
EIGHT = (
    "istanbul-communique-2022,eu-ua-counter-2025-04,ukraine-memorandum-2025-06,russia-memorandum-2025-06,"
    f"{PLAN},{COUNTER},europe-24-point-2025-11,framework-20-point-2025-12"
)
PAGES = {
    "home": ["/"],
    "compare": ["/compare/", f"/compare/?proposals={PLAN},{COUNTER}", f"/compare/?proposals={EIGHT}"],
    "compare-text": ["/compare/text/"],
    "readings": [f"/compare/readings/?proposals={PLAN},{COUNTER}", f"/compare/readings/?proposals={EIGHT}"],
    "bracketed": [f"/compare/bracketed/?proposals={PLAN},{COUNTER}", f"/compare/bracketed/?proposals={EIGHT}"],
    "proposal": [f"/proposals/{PLAN}/"],
    "clause": [f"/proposals/{PLAN}/clauses/c06/"],
    "parties": ["/parties/"],
    "party": ["/parties/ukraine/"],
    "person": ["/persons/putin/"],
    "sources": ["/sources/", "/sources/?publisher=Reuters"],
    "source": ["/sources/alaska-explainer-2025-08/"],
    "dispute": ["/disputes/d01/"],
    "topics": ["/topics/"],
    "topic": ["/topics/army-size/", "/topics/talks-format/", "/topics/talks-format/?page=2", "/topics/weapons-limits/"],
    "search": ["/search/", "/search/?q=ceasefire", "/search/?q=army&kind=position&party=russia"],
    "territories": ["/territories/"],
    "territory": ["/territories/ukraine/", "/territories/donetsk/"],
    "coverage": ["/coverage/"],
    "positions": ["/positions/", "/positions/?as_of=2025-06-01&stance=red_line"],
    "lineages": ["/lineage/"],
    "lineage": [f"/lineage/{PLAN}/"],
}
# Answers that are no pages: pictures, feeds, documents, what only takes a form.
FILES = {
    "freeze",
    "bracketed-docx",
    "sitemap",
    "sitemap-section",
    "robots",
    "proposals-feed",
    "proposal-preview",
    "compare-preview",
    "coverage-picture",
    "positions-picture",
    "lineage-picture",
    "topic-picture",
}

ADDRESSES = [address for addresses in PAGES.values() for address in addresses]


@dataclass(frozen=True)
class Page:
    """Read by lxml; the reader of the other tests, which checks nesting too, takes a minute over the largest page."""

    response: HttpResponse
    tree: HtmlElement

    def all(self, path: str) -> list[str]:
        """What an XPath finds: attributes, texts or elements."""
        return self.tree.xpath(path)

    def one(self, path: str) -> str:
        (found,) = self.all(path)
        return found

    @property
    def heading(self) -> str:
        return " ".join(self.one("//h1").text_content().split())

    @property
    def weights(self) -> list[int]:
        """The bytes that a browser gets for each file of the page, its pictures apart."""
        page = self.response.content
        pictures = sum(len(gzip.compress(lxml.html.tostring(one))) for one in self.all("//*[local-name()='svg']"))
        linked = [_static(address) for address in self.loaded if address.endswith((".css", ".js"))]
        return [len(gzip.compress(page)) - pictures, *(len(gzip.compress(one)) for one in linked)]

    @property
    def loaded(self) -> list[str]:
        return self.all("//link[@rel='stylesheet']/@href | //script/@src | //img/@src")


def read(client: Client, address: str) -> Page:
    response = client.get(address)
    assert response.status_code == 200, address
    return Page(response, lxml.html.fromstring(response.content))


def is_light(page: Page) -> bool:
    return sum(page.weights) <= MOST_BYTES and 1 + len(page.loaded) <= MOST_FILES


def asks_nobody_else(page: Page) -> bool:
    return all(urlsplit(one).netloc == "" for one in page.loaded)


def holds_no_code(page: Page) -> bool:
    inline = page.all("//style | //script[not(@src)] | //@style | //@*[starts-with(name(), 'on')]")
    return not inline and "unsafe" not in page.response["Content-Security-Policy"]


def sets_no_cookie(page: Page) -> bool:
    return not page.response.cookies


def has_one_heading(page: Page) -> bool:
    return len(page.all("//h1")) == 1


def is_described(page: Page) -> bool:
    return len(page.one("//meta[@name='description']/@content")) >= 20


def says_where_to_report_an_error(page: Page) -> bool:
    return bool(page.one("//a[@class='report']/@href"))


def has_a_table_beside_each_picture(page: Page) -> bool:
    return bool(page.all("//table") or not page.all("//figure[@class='picture']"))


PROMISES = (
    is_light,
    asks_nobody_else,
    holds_no_code,
    sets_no_cookie,
    has_one_heading,
    is_described,
    says_where_to_report_an_error,
    has_a_table_beside_each_picture,
)


def test_every_route_has_an_example_here() -> None:
    assert {route.name for route in urlpatterns} == PAGES.keys() | {"snapshot"} | FILES


# One test, since it takes long to make all the pages.
def test_each_page_keeps_what_all_pages_promise(client: Client, shipped: None) -> None:
    snapshot, _ = freeze(proposals=[PLAN, COUNTER])
    pages = {address: read(client, address) for address in [*ADDRESSES, f"/snapshots/{snapshot.digest}/"]}

    def is_canonical(page: Page) -> bool:
        canonical = page.one("//link[@rel='canonical']/@href").removeprefix("http://testserver")
        return (pages.get(canonical) or read(client, canonical)).heading == page.heading

    def is_not_sent_again(address: str) -> bool:
        again = client.get(address, headers={"if-none-match": pages[address].response.headers.get("ETag", "")})
        return (again.status_code, again.content) == (304, b"")

    broken = {address: [one.__name__ for one in PROMISES if not one(page)] for address, page in pages.items()}
    assert {address: promises for address, promises in broken.items() if promises} == {}
    assert [address for address, page in pages.items() if not is_canonical(page)] == []
    assert [address for address in pages if not is_not_sent_again(address)] == []
    titles = [page.one("//title/text()") for page in pages.values()]
    assert [title for title in titles if titles.count(title) > 1] == []


def _static(address: str) -> bytes:
    return Path(finders.find(address.removeprefix("/static/"))).read_bytes()
