"""Parameters that speak of the parts that parties have."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from parties.api.parameters import ParameterSet
from proposals.models import ClauseParty, ProposalParty


class PartsOfParties(ParameterSet):
    """`party` and `role` speak of one and the same part: a party in that role, not a party and somebody in it."""

    parts: type[ProposalParty] | type[ClauseParty]
    owner: str

    def narrow(self, queryset: QuerySet[Any], values: Mapping[str, Any]) -> QuerySet[Any]:
        asked = Q()
        for name in ("party", "role"):
            if chosen := values.get(name):
                asked &= self.filters[name].condition(chosen)
        others = {name: value for name, value in values.items() if name not in ("party", "role")}
        queryset = super().narrow(queryset, others)
        return (
            queryset.filter(Exists(self.parts.objects.filter(asked, **{self.owner: OuterRef("pk")})))
            if asked
            else queryset
        )
