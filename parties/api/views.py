"""Parties and persons."""

from parties.api.filters import PartyParameters, PersonParameters
from parties.api.records import RecordViewSet, documented
from parties.api.serializers import PartySerializer, PersonSerializer
from parties.models import Party, Person
from parties.payloads import party_payload, person_payload


@documented(
    listed=("List parties", "States, blocs, organisations, armed groups and roles, by name."),
    one=("Read a party", "One party with its aliases and its dated memberships."),
    meaning="Slug of the party.",
)
class PartyViewSet(RecordViewSet):
    queryset = Party.objects.in_name_order().with_parts()
    serializer_class = PartySerializer
    filterset_class = PartyParameters
    payload = staticmethod(party_payload)
    noun = "party"


@documented(
    listed=("List persons", "Those who spoke for a party, by name."),
    one=("Read a person", "One person with party, office and aliases."),
    meaning="Slug of the person.",
)
class PersonViewSet(RecordViewSet):
    queryset = Person.objects.in_name_order().with_parts()
    serializer_class = PersonSerializer
    filterset_class = PersonParameters
    payload = staticmethod(person_payload)
    noun = "person"
