"""The page that asks before records are moved to another stage: what goes along, what hinders it, and a note."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin, helpers
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import ngettext

from parties.editing import editor, note_in_history
from proposals.models import Stage
from proposals.stages import MOVED, UnableToMove, going_along, hindrances, move

# What a button says that moves records to the stage: from a stage of its own, or from any.
_WORDS = {
    ("", Stage.REVIEW): "Submit for review",
    (Stage.REVIEW, Stage.DRAFT): "Send back",
    (Stage.WITHDRAWN, Stage.DRAFT): "Take up again",
    # Nothing leads there from any other stage; whoever types the address is told so.
    ("", Stage.DRAFT): "Send back",
    ("", Stage.PUBLIC): "Make public",
    ("", Stage.WITHDRAWN): "Withdraw",
}


def words(before: str, to: Stage) -> str:
    return _WORDS.get((before, to)) or _WORDS["", to]


def move_page(
    model_admin: ModelAdmin,
    request: HttpRequest,
    records: Sequence[Any],
    to: Stage,
    *,
    said: str,
    action: str = "",
) -> HttpResponse:
    """Asks, or moves what was asked about. `action` is that of the list from which it comes."""
    note = request.POST.get("note", "")
    by = editor(request)
    confirmed = request.method == "POST" and "confirmed" in request.POST
    if confirmed:
        try:
            with transaction.atomic():
                moved = move(records, to=to, by=by, note=note)
                note_in_history(request, moved, f"{MOVED}{to.label}." + (f" {note}" if note else ""))
        except UnableToMove as error:
            found = list(error.hindrances)
        else:
            told = ngettext("%(count)d record is %(stage)s now.", "%(count)d records are %(stage)s now.", len(moved))
            messages.success(request, told % {"count": len(moved), "stage": to.label})
            return HttpResponseRedirect(_back(model_admin, records, action))
    else:
        found = hindrances([one for one in records if one.stage != to], to=to, by=by)
    if any(one.code == "not_allowed" for one in found):
        raise PermissionDenied(" ".join(one.reason for one in found if one.code == "not_allowed"))
    opts = model_admin.model._meta
    context = {
        **model_admin.admin_site.each_context(request),
        "title": said,
        "opts": opts,
        "records": records,
        "along": going_along(records, to),
        "hindrances": found,
        "was_asked": confirmed,
        # What is only missing on this page can still be typed.
        "is_hindered": any(one.code != "no_note" for one in found),
        "needs_note": to == Stage.DRAFT and any(one.stage == Stage.REVIEW for one in records),
        "note": note,
        "said": said,
        "stage": to,
        "action": action,
        "checkbox": helpers.ACTION_CHECKBOX_NAME,
        "back": _back(model_admin, records, action),
    }
    return TemplateResponse(request, "admin/proposals/move.html", context, status=409 if confirmed else 200)


def _back(model_admin: ModelAdmin, records: Sequence[Any], action: str) -> str:
    opts = model_admin.model._meta
    if action:
        return reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[records[0].pk])
