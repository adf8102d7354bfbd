"""Who changed a record, its clauses or any part of them."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

# How the entry of a move begins; to move a record on is not to change it.
MOVED = "Stage: "


def changers(records: Sequence[tuple[Any, datetime.datetime | None]]) -> set[int]:
    """The keys of the users who changed one of the records since the moment that stands beside it; None: ever."""
    wanted = Q(pk__in=[])
    for record, since in records:
        of_record = Q(content_type=ContentType.objects.get_for_model(record), object_id=str(record.pk))
        wanted |= of_record if since is None else of_record & Q(action_time__gt=since)
    entries = LogEntry.objects.filter(wanted).exclude(change_message__startswith=MOVED)
    return set(entries.values_list("user_id", flat=True))
