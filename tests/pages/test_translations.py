"""Whether all words of the pages can be translated.

Here every string that is looked up for translation comes back in brackets, and every record is in Greek under an id
of digits. What is left in Latin letters outside brackets is a word of ours that no translator would be asked for.

Not looked for: labels of codes, which the models and the API's documents have in English alone, and the sentences of
the engine, which every format tells in the same words.
"""

import datetime
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import lxml.html
import pytest
from django.apps import apps
from django.test import Client
from django.urls import resolve
from django.utils import translation

from parties.models import PartyAlias
from proposals import pages
from proposals.models import (
    Clause,
    Contest,
    Dependency,
    Dispute,
    DisputeAbout,
    DisputeClaim,
    Lineage,
    Measure,
    Proposal,
    Silence,
    Source,
    TerritoryAlias,
    TopicGroup,
)
from tests.factories import (
    make_clause,
    make_decision,
    make_party,
    make_person,
    make_position,
    make_process,
    make_proposal,
    make_source,
    make_statement,
    make_term,
    make_territory,
    make_topic,
)
from tests.pages.test_each_page import PAGES

TEMPLATES = Path(pages.__file__).parent / "templates"
_SPOKEN = ("alt", "aria-label", "placeholder", "title")
_TOLD_TO_READERS = ("description", "og:title", "og:description", "og:site_name")
_INNERMOST = re.compile(r"⟦[^⟦⟧]*⟧")
_ADDRESS = re.compile(r"https?://[^\s⟧]+")
_LATIN = re.compile(r"[A-Za-z]{2,}")
_TRANSLATED = re.compile(
    r"{#.*?#}|{% blocktranslate.*?{% endblocktranslate %}|{% comment %}.*?{% endcomment %}|{%.*?%}|{{.*?}}", re.DOTALL
)
_MARKUP = re.compile(r"<[^>]*>|&[a-z]+;")
_READ_ALOUD = re.compile(rf'(?:{"|".join(_SPOKEN)})="([^"]*)"')
_FORMATS = {"Akoma", "CSV", "DOCX", "JSON", "Markdown", "Ntoso", "SSSOM", "XLSX", "YAML"}
_TOLD_BY_THE_ENGINE = {"differences", "point", "points"}
_TOLD = {"quiet", "told"}
_WHY_LINKED = {"reasons", "why-linked"}

ADDRESSES = [
    "/",
    "/compare/",
    "/compare/?q=7",
    "/compare/?proposals=1,2",
    "/compare/?proposals=1,9",
    "/compare/text/",
    "/compare/readings/?proposals=1,2",
    "/compare/bracketed/?proposals=1,2",
    "/coverage/",
    "/lineage/",
    "/lineage/2/",
    "/proposals/1/",
    "/proposals/2/",
    "/proposals/1/clauses/1/",
    "/parties/",
    "/parties/1/",
    "/persons/1/",
    "/sources/",
    "/sources/?grade=9",
    "/sources/harbour-gazette/",
    "/disputes/1/",
    "/topics/",
    "/topics/1/",
    "/positions/",
    "/territories/",
    "/territories/1/",
    "/search/",
    "/search/?q=λιμάνι",
    "/search/?q=λιμάνι&kind=position&party=1",
    "/search/?q=777&topic=1&date_from=2031-01-01",
    "/search/?date_from=9",
]


