"""Records as tables: out and in again without a loss, one cell changes one field, every fault is told by its cell."""

import datetime
import io
from typing import Any

import openpyxl
import pytest
from django.contrib.auth.models import User
from hypothesis import given
from hypothesis import strategies as st

from proposals.exchange.chosen import FORMATS
from proposals.exchange.exporting import export_documents
from proposals.exchange.faults import UnableToImport
from proposals.exchange.format import KINDS
from proposals.exchange.importing import Report, apply
from proposals.exchange.plan import Action
from proposals.exchange.stored import EVERYTHING
from proposals.exchange.tables import columns_of
from proposals.exchange.uploads import read_upload
from proposals.models import Clause, ClauseTopic, ImportedRecord, Proposal, Stage

_EACH = [(kind, name) for kind in KINDS for name in FORMATS]
_IDS = [f"{kind}-{name}" for kind, name in _EACH]


def exported(kind: str, name: str) -> tuple[str, bytes]:
    pks = KINDS[kind].model._default_manager.values_list("pk", flat=True)
    file = FORMATS[name](kind, pks, reader=EVERYTHING)
    return file.name, file.content


def imported(kind: str, name: str, content: bytes, **options: Any) -> Report:
    upload = read_upload(name, content, kind=kind)
    return apply(upload.entries, faults=upload.faults, complete=upload.complete, **options)


@pytest.mark.parametrize(("kind", "name"), _EACH, ids=_IDS)
def test_what_was_exported_changes_nothing_when_it_is_imported(shipped: None, kind: str, name: str) -> None:
    report = imported(kind, *exported(kind, name))

    assert len(report.changes) >= KINDS[kind].model._default_manager.count()
    assert [str(change) for change in report.changes if change.action is not Action.UNCHANGED] == []


@pytest.mark.parametrize("name", FORMATS)
def test_an_empty_database_gets_the_same_records_from_each_format(shipped: None, name: str) -> None:
    before = list(export_documents())
    files = {kind: exported(kind, name) for kind in KINDS}
    for kind in reversed(KINDS):
        KINDS[kind].model._default_manager.all()._raw_delete("default")
    ImportedRecord.objects.all().delete()

    raise NotImplementedError(before, files)
