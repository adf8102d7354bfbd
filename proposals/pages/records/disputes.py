"""A dispute: what its rival values are about, and each with its source."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from proposals.comparison.included import include_records
from proposals.models import Dispute
from proposals.pages.addresses import clause_address, topic_address
from proposals.pages.records.facts import Fact, Named, fact, known
from proposals.pages.records.said import ShownDispute, shown_dispute
from proposals.payloads import dispute_payloads


@dataclass(frozen=True, kw_only=True, slots=True)
class DisputePage:
    shown: ShownDispute
    facts: tuple[Fact, ...]


def dispute_page(dispute: Dispute) -> DisputePage:
    """The page of a dispute loaded with its parts, which the reader may see."""
    payload = dispute_payloads([dispute.slug])[dispute.slug]
    included = include_records(heads=[], clauses=[], silences=[], positions=[], disputes=[payload])
    topics = (Named(text=one.name, address=topic_address(one.slug)) for one in dispute.topics.all())
    return DisputePage(
        shown=shown_dispute(payload, included=included),
        facts=known([fact(gettext("About"), *_about(dispute)), fact(gettext("Topics"), *topics)]),
    )


def _about(dispute: Dispute) -> Iterable[Named]:
    for one in dispute.about.all():
        if one.proposal:
            yield Named(text=one.proposal.short_title, address=reverse("pages:proposal", args=[one.proposal.slug]))
        elif one.clause:
            text = f"{one.clause.proposal.short_title}: {one.clause.label}"
            yield Named(text=text, address=clause_address(f"{one.clause.proposal.slug}/{one.clause.key}"))
        elif one.position:
            yield Named(text=one.position.statement, note=gettext("position %(id)s") % {"id": one.position.slug})
        elif one.source:
            yield Named(text=one.source.title, address=reverse("pages:source", args=[one.source.slug]))
        elif one.person:
            yield Named(text=one.person.name, address=reverse("pages:person", args=[one.person.slug]))