@pytest.fixture
def pseudo(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Brackets around what is looked up, with its plural or its context or without.

    Under a language that no other test uses, so that words which are kept by language are none of theirs.
    """
    looked_up = translation._trans
    monkeypatch.setattr(looked_up, "gettext", lambda message: f"⟦{message}⟧" if message else "")
    monkeypatch.setattr(looked_up, "pgettext", lambda context, message: f"⟦{message}⟧")
    monkeypatch.setattr(looked_up, "ngettext", lambda one, several, number: f"⟦{one if number == 1 else several}⟧")
    monkeypatch.setattr(
        looked_up, "npgettext", lambda context, one, several, number: f"⟦{one if number == 1 else several}⟧"
    )
    with translation.override("eo"):
        yield


@pytest.fixture
def records(db: None) -> None:
    """One of each kind, and two texts that differ."""
    council, front = make_party("1", name="Συμβούλιο"), make_party("2", name="Μέτωπο", note="Του 2029.")
    PartyAlias.objects.create(party=front, name="Παράλια").used_by.add(council)
    envoy = make_person("1", name="Απεσταλμένη", role="Απεσταλμένη", party=council)
    process = make_process("1", name="Ακτή", summary="Συνομιλίες.")
    topic = make_topic("1", group="1", name="Λιμάνι", definition="Το λιμάνι.")
    make_topic("2", group="1", name="Στόλος", definition="Ο στόλος.")
    harbour = make_territory("1", name="Παλιό λιμάνι", note="Ανατολικά.")
    TerritoryAlias.objects.create(territory=harbour, name="Λιμάνι").used_by.add(front)
    # The factories cite this one; its id is in addresses alone.
    source = make_source(title="Κείμενο", publisher="Ράδιο", url="https://1.example/", covers="Όλα.")
    Source.objects.filter(pk=source.pk).update(date=datetime.date(2031, 5, 1), date_precision="month")

    def text(slug: str, day: int) -> Proposal:
        return make_proposal(
            slug,
            title=f"Σχέδιο {slug} της ακτής",
            short_title=f"Σχέδιο {slug}",
            proposers=[slug],
            process=process,
            summary="Σχέδιο.",
            date=datetime.date(2031, 5, day),
            clauses_complete="partly" if slug == "2" else "yes",
        )

    def clause(of: Proposal, words: str, **fields: Any) -> Clause:
        return make_clause(of, text=words, topics=["1"], **{"language": "el", "obligated": ["2"]} | fields)

    plan, answer = text("1", 1), text("2", 20)
    first = clause(plan, "Το λιμάνι ανοίγει.", key="1", territories=["1"], condition="Μετά.", note="Όχι.", locator="7")
    second = clause(plan, "Η φρουρά μένει στο λιμάνι.", key="2", parent=first, modality="may")
    other = clause(answer, "Το λιμάνι ανοίγει αργά.", key="1", obligated=["1"], territories=["1"])
    clause(answer, "Ο στόλος φεύγει.", key="2", kind="deletion", strikes=first, modality="")
    clause(answer, "Άγνωστο.", key="3", kind="placeholder", modality="")
    for one, value in ((first, 500), (other, 900)):
        make_term(one, measure="1", value=value, qualifier="peacetime", subject=front, whose=council)
    Measure.objects.update(name="δύναμη")
    Dependency.objects.create(clause=second, target=first, relation="after", note="Μετά.")
    Contest.objects.create(clause=first, party=front, objection="Ποτέ.")
    make_decision(first, other, relation="conflict", note="Δύο.", decided_by="Δύο")
    Lineage.objects.create(proposal=answer, earlier=plan, relation="answers")
    Silence.objects.create(
        proposal=answer, topic=make_topic("2"), reason="Τίποτα.", checked_by="Δύο", checked_on="2031-06-01"
    )
    said = {"statement": "Το λιμάνι μένει κλειστό.", "topic": topic}
    make_position("1", party=front, proposal=plan, clause=first, red_line=True, **said)
    make_position("2", party=council, person=envoy, proposal=answer, **said)
    dispute = Dispute.objects.create(slug="1", subject="Δύναμη")
    dispute.topics.add(topic)
    for record in ({"clause": first}, {"proposal": plan}, {"source": source}, {"person": envoy}):
        DisputeAbout.objects.create(dispute=dispute, **record)
    for order, value in enumerate(("400", "600"), 1):
        DisputeClaim.objects.create(dispute=dispute, value=value, source=source, order=order)
    make_statement("1", topics=["1"], subject="Τέλος", claim="Τέλος.", locator="7", about=[{"clause": first}])
    TopicGroup.objects.update(definition="Όλα.")


def _labels() -> re.Pattern[str]:
    """What the models call codes, the longest first."""
    models = chain(*(apps.get_app_config(label).get_models() for label in ("parties", "proposals")))
    choices = chain(*(field.flatchoices for model in models for field in model._meta.get_fields() if _has_codes(field)))
    labels = sorted({str(label) for _, label in choices}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, labels))})(?!\w)", re.IGNORECASE)


def _has_codes(field: Any) -> bool:
    return bool(getattr(field, "flatchoices", None))


def _words(part: lxml.html.HtmlElement, *, of_the_engine: bool = False) -> Iterator[str]:
    """What a reader sees or hears of a part of a page, piece by piece."""
    if not isinstance(part.tag, str) or not _WHY_LINKED.isdisjoint(part.classes):
        return
    of_the_engine = of_the_engine or not _TOLD_BY_THE_ENGINE.isdisjoint(part.classes)
    if of_the_engine and (part.tag in ("td", "dd") or not _TOLD.isdisjoint(part.classes)):
        return
    yield part.text or ""
    for name in (*_SPOKEN, "content"):
        if name != "content" or (part.get("name") or part.get("property")) in _TOLD_TO_READERS:
            yield part.get(name) or ""
    for child in part:
        yield from _words(child, of_the_engine=of_the_engine)
        yield child.tail or ""


def _left(words: str, *, labels: re.Pattern[str]) -> list[str]:
    """The Latin words outside brackets."""
    before = None
    words = _ADDRESS.sub(" ", words)
    while before != words:
        before, words = words, _INNERMOST.sub(" ", words)
    return [word for word in _LATIN.findall(labels.sub(" ", words)) if word not in _FORMATS]


def _written(template: str) -> Iterator[str]:
    """What a template says to readers outside its tags and variables."""
    kept = _TRANSLATED.sub(" ", template)
    yield from _READ_ALOUD.findall(kept)
    yield _MARKUP.sub(" ", kept)


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_a_template_writes_no_word_that_cannot_be_translated(path: Path) -> None:
    """Of branches too that no example of a page goes through."""
    words = [word for words in _written(path.read_text()) for word in _LATIN.findall(words)]

    assert [word for word in words if word not in _FORMATS] == []


def test_every_page_is_read_here() -> None:
    read = {resolve(urlsplit(address).path).url_name for address in ADDRESSES}

    assert PAGES.keys() - read == set()


def test_every_word_of_a_page_can_be_translated(client: Client, records: None, pseudo: None) -> None:
    labels = _labels()

    found = {}
    for address in ADDRESSES:
        page = lxml.html.fromstring(client.get(address).content)
        assert "⟦Concordance⟧" in page.text_content()
        found[address] = {words for words in _words(page) if _left(words, labels=labels)}

    assert {address: words for address, words in found.items() if words} == {}
