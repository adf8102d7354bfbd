"""Everything public in one file: as the API shows it (JSON), or as files that an import reads (ZIP)."""

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import orjson
from django.db import connection, transaction
from django.db.models import Prefetch

from parties.as_json import in_order_of
from parties.models import Party, Person
from parties.payloads import party_payloads, person_payloads
from proposals.exchange.exporting import export_documents
from proposals.exchange.yaml_text import yaml_text
from proposals.licence import LICENCE, LICENCE_ADDRESS
from proposals.models import (
    Clause,
    Dispute,
    Measure,
    Position,
    Process,
    Proposal,
    Source,
    Statement,
    Territory,
    Topic,
    TopicGroup,
)
from proposals.payloads import (
    clause_payloads,
    dispute_payload,
    group_payload,
    measure_payload,
    position_payload,
    process_payload,
    proposal_payloads,
    source_payload,
    statement_payload,
    territory_payloads,
    topic_payload,
)

FORMAT = "concordance-dump/1"
# What the log of changes calls the records of a dump.
KINDS = (
    *("process", "party", "person", "topic_group", "topic", "territory", "measure", "source"),
    *("proposal", "clause", "position", "dispute", "statement"),
)
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_README = """\
Everything that is public here, in the exchange format of the Concordance service, one file a list and one a proposal.

Licence: {licence}
Most clauses are paraphrases (`wording`): they are no quotations.
SHA256SUMS has the digest of each file: sha256sum -c SHA256SUMS
To import: manage.py import_proposals FOLDER
"""


def dump_json() -> bytes:
    """One object with every public record in the shape of the API; equal records give equal bytes.

    `digest` is the SHA-256 of `records` as it stands in the file, so that it can be checked and compared.
    """
    with _one_state():
        records = {name: make() for name, make in _LISTS.items()}
    told = orjson.dumps(records)
    head = {
        "format": FORMAT,
        "licence": LICENCE_ADDRESS,
        "counts": {name: len(some) for name, some in records.items()},
        "digest": f"sha-256:{hashlib.sha256(told).hexdigest()}",
    }
    # Put together as bytes: the records are half a megabyte, and need not be written twice.
    return orjson.dumps(head)[:-1] + b',"records":' + told + b"}\n"


def dump_zip() -> bytes:
    """The files of an export with a README and SHA256SUMS; equal records give equal bytes. Takes seconds."""
    with _one_state():
        documents = list(export_documents(decisions=False))
    files = [("README.txt", _README.format(licence=f"{LICENCE}, {LICENCE_ADDRESS}"))]
    files += [(name, yaml_text(document)) for name, document in documents]
    sums = "".join(f"{hashlib.sha256(text.encode()).hexdigest()}  {name}\n" for name, text in files)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in [*files, ("SHA256SUMS", sums)]:
            file = zipfile.ZipInfo(name, _ZIP_DATE)
            file.external_attr = 0o644 << 16
            archive.writestr(file, text.encode(), zipfile.ZIP_DEFLATED)
    return stream.getvalue()


@contextmanager
def _one_state() -> Iterator[None]:
    """All reads within see one state of the database, unless whoever calls has begun a transaction already."""
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _each(payload: Callable[[Any], Any], records: Iterable[Any]) -> list[Any]:
    return [payload(record) for record in records]


_LISTS: dict[str, Callable[[], list[Any]]] = {
    "processes": lambda: _each(
        process_payload,
        Process.objects.order_by("slug").prefetch_related(Prefetch("parties", Party.objects.order_by("slug"))),
    ),
    "parties": lambda: in_order_of(Party.objects.in_name_order(), party_payloads),
    "persons": lambda: in_order_of(Person.objects.in_name_order(), person_payloads),
    "topic_groups": lambda: _each(group_payload, TopicGroup.objects.order_by("order", "slug")),
    "topics": lambda: _each(topic_payload, Topic.objects.in_taxonomy_order()),
    "territories": lambda: in_order_of(Territory.objects.in_name_order(), territory_payloads),
    "measures": lambda: _each(measure_payload, Measure.objects.order_by("code")),
    "sources": lambda: _each(source_payload, Source.objects.in_order()),
    "proposals": lambda: in_order_of(
        Proposal.objects.visible_to(None).in_date_order(), partial(proposal_payloads, user=None)
    ),
    "clauses": lambda: clause_payloads(Clause.objects.visible_to(None).in_reading_order(), user=None),
    "positions": lambda: _each(position_payload, Position.objects.visible_to(None).newest_first().with_parts(None)),
    "disputes": lambda: _each(dispute_payload, Dispute.objects.visible_to(None).in_order().with_parts()),
    "statements": lambda: _each(statement_payload, Statement.objects.visible_to(None).in_order().with_parts()),
}
