"""Everything public in one file: as the API shows it (JSON), or as files that an import reads (ZIP)."""

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import orjson

from parties.as_json import pages_in_order_of
from parties.models import Party, Person
from parties.payloads import party_payloads, person_payloads
from proposals.exchange.exporting import export_texts, one_state
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
    clause_payload_pages,
    dispute_payloads,
    group_payloads,
    measure_payloads,
    position_payloads,
    process_payloads,
    proposal_payloads,
    source_payloads,
    statement_payloads,
    territory_payloads,
    topic_payloads,
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
    counts: dict[str, int] = {}
    told: list[bytes] = []
    digest = hashlib.sha256()
    with one_state():
        for name, pages in _LISTS.items():
            counts[name] = 0
            told.append(b"%s%s:[" % (b"," if told else b"{", orjson.dumps(name)))
            for page in pages():
                # As bytes at once: as objects the records of a large collection take several times the room.
                told.append((b"," if counts[name] else b"") + orjson.dumps(page)[1:-1])
                counts[name] += len(page)
            told.append(b"]")
    told.append(b"}")
    for piece in told:
        digest.update(piece)
    head = {
        "format": FORMAT,
        "licence": LICENCE_ADDRESS,
        "counts": counts,
        "digest": f"sha-256:{digest.hexdigest()}",
    }
    return b"".join([orjson.dumps(head)[:-1], b',"records":', *told, b"}\n"])


def dump_zip() -> bytes:
    """The files of an export with a README and SHA256SUMS; equal records give equal bytes. Takes seconds."""
    stream, sums = io.BytesIO(), []
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:

        def put(name: str, text: str) -> None:
            file = zipfile.ZipInfo(name, _ZIP_DATE)
            file.external_attr = 0o644 << 16
            content = text.encode()
            archive.writestr(file, content, zipfile.ZIP_DEFLATED)
            sums.append(f"{hashlib.sha256(content).hexdigest()}  {name}\n")

        put("README.txt", _README.format(licence=f"{LICENCE}, {LICENCE_ADDRESS}"))
        with one_state():
            for name, text in export_texts(decisions=False):
                put(name, text)
        put("SHA256SUMS", "".join(sums))
    return stream.getvalue()


# Each list page by page.
_LISTS: dict[str, Callable[[], Iterable[list[Any]]]] = {
    "processes": lambda: pages_in_order_of(Process.objects.order_by("slug"), process_payloads),
    "parties": lambda: pages_in_order_of(Party.objects.in_name_order(), party_payloads),
    "persons": lambda: pages_in_order_of(Person.objects.in_name_order(), person_payloads),
    "topic_groups": lambda: pages_in_order_of(TopicGroup.objects.order_by("order", "slug"), group_payloads),
    "topics": lambda: pages_in_order_of(Topic.objects.in_taxonomy_order(), topic_payloads),
    "territories": lambda: pages_in_order_of(Territory.objects.in_name_order(), territory_payloads),
    "measures": lambda: pages_in_order_of(Measure.objects.order_by("code"), measure_payloads, key="code"),
    "sources": lambda: pages_in_order_of(Source.objects.in_order(), source_payloads),
    "proposals": lambda: pages_in_order_of(
        Proposal.objects.visible_to(None).in_date_order(), partial(proposal_payloads, user=None)
    ),
    "clauses": lambda: clause_payload_pages(Clause.objects.visible_to(None).in_reading_order(), user=None),
    "positions": lambda: pages_in_order_of(
        Position.objects.visible_to(None).newest_first(), partial(position_payloads, user=None)
    ),
    "disputes": lambda: pages_in_order_of(Dispute.objects.visible_to(None).in_order(), dispute_payloads),
    "statements": lambda: pages_in_order_of(Statement.objects.visible_to(None).in_order(), statement_payloads),
}
