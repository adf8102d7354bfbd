"""Every public output and its ETag is the same, byte for byte, before there is anything hidden and after.

So nothing hidden is in a list, a count, a search, a facet, a near match, a comparison, a file or a feed, and the
address of what is hidden answers as that of nothing does.
"""

import datetime
from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache, caches
from django.test import Client

from parties.models import Change
from proposals.comparison import freeze
from proposals.models import (
    Clause,
    Contest,
    Dependency,
    Dispute,
    DisputeAbout,
    DisputeClaim,
    Lineage,
    Proposal,
    Silence,
    Stage,
    Topic,
)
from tests.api.population import populate
from tests.factories import (
    COASTAL_FRONT,
    make_clause,
    make_decision,
    make_party,
    make_position,
    make_process,
    make_proposal,
    make_source,
    make_statement,
    make_term,
    make_topic,
)
from tests.injection.outputs import of_the_api, of_the_pages
from tests.roles import make_user

pytestmark = pytest.mark.django_db

HIDDEN = [Stage.DRAFT, Stage.REVIEW, Stage.WITHDRAWN]
MARKER = "quayside"
# Files that are made of the same document as the others, and pictures of the same rows: slow, and nothing new.
_LEFT_OUT = (*("xlsx", "docx", "markdown", "=html", "sssom", "akn"), ".png", ".svg", "/snapshots/")


def _make_hidden(stage: Stage) -> None:
    """A record of each kind that has a stage, tied in every way to public ones; those say nothing of it."""
    plan, topic = Proposal.objects.get(slug="plan-1"), Topic.objects.get(slug="topic-1")
    shown = plan.clauses.order_by("order")[0]
    day = datetime.date(2031, 9, 1)
    words = f"The {MARKER} closes, and the harbour opens. ({stage})"
    own = make_proposal(f"{MARKER}-{stage}", title=words, short_title=MARKER, summary=words, stage=stage, date=day)
    inner = make_clause(own, text=words, label=MARKER, topics=["topic-1"], territories=["place-1"], stage=stage)
    within = make_clause(plan, key=f"{MARKER}-{stage}", text=words, label=MARKER, topics=["topic-1"], stage=stage)
    make_clause(own, text=words, kind=Clause.Kind.DELETION, modality="", strikes=shown, stage=stage)
    Silence.objects.create(proposal=own, topic=topic, reason=words, checked_by=MARKER, checked_on=day)
    Lineage.objects.create(proposal=own, earlier=plan, relation=Lineage.Relation.ANSWERS, note=words)
    for clause in (inner, within):
        make_term(clause, value=777_777, whose=make_party(COASTAL_FRONT), note=words)
        Dependency.objects.create(clause=clause, target=shown, relation=Dependency.Relation.AFTER, note=words)
        Contest.objects.create(clause=clause, party=make_party(COASTAL_FRONT), objection=words)
        make_decision(shown, clause, note=words)
    source = make_source("source-1")
    told = {"topic": topic, "source": source, "statement": words}
    make_position(f"{MARKER}-{stage}", stage=stage, proposal=plan, clause=shown, red_line=True, **told)
    # Public themselves, and about what is hidden.
    make_position(f"{MARKER}-of-{stage}", proposal=own, **told)
    make_position(f"{MARKER}-in-{stage}", proposal=plan, clause=within, **told)
    about = [{"clause": shown}, {"proposal": plan}]
    make_statement(f"{MARKER}-{stage}", stage=stage, about=about, topics=["topic-1"], source=source, claim=words)
    make_statement(f"{MARKER}-of-{stage}", about=[{"proposal": own}], topics=["topic-1"], source=source, claim=words)
    dispute = Dispute.objects.create(slug=f"{MARKER}-{stage}", subject=words)
    dispute.topics.add(topic)
    DisputeAbout.objects.create(dispute=dispute, clause=within, order=1)
    DisputeClaim.objects.create(dispute=dispute, value=words, source=source, order=1)


