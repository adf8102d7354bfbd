"""Every address that gives something out: of the API in each format, of the pages, and of the admin."""

import re
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.db.models import Model
from django.urls import reverse

from parties.history import changes_of
from parties.models import Party, Person
from proposals.models import (
    AlignmentRun,
    Clause,
    Decision,
    Dispute,
    Measure,
    Position,
    Process,
    Proposal,
    Snapshot,
    Source,
    Statement,
    Territory,
    Topic,
    TopicGroup,
)
from tests.api import contract

_READINGS = "readings,positions,disputes"
# The records that stand in addresses, by the resource of the API.
_RESOURCES: dict[str, type[Model]] = {
    "alignment-runs": AlignmentRun,
    "decisions": Decision,
    "disputes": Dispute,
    "measures": Measure,
    "parties": Party,
    "persons": Person,
    "positions": Position,
    "processes": Process,
    "proposals": Proposal,
    "snapshots": Snapshot,
    "sources": Source,
    "statements": Statement,
    "territories": Territory,
    "topic-groups": TopicGroup,
    "topics": Topic,
}


def of_the_api() -> Iterator[str]:
    """Each operation that reads, in each of its formats, for one record of its kind; lists hold all of them."""
    slugs = list(Proposal.objects.filter(stage="public").order_by("pk").values_list("slug", flat=True))
    for path, methods in contract.document()["paths"].items():
        if "get" not in methods:
            continue
        told = {one["name"]: one["schema"] for one in methods["get"].get("parameters", []) if one["in"] == "query"}
        formats = told.get("format", {}).get("enum") or [""]
        for filled in _filled(path):
            for name in formats:
                query = [f"format={name}"] if name else []
                if path == "/api/v1/comparisons/":
                    query += [f"proposals={','.join(slugs[:8])}", f"include={_READINGS}"]
                elif "limit" in told:
                    query.append("limit=500")
                yield f"{filled}?{'&'.join(query)}"
            if "q" in told:
                yield f"{filled}?q=script&limit=100"
            if "facets" in told:
                yield f"{filled}?facets={','.join(told['facets'].get('items', {}).get('enum', []))}&limit=1"


def _filled(path: str) -> list[str]:
    if "{" not in path:
        return [path]
    kind = path.split("/")[3]
    found = []
    for record in _RESOURCES[kind]._default_manager.order_by("pk")[:2]:
        if kind == "proposals" and "{key}" in path:
            clause = Clause.objects.filter(proposal=record).order_by("order").first()
            found.append(path.format(slug=record.slug, key=clause.key))  # type: ignore[attr-defined]
        else:
            name = re.findall(r"{(\w+)}", path)[0]
            attribute = {"alignment-runs": "pk", "decisions": "pk", "snapshots": "digest", "measures": "code"}.get(
                kind, "slug"
            )
            found.append(path.format(**{name: getattr(record, attribute)}))
    return found


def of_the_pages() -> Iterator[str]:
    """Each page and file, for every record that has one of its own."""
    slugs = list(Proposal.objects.filter(stage="public").order_by("pk").values_list("slug", flat=True))
    compared = f"proposals={','.join(slugs[:8])}"
    yield from ("/", "/compare/", "/compare/text/", "/coverage/", "/coverage.svg", "/lineage/", "/positions/")
    yield from ("/positions.svg", "/topics/", "/parties/", "/sources/", "/search/", "/territories/", "/robots.txt")
    yield from ("/feeds/proposals.atom", "/sitemap.xml", f"/compare/?{compared}", f"/compare/readings/?{compared}")
    yield from (f"/compare/bracketed/?{compared}", f"/compare/bracketed.docx?{compared}", "/positions/?stance=red_line")
    yield from (f"/compare/preview.png?{compared}", "/search/?q=script", "/search/?q=alert&kind=position")
    for model, stem in _WITH_PAGES.items():
        for slug in model._default_manager.order_by("pk").values_list("slug", flat=True)[:4]:
            yield f"/{stem}/{slug}/"
    for slug in slugs[1:4]:
        yield f"/lineage/{slug}/"
        yield from (f"/proposals/{slug}/clauses/{key}/" for key in ("c01", "c02", "c03"))
    yield f"/proposals/{slugs[1]}/preview.png"
    for slug in Topic.objects.filter(slug__startswith="topic-").order_by("pk").values_list("slug", flat=True)[:3]:
        yield f"/topics/{slug}/figures.svg"
    for digest in Snapshot.objects.values_list("digest", flat=True):
        yield f"/snapshots/{digest}/"


_WITH_PAGES: dict[type[Model], str] = {
    Dispute: "disputes",
    Party: "parties",
    Person: "persons",
    Proposal: "proposals",
    Source: "sources",
    Territory: "territories",
    Topic: "topics",
}


def of_the_admin() -> Iterator[str]:
    """Lists, and of a record of each kind the page, the history, an earlier state and the deletion."""
    yield from ("/admin/", "/admin/proposals/", "/admin/parties/")
    for label in ("parties", "proposals"):
        for model in apps.get_app_config(label).get_models():
            if model not in admin.site._registry:
                continue
            stem = f"admin:{label}_{model._meta.model_name}"
            yield reverse(f"{stem}_changelist")
            yield reverse(f"{stem}_changelist") + "?q=script&_facets=True"
            for record in model._default_manager.order_by("-pk")[:1]:
                yield from _of_record(stem, record)
    pair = [*Proposal.objects.order_by("pk").values_list("slug", flat=True)[:2]]
    yield reverse("admin:proposals_proposal_line_up", args=pair)
    for model, field in (
        ("clausetopic", "topic"),
        ("clauseparty", "party"),
        ("position", "proposal"),
        ("dependency", "target"),
    ):
        yield f"/admin/autocomplete/?app_label=proposals&model_name={model}&field_name={field}"


def _of_record(stem: str, record: Any) -> Iterator[str]:
    pages = (
        ["change", "delete", "history"]
        if admin.site._registry[type(record)].has_delete_permission(_ALL)
        else ["change"]
    )
    for page in pages:
        yield reverse(f"{stem}_{page}", args=[record.pk])
    if isinstance(record, Proposal):
        yield reverse(f"{stem}_copy", args=[record.pk])
        yield reverse(f"{stem}_move", args=[record.pk, "withdrawn"])
    if isinstance(record, Clause):
        yield from (reverse(f"{stem}_{page}", args=[record.pk]) for page in ("split", "merge"))
    if "history" in pages and (changes := changes_of(record, limit=1)):
        yield reverse(f"{stem}_state", args=[record.pk, changes[0].address])


class _Request:
    """Of a superuser, as far as permissions are asked for."""

    class user:  # noqa: N801
        is_superuser = is_active = True

        @staticmethod
        def has_perm(*_: Any) -> bool:
            return True


_ALL: Any = _Request()
