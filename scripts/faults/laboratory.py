"""What every fault needs, made once: database, network, service, and what is true of it while nothing is wrong."""

import contextlib
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from scripts.faults.aligning import Aligning
from scripts.faults.database import NAME, ROLE, Database
from scripts.faults.load import API, Answer, Load, digests, request
from scripts.faults.network import Network
from scripts.faults.site import Site, prepare
from scripts.faults.workers import Workers
from scripts.faults.writers import Editor, Importer, draft

# Of load before a fault, and after its cause has ended.
_BEFORE, _AFTER = 3, 8
# Of one web worker, and of a host.
_KILLS = ("worker", "killed")


@dataclass(frozen=True)
class Laboratory:
    database: Database
    network: Network
    site: Site
    token: str
    # Of the queue, where a fault is about them, and what they do meanwhile.
    workers: Workers | None = None
    aligning: Aligning | None = None
    # Whether clients keep their connections, as they do at a proxy.
    is_behind_proxy: bool = False


@dataclass(frozen=True)
class Figures:
    """What came of a fault."""

    name: str
    lasted: float
    requests: int
    # Answered otherwise than right or by a clear refusal.
    failed: int
    refused: int
    slowest: float
    slowest_refusal: float
    # Seconds after the end of the cause in which the last request was sent that failed or was refused.
    recovered: float
    faults: list[str]
    notes: str = ""

    @property
    def is_bad(self) -> bool:
        """Only what was being done by a process that is killed may fail."""
        return bool(self.faults or (self.failed and self.name not in _KILLS))


@contextlib.contextmanager
def laboratory(*, settings: Mapping[str, str] | None = None, **of_database: Any) -> Iterator[Laboratory]:
    """All of it, running on the shipped data; gone at the end, however it ends."""
    with contextlib.ExitStack() as stack:
        database = Database(**of_database)
        stack.callback(database.close)
        token = prepare(f"postgresql://{ROLE}@{database.host}:{database.port}/{NAME}")
        network = Network(to=(database.host, database.port))
        stack.callback(network.close)
        site = Site(database=f"postgresql://{ROLE}@{network.host}:{network.port}/{NAME}", settings=settings)
        stack.callback(site.close)
        site.start()
        headers = {"Authorization": f"Bearer {token}"}
        status, _, body = request(
            site.host, site.port, "POST", f"{API}imports/", body=draft("northern-draft", clauses=1), headers=headers
        )
        if status != 200:
            raise RuntimeError(f"The first draft is refused: {status} {body[:300]!r}")
        yield Laboratory(database, network, site, token)


def under_load(lab: Laboratory, name: str, fault: Callable[[Laboratory], str | None]) -> Figures:
    """The figures of one fault, which returns when its cause has ended."""
    site = lab.site
    known = digests(site.host, site.port)
    load = Load(site.host, site.port, lab.token, known, keeps_connections=lab.is_behind_proxy)
    editor, importer = Editor(lab.token), Importer(lab.token, name=name)
    load.start(editor, importer, *([lab.aligning] if lab.aligning else []))
    time.sleep(_BEFORE)
    began = time.monotonic()
    try:
        notes = fault(lab) or ""
    finally:
        ended = time.monotonic()
        time.sleep(_AFTER)
        load.stop()
    faults = sorted({answer.wrong for answer in load.answers if answer.wrong})
    faults += editor.faults + importer.faults(_clauses(lab.database))
    if lab.aligning:
        aligned, wrong = lab.aligning.finish()
        faults += wrong
        notes = "; ".join(filter(None, [notes, aligned]))
    if digests(site.host, site.port) != known:
        faults.append("public answers differ afterwards")
    return figures(name, load.answers, began=began, ended=ended, faults=faults, notes=notes)


def figures(
    name: str, answers: list[Answer], *, began: float, ended: float, faults: list[str], notes: str = ""
) -> Figures:
    troubled = [answer for answer in answers if answer.failed or answer.refused]
    failures = Counter(f"{answer.kind} {answer.status or answer.lost}" for answer in troubled if not answer.refused)
    told = ", ".join(f"{count} {what}" for what, count in sorted(failures.items()))
    return Figures(
        name=name,
        lasted=ended - began,
        requests=len(answers),
        failed=sum(answer.failed and not answer.refused for answer in answers),
        refused=sum(answer.refused for answer in answers),
        slowest=max((answer.took for answer in answers if not answer.refused), default=0),
        slowest_refusal=max((answer.took for answer in answers if answer.refused), default=0),
        recovered=max((answer.sent - ended for answer in troubled), default=0),
        faults=faults,
        notes="; ".join(filter(None, [notes, told and f"failed: {told}"])),
    )


def _clauses(database: Database) -> dict[str, int]:
    with database.connect() as connection:
        found = connection.execute(
            "select p.slug, count(k.id) from proposals_proposal p left join proposals_clause k on k.proposal_id = p.id"
            " group by p.slug"
        )
        return {str(slug): int(number) for slug, number in found}
