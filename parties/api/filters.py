"""What lists of parties and persons can be narrowed by."""

from parties.api.parameters import CodesFilter, OrderFilter, ParameterSet, RecordsFilter, WordsFilter
from parties.models import Party, Person


class PartyParameters(ParameterSet):
    slug = RecordsFilter.by_id(queryset=lambda request: Party.objects.all(), noun="party")
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
    slug = RecordsFilter.by_id(queryset=lambda request: Person.objects.all(), noun="person")
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
