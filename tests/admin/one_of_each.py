"""One record of every model that the admin shows, with every kind of part."""

import datetime

from axes.models import AccessAttempt
from django.contrib.auth.models import Group, User
from django.db.models import Model
from knox.models import AuthToken

from parties.models import Membership, Party, PartyAlias, Person, PersonAlias
from proposals.models import (
    AlignmentRun,
    Clause,
    Contest,
    Decision,
    Dependency,
    Dispute,
    DisputeAbout,
    DisputeClaim,
    ImportedRecord,
    Lineage,
    Measure,
    Position,
    Process,
    Proposal,
    Silence,
    Snapshot,
    Source,
    Statement,
    Territory,
    TerritoryAlias,
    TextVersion,
    Topic,
    TopicGroup,
    VocabularySnapshot,
)
from tests.factories import (
    COASTAL_FRONT,
    NORTHERN_COUNCIL,
    make_clause,
    make_decision,
    make_party,
    make_person,
    make_position,
    make_process,
    make_proposal,
    make_source,
    make_statement,
    make_term,
    make_territory,
    make_topic,
)

# For each model: what its list and its page say about the record.
SAID: dict[type[Model], tuple[list[str], list[str]]] = {
    Party: (["Northern Council", "northern-council", "state"], ["Northern Council", "the Council", "Harbour League"]),
    Person: (["Envoy of the Council", "Northern Council"], ["council-envoy", "the Envoy", "Northern Council"]),
    Process: (["Northern Coast"], ["Talks between the Northern Council and the Coastal Front."]),
    TopicGroup: (["Security"], ["security", "Ceasefire", "What concerns ceasefire."]),
    Topic: (["Ceasefire", "Security (security)"], ["What concerns ceasefire.", "Security (security)"]),
    Territory: (["Old Harbour", "area"], ["Old Harbour", "the Quay", "Coastal Front"]),
    Measure: (["garrison_strength", "quantity"], ["garrison_strength", "garrison strength"]),
    Source: (
        ["harbour-gazette", "May 2031", "B: established outlet"],
        ["The text in full", "https://gazette.example/1"],
    ),
    Proposal: (
        ["Front Answer", "front-answer", "1 Jun 2031", "public", "published"],
        ["front-answer", "The Coastal Front opens the old harbour.", "answers", "agency print", "Read for it."],
    ),
    Clause: (
        ["front-answer/c01", "Old harbour", "commitment", "must", "public"],
        ["The Coastal Front opens the old harbour.", "Prisoners", "garrison_strength", "500", "It wants it closed."],
    ),
    Position: (["p001", "1 Jun 2031", "Coastal Front", "rejects"], ["The Coastal Front keeps the harbour closed."]),
    Dispute: (["garrison-strength", "Strength of the garrison"], ["400 men", "line 14", "council-plan/c01"]),
    Statement: (
        ["s001", "End of the harbour talks", "why something happened", "Envoy of the Council", "harbour-gazette"],
        ["The talks ended when the pier burned.", "line 14", "Ceasefire", "council-plan/c01", "Coast Radio"],
    ),
    Decision: (
        ["council-plan/c01", "front-answer/c01", "same matter", "two readers"],
        ["The Northern Council asks for the old harbour.", "The Coastal Front opens the old harbour."],
    ),
    Snapshot: (["d1e2f3"], ["d1e2f3", "frozen words"]),
    AlignmentRun: (["all public proposals", "running", "ida"], ["running", "12", "ida", "concordance 1"]),
    ImportedRecord: (["mediator", "party"], ["a1b2c3"]),
    VocabularySnapshot: (["spring", "17"], ["weights", "17"]),
    AuthToken: (["ccd_", "ida"], ["ida", "ccd_"]),
    AccessAttempt: (["otto", "192.0.2.7"], ["otto", "192.0.2.7", "A browser"]),
    User: (["ida"], ["ida", "Northern"]),
    Group: (["readers of drafts"], ["readers of drafts"]),
}


def make_one_of_each(user: User) -> dict[type[Model], Model]:
    council, front = make_party(NORTHERN_COUNCIL), make_party(COASTAL_FRONT)
    PartyAlias.objects.create(party=council, name="the Council").used_by.add(front)
    league = make_party("harbour-league", kind=Party.Kind.GROUP)
    Membership.objects.create(bloc=league, member=council, starts_on=datetime.date(2029, 1, 1))
    envoy = make_person()
    PersonAlias.objects.create(person=envoy, name="the Envoy")
    make_process().parties.add(council, front)
    harbour = make_territory()
    TerritoryAlias.objects.create(territory=harbour, name="the Quay").used_by.add(front)
    gazette = make_source(date=datetime.date(2031, 5, 1), date_precision="month", url="https://gazette.example/1")

    plan = make_proposal("council-plan")
    asked = make_clause(plan, text="The Northern Council asks for the old harbour.", label="Old harbour")
    answer = make_proposal("front-answer", date=datetime.date(2031, 6, 1), proposers=[COASTAL_FRONT])
    promised = make_clause(
        answer, label="Old harbour", topics=["prisoners"], obligated=[COASTAL_FRONT], territories=["old-harbour"]
    )
    make_term(promised)
    Dependency.objects.create(clause=promised, target=asked, relation="after")
    Contest.objects.create(clause=promised, party=front, objection="It wants it closed.")
    Lineage.objects.create(proposal=answer, earlier=plan, relation="answers")
    TextVersion.objects.create(proposal=answer, name="agency print", followed=True, source=gazette)
    Silence.objects.create(
        proposal=answer,
        topic=make_topic("ceasefire"),
        reason="Read for it.",
        checked_by="Ida",
        checked_on=datetime.date(2031, 6, 2),
    )
    dispute = Dispute.objects.create(slug="garrison-strength", subject="Strength of the garrison")
    dispute.topics.add(make_topic("ceasefire"))
    DisputeAbout.objects.create(dispute=dispute, clause=asked)
    DisputeClaim.objects.create(dispute=dispute, value="400 men", source=gazette, locator="line 14")
    return {
        Party: council,
        Person: envoy,
        Process: make_process(),
        TopicGroup: make_topic().group,
        Topic: make_topic(),
        Territory: harbour,
        Measure: Measure.objects.get(),
        Source: gazette,
        Proposal: answer,
        Clause: promised,
        Position: make_position(proposal=plan, clause=asked, person=envoy),
        Dispute: dispute,
        Statement: make_statement(
            about=[{"clause": asked}, {"source": gazette}], person=envoy, reported_by="Coast Radio"
        ),
        Decision: make_decision(asked, promised, relation="overlap"),
        Snapshot: Snapshot.objects.create(digest="d1e2f3", content="frozen words", asked={}, named=[]),
        AlignmentRun: AlignmentRun.objects.create(
            state="running", started_by=user, pairs_total=24, pairs_done=12, method="concordance 1"
        ),
        ImportedRecord: ImportedRecord.objects.create(kind="party", address="mediator", digest="a1b2c3"),
        VocabularySnapshot: VocabularySnapshot.objects.create(
            name="spring", content='{"weights": [1]}', is_current=True
        ),
        AuthToken: AuthToken.objects.create(user)[0],
        AccessAttempt: AccessAttempt.objects.create(
            username="otto", ip_address="192.0.2.7", user_agent="A browser", failures_since_start=2
        ),
        User: user,
        Group: Group.objects.create(name="readers of drafts"),
    }
