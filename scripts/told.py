"""All that an installation tells of what it holds, to hold two of them against each other."""

import hashlib
import json
import tempfile
from io import StringIO
from pathlib import Path
from typing import Any

from django.contrib.auth.models import Group, User
from django.core.cache import cache, caches
from django.core.management import call_command
from django.db import connection
from django.test import Client
from knox.models import AuthToken

from parties.history import changes_of
from proposals.models import Decision, Proposal, RetiredKey, Snapshot, StageMove

_LISTS = (
    *("processes", "parties", "persons", "topics", "topic-groups", "territories", "measures", "sources"),
    *("proposals", "clauses", "positions", "statements", "disputes"),
)


def exported() -> dict[str, str]:
    """The files of the exchange format, whole."""
    with tempfile.TemporaryDirectory() as folder:
        call_command("export_proposals", folder, stdout=StringIO())
        return {
            path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
            for path in sorted(Path(folder).rglob("*.yaml"))
        }


def records() -> dict[str, Any]:
    """What is in no file of the exchange format: people, rights, decisions, stages, snapshots and histories."""
    return {
        "decisions": [
            [str(one), one.verdict, one.relation, one.note, one.decided_by, one.left_version, one.right_version]
            for one in Decision.objects.order_by("pk").select_related("left__proposal", "right__proposal")
        ],
        "users": {
            user.username: sorted(user.groups.values_list("name", flat=True)) for user in User.objects.order_by("pk")
        },
        "passwords": _digests(User.objects.order_by("pk").values_list("password", flat=True)),
        "tokens": _digests(AuthToken.objects.order_by("pk").values_list("digest", flat=True)),
        "roles": {
            group.name: sorted(group.permissions.values_list("codename", flat=True))
            for group in Group.objects.order_by("name")
        },
        "snapshots": {one.digest: str(one) for one in Snapshot.objects.order_by("pk")},
        "retired keys": [
            [one.proposal.slug, one.key, one.why, one.successors] for one in RetiredKey.objects.order_by("pk")
        ],
        "stages": [
            [one.kind, one.from_stage, one.to_stage, str(one.by), one.at.isoformat(), one.note]
            for one in StageMove.objects.order_by("pk")
        ],
        "histories": {one.slug: _history(one) for one in Proposal.objects.order_by("slug")},
        "versions": {one.slug: one.version for one in Proposal.objects.order_by("slug")},
    }


def answers(pair: str) -> dict[str, tuple[int, str, str]]:
    """Status, ETag and digest of the body of what the public API answers, each made anew; `pair` is two slugs."""
    proposals = list(Proposal.objects.filter(stage="public").order_by("slug").values_list("slug", flat=True))
    paths = [
        *(f"{name}/?limit=100" for name in _LISTS),
        *(f"proposals/{slug}/" for slug in proposals),
        *(f"proposals/{slug}/clauses/" for slug in proposals),
        *(f"snapshots/{digest}/" for digest in Snapshot.objects.order_by("pk").values_list("digest", flat=True)),
        *("snapshots/", "dump/", "clauses/?q=harbour", f"comparisons/?proposals={pair}"),
    ]
    found = {}
    for path in paths:
        for remembered in (cache, caches["answers"], caches["states"]):
            remembered.clear()
        answer: Any = Client().get(f"/api/v1/{path}")
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        found[path] = (answer.status_code, answer.headers.get("ETag", ""), hashlib.sha256(body).hexdigest())
    return found


def changes() -> list[Any]:
    """The list of changes in its order."""
    found: list[Any] = []
    asked = "/api/v1/changes/?limit=1000"
    more = True
    while more:
        body = Client().get(asked).json()
        found.extend([one["kind"], one["id"], one["action"], one["changed_at"]] for one in body["results"])
        more, asked = body["more"], f"/api/v1/changes/?limit=1000&since={body['cursor']}"
    return found


def rows() -> dict[str, tuple[int, str]]:
    """Count and digest of the rows of each table, numbers of transactions apart."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            if table not in ("django_migrations", "django_session"):
                life = "WHERE kind <> 'life'" if table == "parties_change" else ""
                cursor.execute(
                    "SELECT count(*), coalesce(md5(string_agg(r, ' ' ORDER BY r)), '') FROM"  # noqa: S608
                    f" (SELECT (to_jsonb(t) - 'xact' - 'pgh_xact' - 'published_in')::text AS r FROM {table} t {life}) r"
                )
                found[table] = cursor.fetchone()
    return found


def _history(record: Any) -> list[Any]:
    sets = changes_of(record, limit=1000)
    return [
        [
            one.when.isoformat(),
            one.who,
            one.source,
            json.loads(json.dumps(one.items, default=str)),
        ]
        for one in sets
    ]


def _digests(secrets: Any) -> list[str]:
    """Secrets and their hashes go into no file."""
    return [hashlib.sha256(one.encode()).hexdigest() for one in secrets]
