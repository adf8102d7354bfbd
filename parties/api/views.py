"""Parties and persons."""

from parties.api.filters import PartyParameters, PersonParameters
from parties.api.records import RecordViewSet, documented
from parties.api.serializers import PartySerializer, PersonSerializer
from parties.models import Party, Person
from parties.payloads import party_payloads, person_payloads


@documented(
    listed=("List parties", "States, blocs, organisations, armed groups and roles, by name."),
    one=("Read a party", "One party with its aliases and its dated memberships."),
    meaning="Slug of the party.",
)
class PartyViewSet(RecordViewSet):
    queryset = Party.objects.in_name_order()
    serializer_class = PartySerializer
    filterset_class = PartyParameters
    payloads_by_key = staticmethod(party_payloads)
    noun = "party"


@documented(
    listed=("List persons", "Those who spoke for a party, by name."),
    one=("Read a person", "One person with party, office and aliases."),
    meaning="Slug of the person.",
)
class PersonViewSet(RecordViewSet):
    queryset = Person.objects.in_name_order()
    serializer_class = PersonSerializer
    filterset_class = PersonParameters
    payloads_by_key = staticmethod(person_payloads)
    noun = "person"
    brought_in = {"ordering": ["party"]}
