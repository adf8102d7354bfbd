"""What a proposal needs to be told besides its text."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.contrib.admin import ModelAdmin
from django.contrib.admin.helpers import AdminForm
from django.http import HttpRequest

from parties.autocomplete import Picked
from parties.editing import RecordForm
from proposals.models import Clause, Proposal, ProposalSource, Source

_OWN = (
    *("title", "short_title", "slug", "process", "kind", "date", "date_precision"),
    *("text_status", "clauses_complete", "summary"),
)
_OF_CLAUSES = ("wording", "language", "source", "evidence")
_RECORDS = ("process", "source")


class Facts(RecordForm):
    """Every field but the source is required, as the models require it."""

    required_css_class = "required"

    def __init__(self, *args: Any, site: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"] = forms.ModelChoiceField(
            Source.objects.all(),
            required=False,
            help_text="Where the text was read; cited by the proposal and by each of its clauses.",
            widget=Picked(ProposalSource._meta.get_field("source"), site),
        )
        # No wording is taken for granted: what is no quotation must not pass for one.
        self.fields["wording"] = forms.ChoiceField(
            choices=[("", "---------"), *Clause.Wording.choices],
            help_text="What the pasted text is. A paraphrase is marked as one wherever it is shown.",
        )
        self.fields["language"] = _field("language", "Language of the text as it is pasted: en.")
        self.fields["evidence"] = _field("evidence", "How much of the source was seen.")
        self.order_fields([*_OWN[:-1], *_OF_CLAUSES, "summary"])


def _field(name: str, help_text: str) -> forms.Field:
    column: Any = Clause._meta.get_field(name)
    made: forms.Field = column.formfield(help_text=help_text)
    return made


def facts_form(model_admin: ModelAdmin, request: HttpRequest, **kwargs: Any) -> Facts:
    """The form with the widgets of the admin."""
    made: Any = forms.modelform_factory(
        Proposal,
        form=Facts,
        fields=_OWN,
        formfield_callback=partial(model_admin.formfield_for_dbfield, request=request),
    )
    return made(site=model_admin.admin_site, **kwargs)


def judged(model_admin: ModelAdmin, request: HttpRequest) -> Facts:
    """What was typed, held against the rules."""
    return facts_form(model_admin, request, data=_typed(request))


def kept(model_admin: ModelAdmin, request: HttpRequest) -> Facts:
    """What was typed, shown again and not judged yet."""
    return facts_form(model_admin, request, initial=_typed(request))


def _typed(request: HttpRequest) -> dict[str, str]:
    typed = {name: request.POST[name] for name in (*_OWN, *_OF_CLAUSES) if name in request.POST}
    # The admin's autocomplete asks the database for whatever it is given, and stumbles over what is no number.
    return {name: value for name, value in typed.items() if name not in _RECORDS or _is_key(value)}


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10


def prepopulated(model_admin: ModelAdmin, form: Facts) -> AdminForm:
    """What the admin's own script needs to make an id of the short title."""
    return AdminForm(form, [], {"slug": ("short_title",)}, (), model_admin=model_admin)
