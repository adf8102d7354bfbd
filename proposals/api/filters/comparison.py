"""Parameters of a comparison."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError

from parties.api.parameters import CodesFilter, ParameterSet, SeveralFilter
from proposals.api.codes import Include
from proposals.api.filters.records import AsOfFilter, by_topic
from proposals.comparison import MAX_PROPOSALS, MIN_PROPOSALS


class _ProposalsFilter(SeveralFilter):
    """The proposals to compare, in the order of the columns; whether they can be is for the comparison to say."""

    def faults(self, values: Sequence[str], request: Any) -> list[ValidationError]:
        return []


class ReadingParameters(ParameterSet):
    """What of a comparison is answered."""

    topics = by_topic("topics")
    include = CodesFilter("include", choices=Include, bounds=(1, len(Include)), help_text="What else to answer.")
    as_of = AsOfFilter()


class ComparisonParameters(ReadingParameters):
    proposals = _ProposalsFilter(
        "slug",
        required=True,
        item={"type": "string", "minLength": 1, "maxLength": 80},
        bounds=(MIN_PROPOSALS, MAX_PROPOSALS),
        help_text=f"{MIN_PROPOSALS} to {MAX_PROPOSALS} different proposals (slugs), in the order of the columns.",
    )
