"""Comparisons and proposals as files: which formats there are, and what writes each."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from rest_framework.exceptions import NotFound
from rest_framework.request import Request

from parties.api import formats
from parties.api.formats import Format, file_answer
from parties.readers import Reader
from proposals.comparison.included import include_records
from proposals.exchange.exporting import UnknownProposal, export_documents
from proposals.exchange.yaml_text import yaml_text
from proposals.models import Clause, Proposal
from proposals.payloads import clause_payloads, proposal_payloads, source_payloads
from proposals.rendering import files
from proposals.rendering.akoma_ntoso import akoma_ntoso
from proposals.rendering.citation import Frozen
from proposals.rendering.comparison_html import POLICY

OF_COMPARISONS = (
    formats.JSON,
    *(formats.CSV, formats.XLSX, formats.MARKDOWN, formats.HTML, formats.DOCX),
    formats.SSSOM,
)
OF_PROPOSALS = (formats.JSON, formats.YAML, formats.AKOMA_NTOSO)
_MOST_NAMED = 4
_SHORT_ID = 12


def comparison_file(request: Request, document: Mapping[str, Any], asked: Format) -> HttpResponse:
    """The comparison document in one of the formats other than JSON."""
    return _file(request, document, asked, name=_name(document), address=_address(request))


def proposal_file(proposal: Proposal, *, asked: Format, user: Reader | None) -> HttpResponse:
    """A proposal with its clauses. Raises NotFound for one that is not public as YAML."""
    if asked is formats.YAML:
        try:
            ((_, document),) = export_documents(slugs=[proposal.slug], decisions=False)
        except UnknownProposal as error:
            # The exchange format holds what anybody may have, so no draft of ours leaves in it.
            raise NotFound(str(error)) from error
        return file_answer(asked, yaml_text(document), name=proposal.slug)
    found = Clause.objects.visible_to(user).filter(proposal=proposal).in_reading_order()
    clauses = clause_payloads(found, user=user)
    payload = proposal_payloads([proposal.slug], user=user)[proposal.slug]
    included = include_records(
        heads=[payload], clauses=clauses, silences=payload["silences"], positions=[], disputes=[]
    )
    included["sources"] |= source_payloads(payload["sources"])
    roles = proposal.roles.select_related("party")
    included["parties"] |= {role.party.slug: {"name": role.party.name} for role in roles}
    content = akoma_ntoso(payload, clauses, included=included)
    return file_answer(asked, content, name=proposal.slug)


def snapshot_file(request: Request, payload: Mapping[str, Any], asked: Format) -> HttpResponse:
    """A snapshot in one of the formats other than JSON; what was withdrawn since stands in its head."""
    withdrawn = "; ".join(f"{one['kind']} {one['id']} ({one['withdrawn_on']})" for one in payload["notices"])
    remarks = [(gettext("Snapshot"), gettext("%(id)s, frozen at %(frozen_at)s") % payload)]
    if withdrawn:
        remarks.append((gettext("Withdrawn since, and no longer shown"), withdrawn))
    frozen = Frozen(citation=payload["citation"], remarks=tuple(remarks))
    name = f"concordance_snapshot_{payload['id'][:_SHORT_ID]}"
    return _file(request, payload["comparison"], asked, name=name, address=payload["url"], frozen=frozen)


def _file(
    request: Request,
    document: Mapping[str, Any],
    asked: Format,
    *,
    name: str,
    address: str,
    frozen: Frozen | None = None,
) -> HttpResponse:
    root = request.build_absolute_uri(reverse("comparisons")).removesuffix("comparisons/")
    content = files.comparison_file(document, name=asked.name, address=address, root=root, frozen=frozen)
    # The style stands within the page; the policy of the service would let no browser apply it.
    headers = {"Content-Security-Policy": f"{POLICY}; frame-ancestors 'none'"} if asked is formats.HTML else {}
    return file_answer(asked, content, name=name, headers=headers)


def _address(request: Request) -> str:
    """Where the same comparison is found as JSON; of what was posted, nothing but the resource."""
    asked = [(name, value) for name, values in request.query_params.lists() for value in values]
    query = urlencode([pair for pair in asked if pair[0] != formats.PARAMETER], safe=",")
    return request.build_absolute_uri(f"{request.path}?{query}" if query else request.path)


def _name(document: Mapping[str, Any]) -> str:
    slugs = [head["slug"] for head in document["proposals"]]
    if len(slugs) > _MOST_NAMED:
        return f"concordance_{len(slugs)}-proposals_{document['method']['inputs_digest']}"
    return "_".join(["concordance", *slugs])
