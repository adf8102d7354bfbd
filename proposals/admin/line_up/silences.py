"""Recording that a text says nothing on a topic, from the gap where somebody saw it."""

import datetime

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from parties.turns import wait_for_turn
from proposals.models import Clause, Proposal, Silence, Source, Stage, Topic


class NotSilent(Exception):
    """The text says something on the topic, or its silence is recorded already."""


def record_silence(
    proposal: Proposal, topic: Topic, *, reason: str, source: Source | None, by: User, on: datetime.date
) -> Silence:
    """Records who read the text for the topic, when, and why nothing stands there.

    Raises NotSilent, PermissionDenied, or ValidationError from the model's rules.
    """
    if not by.has_perm("proposals.add_silence"):
        raise PermissionDenied("You may not record silences.")
    on_topic = proposal.clauses.filter(topics=topic).exclude(stage=Stage.WITHDRAWN).order_by("order", "pk")
    with transaction.atomic():
        wait_for_turn()
        # A clause on the topic that is being saved just now is waited for.
        Proposal.objects.select_for_update(no_key=True).get(pk=proposal.pk)
        told = [_name(clause) for clause in on_topic]
        if told:
            raise NotSilent(f"{proposal.short_title} has clauses on {topic.name}: {'; '.join(told)}.")
        recorded = proposal.silences.filter(topic=topic).first()
        if recorded:
            raise NotSilent(
                f"That {proposal.short_title} is silent on {topic.name} was recorded already by {recorded.checked_by}."
            )
        silence = Silence(
            proposal=proposal,
            topic=topic,
            reason=reason.strip(),
            source=source,
            checked_by=(by.get_full_name() or by.get_username())[:150],
            checked_on=on,
        )
        silence.full_clean()
        try:
            with transaction.atomic():
                silence.save()
        except IntegrityError:
            raise ValidationError("A silence on this topic is recorded already.") from None
        LogEntry.objects.log_actions(by.pk, [proposal], CHANGE, f"Silence on {topic.name} recorded when lining up.")
    return silence


def _name(clause: Clause) -> str:
    return f"{clause.key} {clause.label}"