def _asked_for_by_name() -> Iterator[str]:
    """Addresses and parameters that name what is going to be hidden, or nearly."""
    for slug in (f"{MARKER}-draft",):
        for stem in ("proposals", "positions", "statements", "disputes"):
            yield f"/api/v1/{stem}/{slug}/"
        yield from (f"/proposals/{slug}/", f"/disputes/{slug}/", f"/lineage/{slug}/", f"/lineage/{slug}.svg")
        yield from (
            f"/proposals/{slug}/preview.png",
            f"/proposals/{slug}/clauses/c01/",
            f"/proposals/plan-1/clauses/{slug}/",
        )
        yield from (f"/api/v1/proposals/{slug}/clauses/c01/counterparts/", f"/api/v1/proposals/plan-1/clauses/{slug}/")
        yield from (f"/compare/?proposals=plan-1,{slug}", f"/coverage/?proposal={slug}", f"/search/?proposal={slug}")
        for name in (
            "comparisons/?proposals=plan-1,",
            "clauses/?proposal=",
            "positions/?proposal=",
            "statements/?position=",
        ):
            yield f"/api/v1/{name}{slug}"
        yield from (f"/api/v1/positions/?clause=plan-1/{slug}", f"/api/v1/changes/?kind=proposal&address={slug}")
    for words in (MARKER, "777777"):
        yield f"/search/?q={words}"
        for stem in ("proposals", "clauses", "positions", "statements", "disputes", "persons", "sources"):
            yield f"/api/v1/{stem}/?q={words}"
    yield f"/api/v1/clauses/?q={MARKER}&facets=proposal,topic,party"


def _crawled(client: Client, addresses: list[str]) -> dict[str, tuple[int, str, bytes]]:
    found = {}
    for address in addresses:
        cache.clear()
        answer = client.get(address)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        found[address] = (answer.status_code, answer.headers.get("ETag", ""), content)
    return found


def _is_left_out(address: str) -> bool:
    # The first of the two rows is like the second.
    if "-0" in address.replace("plan-0,plan-1", "") or "csv" in address:
        return True
    return any(part in address for part in (*_LEFT_OUT, "/decisions/", "/tokens/")) and address != "/coverage.svg"


def _forget() -> None:
    """What is remembered would hide a difference; and a test is one transaction, whose changes are not told yet."""
    for name in ("answers", "states", "default"):
        caches[name].clear()
    Change.objects.update(xact=1)


def _anybody() -> Client:
    return Client()


def _reader() -> Client:
    client = Client()
    client.force_login(make_user("reader"))
    return client


@pytest.mark.parametrize("who", [_anybody, _reader])
def test_no_output_changes_with_what_is_hidden(who: Callable[[], Client]) -> None:
    populate(2)
    # What has no stage is public, whatever names it.
    make_term(make_clause(make_proposal("council-plan", process=make_process()), topics=[make_topic().slug]))
    freeze(proposals=["plan-0", "plan-1"])
    client = who()
    public = [one for one in [*of_the_api(), *of_the_pages()] if not _is_left_out(one)]
    addresses = [*public, *_asked_for_by_name()]
    if who is _reader:
        # A reader is told what anybody is; it is enough to ask for what looks at who asks.
        addresses = [address for address in addresses if address.startswith("/api/v1/c")]
    _forget()
    before = _crawled(client, addresses)

    for stage in HIDDEN:
        _make_hidden(stage)
    _forget()
    after = _crawled(client, addresses)

    assert len(public) > 60
    assert [address for address in addresses if after[address][0] != before[address][0]] == []
    assert [address for address in addresses if after[address][1] != before[address][1]] == []
    assert [address for address in addresses if after[address][2] != before[address][2]] == []
    told = [address for address in addresses if address in public and MARKER.encode() in after[address][2].lower()]
    assert told == []


def test_the_list_of_changes_tells_no_id_of_a_dispute_that_was_never_public() -> None:
    plan = make_proposal(MARKER, stage=Stage.DRAFT)
    dispute = Dispute.objects.create(slug=f"{MARKER}-width", subject="Width of the pier")
    DisputeAbout.objects.create(dispute=dispute, proposal=plan, order=1)
    _forget()

    assert MARKER not in Client().get("/api/v1/changes/").content.decode()
