"""Any number of records of every kind, each with all its parts, for what must hold however many there are."""

import datetime
from typing import Any

from parties.models import Membership, Party, PartyAlias, PersonAlias
from proposals.models import (
    Clause,
    Contest,
    Dependency,
    Dispute,
    DisputeAbout,
    DisputeClaim,
    Lineage,
    Measure,
    Process,
    Proposal,
    ProposalParty,
    Silence,
    TerritoryAlias,
    TextVersion,
)
from tests.factories import (
    COASTAL_FRONT,
    MEDIATOR,
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


def populate(number: int) -> None:
    """`number` records in every list, the earlier and the later ones tied to each other."""
    front = make_party(COASTAL_FRONT)
    council = make_party(NORTHERN_COUNCIL)
    earlier: Clause | None = None
    for index in range(number):
        party = make_party(f"member-{index}", kind=Party.Kind.ORGANISATION)
        PartyAlias.objects.create(party=party, name="The members").used_by.add(front)
        Membership.objects.create(bloc=council, member=party, starts_on=datetime.date(2030, 1, 1))
        Membership.objects.create(bloc=party, member=front)
        person = make_person(f"envoy-{index}", party=party)
        PersonAlias.objects.create(person=person, name="The envoy").used_by.add(front)
        make_process(f"track-{index}").parties.add(council, front)
        topic = make_topic(f"topic-{index}", group=f"group-{index}", order=index)
        place = make_territory(f"place-{index}")
        TerritoryAlias.objects.create(territory=place, name="The place").used_by.add(front)
        source = make_source(f"source-{index}")
        clause = _proposal(index, earlier=earlier, topic=topic.slug, territory=place.slug, process=f"track-{index}")
        position = make_position(
            f"p{index}", party=front, person=person, topic=topic, proposal=clause.proposal, clause=clause, source=source
        )
        position.superseded_by = make_position(f"q{index}", party=front, topic=topic, date=datetime.date(2031, 7, 1))
        position.save()
        dispute = Dispute.objects.create(slug=f"d{index}", subject="Length of the pier")
        dispute.topics.add(topic)
        DisputeAbout.objects.create(dispute=dispute, clause=clause, order=1)
        DisputeAbout.objects.create(dispute=dispute, source=source, order=2)
        DisputeClaim.objects.create(dispute=dispute, value="300 m", source=source, order=1)
        make_statement(
            f"s{index}",
            topics=[topic.slug],
            source=source,
            person=person,
            about=[{"clause": clause}, {"proposal": clause.proposal}, {"source": source}],
        )
        if earlier:
            make_decision(earlier, clause)
        earlier = clause


def _proposal(index: int, *, earlier: Clause | None, **coded: Any) -> Clause:
    process = Process.objects.get(slug=coded["process"])
    day = datetime.date(2031, 1, 1) + datetime.timedelta(days=index)
    proposal: Proposal = make_proposal(f"plan-{index}", date=day, process=process)
    ProposalParty.objects.create(proposal=proposal, party=make_party(MEDIATOR), role="mediator", order=2)
    TextVersion.objects.create(proposal=proposal, name="Agency print", followed=True, source=make_source())
    topic = make_topic("fisheries")
    Silence.objects.create(
        proposal=proposal,
        topic=topic,
        reason="Looked for.",
        checked_by="two readers",
        checked_on=day,
        source=make_source(),
    )
    clause = make_clause(
        proposal, topics=[coded["topic"]], obligated=[NORTHERN_COUNCIL], territories=[coded["territory"]]
    )
    make_term(clause, subject=make_party(), whose=make_party(COASTAL_FRONT))
    make_term(
        clause,
        kind=Measure.Kind.DATE,
        measure=f"date_{index}",
        value=None,
        comparator="",
        unit="",
        date=day,
        date_precision="day",
    )
    Contest.objects.create(clause=clause, party=make_party(COASTAL_FRONT), objection="It is too much.")
    if earlier:
        Lineage.objects.create(proposal=proposal, earlier=earlier.proposal, relation=Lineage.Relation.REVISES)
        Dependency.objects.create(clause=clause, target=earlier, relation=Dependency.Relation.AFTER)
        make_clause(
            proposal,
            text="Struck out.",
            kind=Clause.Kind.DELETION,
            modality="",
            strikes=earlier,
            topics=[coded["topic"]],
        )
        make_clause(proposal, text="Within the first.", parent=clause, topics=[coded["topic"]])
    return clause
