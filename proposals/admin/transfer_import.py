"""The pages that bring records in: choose a file, see what it would change, do just that.

Nothing is kept between the two steps: the file travels back in the form, so that any process can take the second.
"""

import base64
import binascii
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.contrib.auth import get_permission_codename
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views import View

from access.permissions import require
from access.roles import IMPORT, OVERWRITE, PUBLISH
from parties.readers import PREVIEW
from proposals.admin.transfer_preview import preview
from proposals.exchange.entries import Entry
from proposals.exchange.faults import LISTED, Fault, UnableToImport
from proposals.exchange.format import KINDS
from proposals.exchange.importing import Report, import_entries
from proposals.exchange.plan import Action
from proposals.exchange.reading import LARGEST
from proposals.exchange.uploads import KINDS_OF_FILES, name_of_paste, read_upload
from proposals.models import Stage

# A preview shows what records say now, drafts among them.
TO_IMPORT = (IMPORT, PREVIEW)
_NEEDED = {Action.NEW: "add", Action.CHANGED: "change", Action.REMOVED: "delete"}
_NAME, _CONTENT, _SEEN = "name", "content", "seen"
# What Django takes in a form, less what else is in it.
_LARGEST_CARRIED = (settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 2 * LARGEST) - 100_000


class ImportForm(forms.Form):
    """What comes in, and how. Options that the user may not choose are not there."""

    file = forms.FileField(
        required=False,
        help_text=f"{', '.join(KINDS_OF_FILES)}; {LARGEST // 1_000_000} MB at most.",
        widget=forms.FileInput(attrs={"accept": ",".join(KINDS_OF_FILES)}),
    )
    text = forms.CharField(
        label="Or paste it here",
        required=False,
        strip=False,
        widget=AdminTextareaWidget(attrs={"rows": 8, "spellcheck": "false"}),
        help_text="YAML or JSON of the exchange format, or rows copied from a spreadsheet with their head.",
    )
    publish = forms.BooleanField(
        label="Make new records public",
        required=False,
        help_text="Otherwise they come in as drafts. A clause without a source stays a draft.",
    )
    overwrite = forms.BooleanField(
        label="Replace what was edited or deleted here since",
        required=False,
        help_text="Otherwise such records are left alone and listed as conflicts.",
    )
    prune = forms.BooleanField(
        label="Remove clauses and decisions that the file lacks",
        required=False,
        help_text="Of the proposals in it, and only those that an import once wrote. Tables lack nothing.",
    )
    OPTIONS = ("publish", "overwrite", "prune")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not user.has_perm(OVERWRITE):
            del self.fields["overwrite"], self.fields["prune"]
        # Where it takes another to publish, an import must not go round that.
        if not user.has_perm(PUBLISH) or settings.FOUR_EYES:
            del self.fields["publish"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        file, text = cleaned.get("file"), cleaned.get("text", "")
        if bool(file) == bool(text.strip()):
            self.add_error("file", "Choose a file or paste a text, one of the two.")
        elif file and file.size > LARGEST:
            self.add_error("file", f"The file has {file.size:,} bytes; {LARGEST:,} are allowed.")
        return cleaned


@dataclass(frozen=True)
class _Wanted:
    """A file and how it is to be imported."""

    name: str
    content: bytes
    options: Mapping[str, bool]

    @property
    def carried(self) -> str:
        return base64.b64encode(zlib.compress(self.content, 9)).decode()

    def stage_of(self, entry: Entry) -> Stage:
        is_bare = entry.kind == "clause" and not entry.data.get("sources")
        return Stage.PUBLIC if self.options.get("publish") and not is_bare else Stage.DRAFT


class ImportView(View):
    """The form; the preview of what was uploaded; and, with the digest of a preview, the import."""

    http_method_names = ["get", "post", "head", "options"]
    model_admin: Any = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        require(request.user, *TO_IMPORT)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(request, "import_form.html", form=ImportForm(user=request.user))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ImportForm(request.POST, request.FILES, user=request.user)
        if _CONTENT in request.POST:
            wanted = _carried(request.POST, form)
            if wanted is None:
                return redirect(request.path)
            return self._import(request, wanted, seen=request.POST.get(_SEEN, "") or "-")
        if not form.is_valid():
            return self._page(request, "import_form.html", form=form)
        return self._import(request, _uploaded(form, self.model_admin.kind), seen="")

    def _import(self, request: HttpRequest, wanted: _Wanted, *, seen: str) -> HttpResponse:
        upload = read_upload(wanted.name, wanted.content, kind=self.model_admin.kind)
        faults = upload.faults
        if len(wanted.carried) > _LARGEST_CARRIED:
            faults = [Fault(wanted.name, 0, "", "is too large to be shown before it is imported; split it")]
        try:
            with transaction.atomic():
                report = import_entries(
                    upload.entries,
                    by=request.user,  # type: ignore[arg-type]
                    where="in the admin",
                    faults=faults,
                    complete=upload.complete,
                    dry_run=not seen,
                    seen=seen,
                    overwrite=wanted.options.get("overwrite", False),
                    prune=wanted.options.get("prune", False),
                    stage_of=wanted.stage_of,
                )
                _refuse_what_is_missing(report, request.user, name=wanted.name)
        except UnableToImport as refusal:
            return self._refused(request, wanted, refusal)
        if report.done:
            messages.success(request, _summary(report))
            return redirect(self._list())
        return self._page(
            request,
            "import_preview.html",
            name=wanted.name,
            options=[ImportForm.base_fields[name].label for name, chosen in wanted.options.items() if chosen],
            carried={
                _NAME: wanted.name,
                _CONTENT: wanted.carried,
                _SEEN: report.digest,
                **{name: "on" for name, chosen in wanted.options.items() if chosen},
            },
            # Somebody changed something while the preview was read.
            is_outdated=bool(seen),
            writes=report.writes,
            **preview(report),
        )

    def _refused(self, request: HttpRequest, wanted: _Wanted, refusal: UnableToImport) -> HttpResponse:
        return self._page(
            request,
            "import_refused.html",
            name=wanted.name,
            count=len(refusal.faults),
            faults=refusal.faults[:LISTED],
            left_out=max(0, len(refusal.faults) - LISTED),
        )

    def _list(self) -> str:
        opts = self.model_admin.opts
        return reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")

    def _page(self, request: HttpRequest, template: str, **context: Any) -> HttpResponse:
        opts = self.model_admin.opts
        shared = {
            **self.model_admin.admin_site.each_context(request),
            "opts": opts,
            "title": f"Import {opts.verbose_name_plural}",
            "back": self._list(),
        }
        response = TemplateResponse(request, f"admin/proposals/{template}", shared | context)
        response["Cache-Control"] = "private, no-store"
        return response


def _uploaded(form: ImportForm, kind: str) -> _Wanted:
    given = form.cleaned_data
    options = {name: given[name] for name in ImportForm.OPTIONS if name in given}
    if file := given.get("file"):
        return _Wanted(file.name, file.read(), options)
    return _Wanted(name_of_paste(given["text"], kind=kind), given["text"].encode(), options)


def _carried(posted: Any, form: ImportForm) -> _Wanted | None:
    """The file of a preview, or None where the form was tampered with."""
    try:
        packed = base64.b64decode(posted[_CONTENT], validate=True)
        content = zlib.decompressobj().decompress(packed, LARGEST + 1)
    except (binascii.Error, zlib.error, ValueError):
        return None
    options = {name: name in posted for name in ImportForm.OPTIONS if name in form.fields}
    return _Wanted(posted.get(_NAME, "")[:200], content, options)


def _refuse_what_is_missing(report: Report, user: Any, *, name: str) -> None:
    """Raises UnableToImport where the import would do what the user may not do by hand."""
    wanted = {(change.action, change.kind) for change in report.changes if change.action in _NEEDED}
    faults = []
    for action, kind in wanted:
        opts = KINDS[kind].model._meta
        if not user.has_perm(f"{opts.app_label}.{get_permission_codename(_NEEDED[action], opts)}"):
            faults.append(Fault(name, 0, "", f"you may not {_NEEDED[action]} {opts.verbose_name_plural}"))
    if faults:
        raise UnableToImport(faults)


def _summary(report: Report) -> str:
    actions = (Action.NEW, Action.CHANGED, Action.REMOVED, Action.UNCHANGED, Action.CONFLICT)
    told = [f"{count:,} {_WORDS[action]}" for action in actions if (count := report.count(action))]
    return f"Imported: {', '.join(told)}."


_WORDS = {
    Action.NEW: "new",
    Action.CHANGED: "changed",
    Action.REMOVED: "removed",
    Action.UNCHANGED: "unchanged",
    Action.CONFLICT: "left alone, in conflict",
}
