"""Finding the other proposal by its titles, ids and parties, as the admin finds records everywhere."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError

from parties.autocomplete import Picked
from parties.readers import Reader
from proposals.models import Lineage, Proposal


class OtherProposal(forms.Form):
    other = forms.ModelChoiceField(
        Proposal.objects.none(),
        label="Another proposal",
        # The field tells the admin which records to offer; nothing is written to it.
        widget=Picked(Lineage._meta.get_field("earlier"), admin.site),
    )

    def __init__(self, *args: object, proposal: Proposal, user: Reader | None, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.proposal = proposal
        self.fields["other"].queryset = Proposal.objects.visible_to(user)  # type: ignore[attr-defined]

    def clean_other(self) -> Proposal:
        other: Proposal = self.cleaned_data["other"]
        if other == self.proposal:
            raise ValidationError("Choose another proposal than this one.")
        return other
