"""Records of every kind with hostile words in every field that holds text, so that each text stands in each field."""

import datetime
from typing import Any

from django.apps import apps
from django.db import models

from parties.changes import Change
from parties.tracking import Event
from proposals.models import ImportedRecord, RetiredKey, Snapshot, Source, StageMove, Statement, VocabularySnapshot
from tests.api.population import populate
from tests.hostile import ALL

ROWS = 8
_CHUNKS = [ALL[place::ROWS] for place in range(ROWS)]
# Names in addresses, and what programs write and count with.
_KEPT = {"slug", "key", "code", "language", "digest"}
_NOT_OURS = (Change, Event, RetiredKey, StageMove, Snapshot, VocabularySnapshot, ImportedRecord)


def make_hostile_records() -> None:
    """`ROWS` records in every list; between them they hold each of ALL in each field, past every rule of the forms."""
    populate(ROWS)
    # Words for a date stand beside one.
    Statement.objects.update(date=datetime.date(2031, 5, 1), date_precision="day")
    Source.objects.update(date=datetime.date(2031, 5, 1), date_precision="day")
    for label in ("parties", "proposals"):
        for model in apps.get_app_config(label).get_models():
            if not (issubclass(model, _NOT_OURS) or model._meta.proxy):
                for place, pk in enumerate(model._base_manager.order_by("pk").values_list("pk", flat=True)):
                    if filled := _filled(model, place):
                        model._base_manager.filter(pk=pk).update(**filled)


def _filled(model: type[models.Model], place: int) -> dict[str, Any]:
    found = {}
    for number, field in enumerate(model._meta.concrete_fields):
        if isinstance(field, (models.CharField, models.TextField)) and not field.choices and field.name not in _KEPT:
            if isinstance(field, models.GeneratedField):
                continue
            chunk = _CHUNKS[place % ROWS]
            # Each begins another one, since some do harm at the start alone.
            first = (number + place // ROWS) % len(chunk)
            text = " ".join([*chunk[first:], *chunk[:first]])
            if isinstance(field, models.URLField):
                text = next(one for one in (*chunk, "javascript:alert(1)") if ":" in one)
            found[field.name] = text[: field.max_length] if field.max_length else text
    return found
