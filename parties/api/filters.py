"""What lists of parties and persons can be narrowed by."""

from parties.api.parameters import CodesFilter, OrderFilter, ParameterSet, RecordsFilter, WordsFilter
from parties.models import Party


class PartyParameters(ParameterSet):
    kind = CodesFilter("kind", choices=Party.Kind, help_text="Kinds of party.")
    member_of = RecordsFilter(
        "memberships_as_member__bloc",
        queryset=lambda request: Party.objects.all(),
        noun="party",
        across=True,
        help_text="Blocs (slugs) that the party belongs to or belonged to.",
    )
    q = WordsFilter("name", "slug", across=["aliases__name"], help_text="Words in the name, an alias or the slug.")
    ordering = OrderFilter(default="name", name=["name"], slug=["slug"], kind=["kind", "name"])


class PersonParameters(ParameterSet):
    party = RecordsFilter(
        "party",
        queryset=lambda request: Party.objects.all(),
        noun="party",
        help_text="Parties (slugs) that the person speaks for.",
    )
    q = WordsFilter(
        "name", "slug", "role", across=["aliases__name"], help_text="Words in the name, an alias, the slug or role."
    )
    ordering = OrderFilter(default="name", name=["name"], slug=["slug"], party=["party__name", "name"])
