"""Forms for work on whole clauses: the parts that one is split into, what several become, what is copied where."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.validators import RegexValidator

from parties.editing import PlainText
from parties.slugs import PATTERN
from proposals.editing import Coding, EditingFault, Part, Referrer
from proposals.models import Clause, Proposal

_CUT = re.compile(r"^[ \t]*-{3,}[ \t]*$", re.MULTILINE)
_LABEL = 60


class CutForm(forms.Form):
    """The text of a clause with a line of hyphens wherever it is to be cut."""

    text = PlainText(
        label="Text with the cuts",
        help_text="Write a line of three hyphens (---) where the text is to be cut. The words can be edited in the "
        "next step.",
        widget=AdminTextareaWidget(attrs={"rows": 12, "cols": 90}),
    )

    def clean_text(self) -> str:
        if len(self.pieces(self.cleaned_data["text"])) < 2:
            raise forms.ValidationError("Put at least one line of three hyphens between two parts of the text.")
        return self.cleaned_data["text"]

    @staticmethod
    def pieces(text: str) -> list[str]:
        return [piece.strip() for piece in _CUT.split(text) if piece.strip()]


def _column(name: str) -> dict[str, Any]:
    column: Any = Clause._meta.get_field(name)
    return {"max_length": column.max_length, "help_text": str(column.help_text)}


class PartForm(forms.Form):
    """One clause as it will be, with a tick for each thing coded on what it is made of."""

    key = forms.CharField(
        **_column("key"), validators=[RegexValidator(PATTERN, "Write a key such as c07 or article-4.")]
    )
    number = forms.CharField(**_column("number"))
    label = forms.CharField(**_column("label"), widget=forms.TextInput(attrs={"size": 60}))
    text = PlainText(widget=AdminTextareaWidget(attrs={"rows": 5, "cols": 90}))
    keeps = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple, label="Keeps of what is coded"
    )

    def __init__(self, *args: Any, codings: Sequence[Coding], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["keeps"]
        field.choices = [(coding.id, coding.words) for coding in codings]
        field.initial = [coding.id for coding in codings]
        if not codings:
            del self.fields["keeps"]

    def part(self) -> Part:
        told = self.cleaned_data
        return Part(told["key"], told["number"], told["label"], told["text"], told.get("keeps", []))

    def take(self, fault: EditingFault) -> None:
        self.add_error(fault.field if fault.field in self.fields else None, fault.reason)


PartForms = forms.formset_factory(PartForm, extra=0, min_num=2, validate_min=True)


class LeadForm(forms.Form):
    """To which of the parts each record that refers to the clause is led."""

    def __init__(self, *args: Any, referrers: Sequence[Referrer], parts: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for referrer in referrers:
            self.fields[referrer.id] = forms.TypedChoiceField(
                label=referrer.words, coerce=int, choices=list(enumerate(parts)), initial=0
            )


class CopyForm(forms.Form):
    """Which clauses of a proposal are copied, and where to."""

    clauses = forms.ModelMultipleChoiceField(queryset=Clause.objects.none(), widget=forms.CheckboxSelectMultiple)
    to = forms.ModelChoiceField(queryset=Proposal.objects.none(), label="Copy to", empty_label="Choose a proposal")

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        clauses: Any = self.fields["clauses"]
        clauses.queryset = Clause.objects.filter(proposal=proposal).select_related("proposal").in_reading_order()
        clauses.label_from_instance = lambda clause: f"{clause.key}: {clause.label}"
        to: Any = self.fields["to"]
        to.queryset = Proposal.objects.exclude(pk=proposal.pk).order_by("short_title", "pk")


def suggested(pieces: Sequence[str], keys: Sequence[str], clause: Clause) -> list[dict[str, str]]:
    """What the forms of parts begin with: labels from their first words, numbers from that of the whole."""
    ends = "abcdefghijklmnopqrstuvwxyz"
    return [
        {
            "key": key,
            "number": f"{clause.number}{ends[place]}" if place < len(ends) else clause.number,
            "label": _first_words(piece),
            "text": piece,
        }
        for place, (piece, key) in enumerate(zip(pieces, keys, strict=True))
    ]


def _first_words(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LABEL else f"{line[:_LABEL].rpartition(' ')[0] or line[:_LABEL]}…"
