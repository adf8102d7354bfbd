"""Pages for work on whole clauses: each shows what will be before anything is saved."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.html import format_html

from access.roles import PUBLISH
from parties.editing import editor
from parties.readers import PREVIEW
from proposals.admin.clause_forms import CopyForm, CutForm, LeadForm, PartForm, PartForms, suggested
from proposals.editing import (
    UnableToEdit,
    codings_of,
    codings_of_merged,
    copies_of,
    copy_clauses,
    left_out,
    merge_clauses,
    merged_columns,
    merged_key,
    part_keys,
    referrers_of,
    split_clause,
)
from proposals.models import Clause, Proposal, Stage


def may_work(request: HttpRequest, clause: Clause) -> bool:
    """Whether the user may split and merge it: nothing is deleted, but what comes of a public clause is public."""
    publishes = [PUBLISH] if clause.stage == Stage.PUBLIC else []
    return request.user.has_perms(["proposals.add_clause", "proposals.change_clause", PREVIEW, *publishes])


def may_copy(request: HttpRequest) -> bool:
    return request.user.has_perms(["proposals.view_clause", "proposals.add_clause", PREVIEW])


def _clause(request: HttpRequest, pk: int) -> Clause:
    clause: Clause = get_object_or_404(Clause.objects.select_related("proposal"), pk=pk)
    if not may_work(request, clause):
        raise PermissionDenied
    return clause


def split(request: HttpRequest, pk: int) -> HttpResponse:
    """First where to cut; then the parts, what each keeps, and where everything goes that refers to the whole."""
    clause = _clause(request, pk)
    codings, referrers = codings_of(clause), referrers_of(clause)
    cut = CutForm(request.POST if "_cut" in request.POST else None, initial={"text": clause.text})
    parts: Any = None
    leads = None
    if cut.is_bound and cut.is_valid():
        pieces = CutForm.pieces(cut.cleaned_data["text"])
        keys = part_keys(clause, len(pieces))
        parts = PartForms(initial=suggested(pieces, keys, clause), form_kwargs={"codings": codings})
        leads = LeadForm(referrers=referrers, parts=keys, prefix="to")
    elif "_save" in request.POST:
        parts = PartForms(request.POST, form_kwargs={"codings": codings})
        keys = [str(form["key"].value() or f"part {place}") for place, form in enumerate(parts.forms, start=1)]
        leads = LeadForm(request.POST, referrers=referrers, parts=keys, prefix="to")
        if all([parts.is_valid(), leads.is_valid()]):
            try:
                new = split_clause(
                    clause,
                    [form.part() for form in parts.forms],
                    leads=leads.cleaned_data,
                    seen=_seen(request),
                    by=editor(request),
                )
            except UnableToEdit as error:
                _tell(error, parts.forms, parts)
            else:
                keys = [one.key for one in new]
                messages.success(request, f"{clause.proposal.slug}/{clause.key} was split into {', '.join(keys)}.")
                return redirect("admin:proposals_proposal_change", clause.proposal_id)
    context = {"clause": clause, "cut": cut, "parts": parts, "leads": leads, "seen": _told(request, [clause])}
    return _page(request, "split", f"Split {clause.proposal.slug}/{clause.key}", clause.proposal, context)


def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """With the next clause of the text, or with the one that is chosen."""
    clause = _clause(request, pk)
    others = Clause.objects.filter(proposal=clause.proposal_id).exclude(pk=clause.pk)
    others = others.select_related("proposal").in_reading_order()
    other = _other(request, clause, others)
    form = None
    pair: list[Clause] = []
    if other is not None:
        pair = sorted([clause, other], key=lambda one: (one.order, one.pk))
        start = {"key": merged_key(pair), **merged_columns(pair)}
        form = PartForm(request.POST or None, initial=start, codings=codings_of_merged(pair))
        if form.is_bound and form.is_valid():
            try:
                merged = merge_clauses(pair, form.part(), seen=_seen(request), by=editor(request))
            except UnableToEdit as error:
                _tell(error, [form], form)
            else:
                keys = " and ".join(one.key for one in pair)
                messages.success(request, f"{keys} of {clause.proposal.slug} were merged into {merged.key}.")
                return redirect("admin:proposals_proposal_change", clause.proposal_id)
    context = {
        "clause": clause,
        "others": others,
        "other": other,
        "pair": pair,
        "form": form,
        "referrers": referrers_of(*pair) if pair else [],
        "seen": _told(request, pair),
    }
    return _page(request, "merge", f"Merge {clause.proposal.slug}/{clause.key}", clause.proposal, context)


def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Chosen clauses of a proposal; what the copies will be is shown before they are made."""
    if not may_copy(request):
        raise PermissionDenied
    proposal: Proposal = get_object_or_404(Proposal, pk=pk)
    chosen = [one for one in request.GET.getlist("clause") if one.isdecimal()]
    form = CopyForm(request.POST or None, proposal=proposal, initial={"clauses": chosen})
    preview: list[Any] = []
    ties: list[Any] = []
    if form.is_bound and form.is_valid():
        clauses, to = list(form.cleaned_data["clauses"]), form.cleaned_data["to"]
        preview, ties = list(zip(clauses, copies_of(clauses, to=to), strict=True)), left_out(clauses)
        if "_save" in request.POST:
            try:
                copies = copy_clauses(clauses, to=to, by=editor(request))
            except UnableToEdit as error:
                for fault in error.faults:
                    at = f"{clauses[fault.place].key}: " if fault.place is not None else ""
                    form.add_error(None, f"{at}{fault.reason}")
            else:
                keys = ", ".join(one.key for one in copies)
                messages.success(request, format_html("Copied to {} as drafts: {}.", to.slug, keys))
                return redirect("admin:proposals_proposal_change", to.pk)
    context = {"form": form, "preview": preview, "ties": ties}
    return _page(request, "copy", f"Copy clauses of {proposal.slug}", proposal, context)


def _other(request: HttpRequest, clause: Clause, others: Any) -> Clause | None:
    named = request.POST.get("with") or request.GET.get("with") or ""
    if named.isdecimal():
        found: Clause | None = others.filter(pk=named).first()
        return found
    following = [one for one in others if (one.order, one.pk) > (clause.order, clause.pk)]
    return next(iter(following), None) or next(iter(others), None)


def _seen(request: HttpRequest) -> dict[int, int]:
    """The versions of the clauses that the page showed, by their keys in the database."""
    pairs = (pair.partition("-") for pair in request.POST.getlist("seen"))
    return {int(pk): int(version) for pk, _, version in pairs if pk.isdecimal() and version.isdecimal()}


def _told(request: HttpRequest, clauses: list[Clause]) -> list[str]:
    """The same for the page: as it was first shown, until it is begun anew."""
    if "_save" in request.POST:
        return request.POST.getlist("seen")
    return [f"{clause.pk}-{clause.version}" for clause in clauses]


def _tell(error: UnableToEdit, forms: Any, whole: Any) -> None:
    for fault in error.faults:
        if fault.place is not None and fault.place < len(forms):
            forms[fault.place].take(fault)
        elif hasattr(whole, "add_error"):
            whole.add_error(None, fault.reason)
        else:
            whole.non_form_errors().append(fault.reason)


def _page(request: HttpRequest, name: str, title: str, proposal: Proposal, context: dict[str, Any]) -> TemplateResponse:
    told = {**admin.site.each_context(request), "title": title, "proposal": proposal, **context}
    return TemplateResponse(request, f"workshop/{name}.html", told)
