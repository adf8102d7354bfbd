"""A record of every model with hostile words in every field that holds text, under names of their own."""

import datetime
from typing import Any

from axes.models import AccessAttempt
from django.contrib.auth.models import Group, User
from django.db import models
from knox.models import AuthToken

from parties.models import Membership, PartyAlias, PersonAlias
from proposals.models import (
    AlignmentRun,
    Contest,
    Dependency,
    Dispute,
    DisputeAbout,
    DisputeClaim,
    ImportedRecord,
    Lineage,
    Measure,
    Silence,
    Snapshot,
    TerritoryAlias,
    TextVersion,
    VocabularySnapshot,
)
from tests.factories import (
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
from tests.hostile import CHARACTERS, FORMULAS, MARKUP

# All of them in one text, those that take the shortest way out first.
HOSTILE = "\"><img src=x onerror=alert(1)></textarea></script><script>alert(1)</script>'" + " ".join(
    text for text in (*MARKUP, *FORMULAS, *CHARACTERS) if "\0" not in text
)
SHORT = "<b onclick=alert(1)>"
# Names in addresses, choices of a kind, and what programs count with.
_KEPT = {"slug", "key", "code", "language", "digest", "token_key", "kind", "address", "password", "user_agent"}


def make_hostile_records(user: User) -> dict[str, models.Model]:
    """Records by the label of their model."""
    council, front = make_party("hostile-council"), make_party("hostile-front")
    envoy = make_person("hostile-envoy", party=council)
    process = make_process("hostile-process")
    territory, topic = make_territory("hostile-harbour"), make_topic("hostile-topic", group="hostile-group")
    source = make_source("hostile-gazette", date=datetime.date(2031, 5, 1), date_precision="day")
    plan = make_proposal("hostile-plan", process=process, proposers=["hostile-council"])
    answer = make_proposal(
        "hostile-answer", process=process, proposers=["hostile-front"], date=datetime.date(2031, 6, 1)
    )
    coded = {"topics": ["hostile-topic"], "territories": ["hostile-harbour"], "obligated": ["hostile-front"]}
    asked, promised = make_clause(plan, **coded), make_clause(answer, **coded)
    parts = [
        PartyAlias.objects.create(party=council, name="x"),
        PersonAlias.objects.create(person=envoy, name="x"),
        TerritoryAlias.objects.create(territory=territory, name="x"),
        Membership.objects.create(bloc=front, member=council, starts_on=datetime.date(2029, 1, 1)),
        make_term(promised, measure="hostile_measure"),
        Dependency.objects.create(clause=promised, target=asked, relation="after"),
        Contest.objects.create(clause=promised, party=front, objection="x"),
        Lineage.objects.create(proposal=answer, earlier=plan, relation="answers"),
        TextVersion.objects.create(proposal=answer, name="x", source=source),
        Silence.objects.create(
            proposal=answer, topic=topic, reason="x", checked_by="x", checked_on=datetime.date(2031, 6, 2)
        ),
    ]
    dispute = Dispute.objects.create(slug="hostile-dispute", subject="x")
    dispute.topics.add(topic)
    parts += [
        DisputeAbout.objects.create(dispute=dispute, clause=asked),
        DisputeClaim.objects.create(dispute=dispute, value="x", source=source, locator="x"),
    ]
    records = [
        *(council, envoy, process, topic.group, topic, territory, source, answer, promised, dispute),
        Measure.objects.get(code="hostile_measure"),
        make_position("hostile-position", party=council, person=envoy, topic=topic, source=source),
        make_statement(
            "hostile-statement",
            source=source,
            topics=["hostile-topic"],
            about=[{"clause": asked}],
            reported_by="x",
            date=datetime.date(2031, 6, 3),
            date_precision="day",
        ),
        make_decision(asked, promised),
        Snapshot.objects.create(digest="hostile", content=HOSTILE, asked={}, named=[]),
        AlignmentRun.objects.create(scope="named", proposals=["hostile-plan", "hostile-answer"], started_by=user),
        ImportedRecord.objects.create(kind="party", address="hostile", digest="x"),
        VocabularySnapshot.objects.create(name="x", content="{}"),
        AuthToken.objects.create(user)[0],
        AccessAttempt.objects.create(username="x", ip_address="192.0.2.66", failures_since_start=1),
        User.objects.create(username="hostile-user"),
        Group.objects.create(name="x"),
    ]
    for record in (plan, asked, *parts, *records):
        _fill(record)
    return {record._meta.label_lower: record for record in records}


def _fill(record: models.Model) -> None:
    """Past every rule of the forms, as if they had been broken."""
    filled: dict[str, Any] = {}
    for field in record._meta.concrete_fields:
        if isinstance(field, (models.CharField, models.TextField)) and not field.choices and field.name not in _KEPT:
            text = "javascript:alert(1)" if isinstance(field, models.URLField) else HOSTILE
            filled[field.name] = text if not field.max_length else text[: field.max_length]
            if field.max_length and field.max_length < 50:
                filled[field.name] = SHORT[: field.max_length]
    # A snapshot stays as it is.
    if filled and not isinstance(record, Snapshot):
        type(record)._base_manager.filter(pk=record.pk).update(**filled)
