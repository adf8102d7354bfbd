"""The two pages: a text, and the text as clauses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied, RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from parties.editing import editor
from proposals.admin.from_text.facts import facts_form, judged, kept, prepopulated
from proposals.admin.from_text.moves import levelled, move
from proposals.admin.from_text.past import undone, with_step
from proposals.admin.from_text.rows import Row, posted_rows, rows_of
from proposals.admin.from_text.saving import NotSaved, save
from proposals.admin.from_text.suggested import HEADINGS, Offer, measures_by_kind, offers
from proposals.alignment.meaning import script
from proposals.documents import MAX_BYTES, MAX_TEXT, SUFFIXES, UnreadableDocument, read_document, tidy
from proposals.splitting import LeftOut, divide

MOST_CLAUSES = 1_000
# Larger bodies are turned away before they are read: a file at its limit, and some room.
_LARGEST_BODY = 4 * MAX_BYTES
_LONGEST_TITLE = 150
_TOO_LARGE = (
    f"What was sent is too large: a file may have {MAX_BYTES // 1024**2} MB, a text {MAX_TEXT // 1_000_000} MB."
)


@dataclass(frozen=True)
class _Card:
    """A clause with its suggestions and faults. `stays`: the page that asks shows it already."""

    row: Row
    offer: Offer | None
    faults: Mapping[str, list[str]]
    stays: bool = False

    @property
    def of_clause(self) -> list[str]:
        """Faults of what was ticked, and of the clause as a whole."""
        return self.faults.get("", [])


def from_text(model_admin: ModelAdmin) -> Callable[[HttpRequest], HttpResponse]:
    """The view. What is too large is turned away before Django reads it, and told on the page."""

    def within_bounds(request: HttpRequest) -> HttpResponse:
        if not model_admin.has_add_permission(request):
            raise PermissionDenied
        page = _Page(model_admin, request)
        length = request.META.get("CONTENT_LENGTH") or "0"
        if request.method != "POST":
            return page.session() if request.GET.get("part") == "session" else page.text()
        if not length.isdecimal() or int(length) > _LARGEST_BODY:
            return page.text(fault=_TOO_LARGE, status=413)
        try:
            request.POST  # noqa: B018 (reads the body, as far as Django's own limits let it)
        except (RequestDataTooBig, TooManyFieldsSent):
            return page.text(fault=_TOO_LARGE, status=413)
        return guarded(request)

    @csrf_protect
    def guarded(request: HttpRequest) -> HttpResponse:
        return _Page(model_admin, request).answer()

    return csrf_exempt(within_bounds)


class _Page:
    def __init__(self, model_admin: ModelAdmin, request: HttpRequest) -> None:
        self.admin, self.request = model_admin, request

    def answer(self) -> HttpResponse:
        command = self.request.POST.get("do", "")
        if command == "cut":
            return self._cut()
        rows, past = posted_rows(self.request.POST), self.request.POST.get("past", "")
        if command == "save":
            return self._save(rows, past)
        after, said, at = rows, "", ""
        if command == "undo":
            after, past = undone(past, rows)
            said = "Undone." if after != rows else "There is nothing to undo."
        elif command.startswith("tick "):
            after = self._all_ticked(rows, command.removeprefix("tick "))
        elif moved := move(rows, command, cut=_whole(self.request.POST.get("cut", ""))):
            after, said, at = moved.rows, moved.said, moved.at
            past = with_step(past, rows, after)
        return self._preview(after, past=past, said=said, at=at)

    def session(self) -> HttpResponse:
        """The token for the next form, which a new login in another window has changed."""
        return HttpResponse(get_token(self.request), content_type="text/plain")

    def text(self, *, fault: str = "", text: str = "", status: int = 200) -> HttpResponse:
        context = {
            "title": "New proposal from text",
            "fault": fault,
            "text": text,
            "accept": ",".join(SUFFIXES),
            "most_bytes": MAX_BYTES,
            "most_text": MAX_TEXT,
        }
        return self._rendered("text.html", context, status=status)

    def _cut(self) -> HttpResponse:
        text, file = self.request.POST.get("text", ""), self.request.FILES.get("file")
        text = tidy(text)
        if file and text.strip():
            return self.text(fault="Paste a text or choose a file, not both.", text=text)
        if file:
            if (file.size or 0) > MAX_BYTES:
                return self.text(fault=f"The file has more than {MAX_BYTES // 1024**2} MB.")
            try:
                text = read_document(file.name or "", file.read())
            except UnreadableDocument as error:
                return self.text(fault=f"{file.name}: {error}")
        if not text.strip():
            return self.text(fault="Paste a text, or choose a file.")
        if len(text.encode()) > MAX_TEXT:
            return self.text(fault=f"The text has more than {MAX_TEXT // 1_000_000} MB. Cut it into parts.", text=text)
        division = divide(text)
        if len(division.pieces) > MOST_CLAUSES:
            said = f"The text gives {len(division.pieces):,} clauses; {MOST_CLAUSES:,} can be saved at once."
            return self.text(fault=f"{said} Cut it into parts.", text=text)
        if not division.pieces:
            return self.text(fault="The text holds no words.", text=text)
        rows = levelled(rows_of(text, division))
        first = rows[0]
        opening = first.label if not first.number and len(rows) > 1 and len(first.text) <= _LONGEST_TITLE else ""
        initial = {"title": opening, "language": "en" if script(text) == "LATIN" else ""}
        form = facts_form(self.admin, self.request, initial=initial)
        return self._preview(rows, form=form, left_out=division.left_out)

    def _save(self, rows: tuple[Row, ...], past: str) -> HttpResponse:
        form = judged(self.admin, self.request)
        try:
            proposal = save(form, rows, by=editor(self.request))
        except NotSaved as refusal:
            return self._preview(rows, past=past, form=form, faults=refusal.of_rows)
        count = proposal.clauses.count()
        said = format_html("The draft “{}” is saved with {} clauses.", proposal.short_title, count)
        messages.success(self.request, said)
        return HttpResponseRedirect(reverse("admin:proposals_proposal_change", args=[proposal.pk]))

    def _all_ticked(self, rows: tuple[Row, ...], kind: str) -> tuple[Row, ...]:
        found = offers(rows, user=editor(self.request))
        ticks = {
            key: [item.value for group in offer.groups if group.kind == kind for item in group.items]
            for key, offer in found.items()
        }
        return tuple(replace(row, ticks=tuple(dict.fromkeys((*row.ticks, *ticks.get(row.id, ()))))) for row in rows)

    def _preview(
        self,
        rows: tuple[Row, ...],
        *,
        past: str = "",
        said: str = "",
        at: str = "",
        form: Any = None,
        faults: Mapping[str, Mapping[str, list[str]]] | None = None,
        left_out: tuple[LeftOut, ...] = (),
    ) -> HttpResponse:
        # The script on the page keeps what it shows and asks for the rest.
        only_clauses = self.request.headers.get("X-Part") == "clauses"
        posted = {row.id: row for row in posted_rows(self.request.POST)}
        stay = {row.id for row in rows if only_clauses and _is_shown(row, posted.get(row.id))}
        found = offers([row for row in rows if row.id not in stay], user=editor(self.request))
        cards = [_Card(row, found.get(row.id), (faults or {}).get(row.id, {}), row.id in stay) for row in rows]
        context: dict[str, Any] = {
            "cards": cards,
            "past": past,
            "said": said,
            "at": at,
            "count": sum(not row.out for row in rows),
            "out_count": sum(row.out for row in rows),
        }
        if only_clauses:
            return self._rendered("clauses.html", context)
        form = form or kept(self.admin, self.request)
        context |= {
            "title": "New proposal from text",
            "adminform": prepopulated(self.admin, form),
            "form": form,
            "faulty": bool(form.errors or faults),
            "left_out": left_out,
            "measures": measures_by_kind(),
            "kinds": _tickable(found),
            "media": self.admin.media + form.media,
        }
        return self._rendered("preview.html", context)

    def _rendered(self, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        whole = {**self.admin.admin_site.each_context(self.request), "opts": self.admin.opts, **context}
        return TemplateResponse(self.request, f"workshop/from_text/{template}", whole, status=status)


def _is_shown(row: Row, posted: Row | None) -> bool:
    """Whether the page that asks holds this clause with the suggestions for its words."""
    return posted is not None and replace(row, depth=posted.depth, out=posted.out) == posted and row.seen == row.digest


def _tickable(found: Mapping[str, Offer]) -> list[tuple[str, str]]:
    """The kinds of which there is a suggestion."""
    offered = {group.kind for offer in found.values() for group in offer.groups}
    return [(kind, heading.lower()) for kind, heading in HEADINGS.items() if kind in offered]


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None
