"""Keeps a small backup of this release, for later ones to restore in their tests: make release-backup

Into tests/backup/released/ go {release}.backup, and {release}.json with what it then told: the exchange files and all
that is in none of them. Made once, at the release; a released file is never written again.
"""

import json
import shutil
import sys
import tempfile
from io import StringIO
from pathlib import Path

from scripts.scratch import FIXTURES, scratch_database

RELEASED = Path(__file__).resolve().parent.parent / "tests" / "backup" / "released"
# Two sides and what their texts refer to: small, and closed in itself.
PROPOSALS = (
    *("eu-ua-counter-2025-04", "istanbul-communique-2022", "istanbul-draft-2022-03-17", "istanbul-draft-2022-04-15"),
    *("jeddah-ceasefire-2025-03", "kyiv-30-day-2025-05", "putin-direct-talks-2025-05", "putin-terms-2024-06"),
    *("russia-memorandum-2025-06", "ukraine-memorandum-2025-06", "us-final-offer-2025-04", "us-position-2025-02"),
)
_VOCABULARY = "measures parties persons processes sources territories topics"
_MOST = 300_000


def main() -> int:
    with scratch_database(filled=False):
        from django.conf import settings
        from django.db import connection

        from config.backup import write_backup
        from scripts.told import exported, records

        target = RELEASED / f"{settings.RELEASE}.backup"
        if target.exists():
            print(f"{target.name} is there already; what is released stays.", file=sys.stderr)
            return 1
        fill()
        RELEASED.mkdir(parents=True, exist_ok=True)
        told = {"exported": exported(), "records": records()}
        write_backup(target, connection=connection, tell=lambda line: None)
        target.chmod(0o644)
        text = json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True)
        target.with_suffix(".json").write_text(f"{text}\n", encoding="utf-8")
        print(f"wrote {target.name}, {target.stat().st_size:,} bytes")
        return 0 if target.stat().st_size < _MOST else 1


def fill() -> None:
    """A dozen shipped proposals, people, and work on both: edits, a deletion, a decision, stages, a snapshot."""
    import pghistory
    from django.contrib.auth.models import Group, User
    from django.core.management import call_command
    from django.test import Client
    from knox.models import AuthToken

    from proposals.models import Clause, Decision, Proposal, Stage
    from proposals.stages import move

    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "proposals").mkdir()
        for name in (*_VOCABULARY.split(), *(f"proposals/{slug}" for slug in PROPOSALS)):
            shutil.copy(FIXTURES / f"{name}.yaml", Path(folder) / f"{name}.yaml")
        call_command("import_proposals", folder, stdout=StringIO())
    editor, reviewer = (
        User.objects.create_user(name, is_staff=True, password=f"{name} and the harbour wall")
        for name in ("editor-of-the-archive", "reviewer-of-the-archive")
    )
    editor.groups.add(Group.objects.get(name="editor"))
    reviewer.groups.add(Group.objects.get(name="reviewer"))
    AuthToken.objects.create(editor)
    with pghistory.context(user=editor.pk, source="admin"):
        clause = Clause.objects.get(proposal__slug="istanbul-communique-2022", key="c01")
        clause.note = "Read against the facsimile."
        clause.save()
        left, right = (
            Clause.objects.filter(proposal__slug=slug).order_by("order", "pk").last()
            for slug in ("istanbul-draft-2022-03-17", "russia-memorandum-2025-06")
        )
        Decision.objects.create(
            left=left, right=right, verdict="not_same_matter", note="On another matter.", decided_by="two readers"
        )
    with pghistory.context(user=reviewer.pk, source="admin"):
        Clause.objects.filter(proposal__slug="us-position-2025-02").order_by("order", "pk").last().delete()
        move(
            Proposal.objects.filter(slug="putin-terms-2024-06"), to=Stage.WITHDRAWN, by=reviewer, note="To be checked."
        )
    body = {"proposals": ["istanbul-communique-2022", "istanbul-draft-2022-03-17"], "topics": ["nuclear-status"]}
    assert Client().post("/api/v1/snapshots/", body, content_type="application/json").status_code == 201  # noqa: S101
    Client().force_login(editor)


if __name__ == "__main__":
    sys.exit(main())
