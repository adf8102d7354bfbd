"""A database is destroyed and comes back from its backup."""

import zipfile

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from knox.models import AuthToken

from config.backup import UnableToRestore, read_backup, restore, write_backup
from parties.history import changes_of, mark
from parties.models import Party
from proposals.models import Clause, Proposal, RetiredKey
from scripts import told
from tests.backup.conftest import server, silent
from tests.factories import make_clause, make_decision, make_party, make_position, make_proposal
from tests.roles import make_user

pytestmark = pytest.mark.django_db

PAIR = "council-plan,front-plan"


def fill() -> str:
    """A little of everything, by several hands; the answer is a token of one of them."""
    plan = make_proposal("council-plan", clauses=["The harbour opens.", "The pier is free.", "Nobody is armed."])
    front = make_proposal("front-plan", clauses=["The harbour opens in 30 days.", "\\N\ttabs and \\ \n lines"])
    make_proposal("secret-plan", clauses=["A secret."], stage="draft")
    make_position("p001")
    make_decision(plan.clauses.get(key="c01"), front.clauses.get(key="c01"))
    Clause.objects.filter(proposal=plan, key="c03").delete()
    Party.objects.filter(slug="northern-council").update(note="Řada Ψ 海 \U0001f54a")
    editor = make_user("editor", password="harbour and wall")
    body = {"proposals": PAIR.split(",")}
    assert Client().post("/api/v1/snapshots/", body, content_type="application/json").status_code == 201
    Client().force_login(editor)
    return AuthToken.objects.create(editor)[1]


def all_told():
    return {
        "exported": told.exported(),
        "records": told.records(),
        "answers": told.answers(PAIR),
        "changes": told.changes(),
    }


def test_a_destroyed_database_comes_back_with_all_that_it_told(scratch, tmp_path):
    token = fill()
    before, rows = all_told(), told.rows()
    assert {answer[0] for answer in before["answers"].values()} == {200}
    file = tmp_path / "all.backup"

    write_backup(file, connection=connection, tell=silent)
    scratch()
    assert not Proposal.objects.exists()
    with read_backup(file) as backup:
        restore(backup, connection=connection, tell=silent)

    assert all_told() == before
    assert told.rows() == rows
    assert file.stat().st_mode & 0o777 == 0o600
    reader = Client(headers={"authorization": f"Bearer {token}"})
    assert reader.get("/api/v1/decisions/").json()["count"] == 1
    assert User.objects.get(username="editor").check_password("harbour and wall")
    # Work goes on: keys stay retired, numbers are not given twice, versions and history count on.
    plan = Proposal.objects.get(slug="council-plan")
    assert RetiredKey.objects.get(proposal=plan).key == "c03"
    version, sets = plan.version, len(changes_of(plan))
    make_clause(plan, key="c04", order=9)
    plan.refresh_from_db()
    assert plan.version > version
    assert len(changes_of(plan)) > sets


def test_a_backup_of_this_release_fills_a_database_without_tables(scratch, tmp_path):
    fill()
    before, rows = all_told(), told.rows()
    file = tmp_path / "all.backup"

    write_backup(file, connection=connection, tell=silent)
    scratch("template0")
    assert not connection.introspection.table_names()
    with read_backup(file) as backup:
        restore(backup, connection=connection, tell=silent)

    assert all_told() == before
    assert told.rows() == rows


def test_readers_of_the_changes_begin_anew_after_a_restore(scratch, tmp_path):
    make_proposal("council-plan", clauses=["The harbour opens."])
    file = tmp_path / "all.backup"
    write_backup(file, connection=connection, tell=silent)
    make_party("lost-in-the-fire")
    lost = Client().get("/api/v1/changes/").json()["cursor"]
    numbers = Client().get("/api/v1/parties/").headers["ETag"]

    with read_backup(file) as backup:
        restore(backup, connection=connection, replace=True, tell=silent)

    refused = Client().get(f"/api/v1/changes/?since={lost}")
    assert (refused.status_code, refused.json()["type"]) == (410, "/problems/cursor_gone")
    anew = Client().get("/api/v1/changes/").json()
    assert ("party", "lost-in-the-fire") not in {(one["kind"], one["id"]) for one in anew["results"]}
    make_party("after-the-fire")
    later = Client().get(f"/api/v1/changes/?since={anew['cursor']}").json()
    assert [(one["kind"], one["id"]) for one in later["results"]] == [("party", "after-the-fire")]
    # As many records as in the life that was lost, and yet another tag.
    assert Client().get("/api/v1/parties/").headers["ETag"] != numbers


def test_history_of_another_cluster_is_over_and_apart(scratch, tmp_path):
    plan = make_proposal("council-plan", clauses=["The harbour opens."])
    with connection.cursor() as cursor:
        # As if the cluster of the backup had been far ahead of this one.
        cursor.execute("ALTER TABLE proposals_proposalevent DISABLE TRIGGER USER")
        cursor.execute("UPDATE proposals_proposalevent SET pgh_xact = pgh_xact + 4000000000")
        cursor.execute("UPDATE parties_change SET xact = xact + 4000000000")
    file = tmp_path / "all.backup"
    write_backup(file, connection=connection, tell=silent)
    scratch()

    with read_backup(file) as backup:
        restore(backup, connection=connection, tell=silent)

    assert changes_of(plan, since=mark()) == []
    assert [one["id"] for one in Client().get("/api/v1/changes/?kind=proposal").json()["results"]] == ["council-plan"]
    sets = changes_of(plan)
    assert len({one.address for one in sets}) == len(sets)
    now = mark()
    Proposal.objects.filter(slug="council-plan").update(summary="Another plan.")
    assert len(changes_of(plan, since=now)) == 1


def test_a_backup_of_what_writers_write_is_one_state(scratch, tmp_path):
    """Two rows that are only ever written together, the second table read long after the first."""
    make_party("northern-council", note="0")
    make_proposal("council-plan", summary="0")
    writes = 0

    file = tmp_path / "all.backup"

    def write(line: str) -> None:
        nonlocal writes
        writes += 1
        with other.transaction():
            other.execute("UPDATE parties_party SET note = %s", [str(writes)])
            other.execute("UPDATE proposals_proposal SET summary = %s", [str(writes)])
            values = "VALUES (%s, 'Newcomer', 'state', %s)"
            other.execute(f"INSERT INTO parties_party (slug, name, kind, note) {values}", [f"n{writes}", str(writes)])

    with server(connection.settings_dict["NAME"]) as other:
        write_backup(file, connection=connection, tell=write)
    assert writes > 90
    with read_backup(file) as backup:
        restore(backup, connection=connection, replace=True, tell=silent)

    notes = set(Party.objects.values_list("note", flat=True))
    assert notes == set(Proposal.objects.values_list("summary", flat=True)) == {"0"}
    # The sequence was read after the rows: the next record collides with none.
    make_party("newcomer")


def test_sessions_and_failed_logins_stay_behind(scratch, tmp_path):
    fill()
    file = tmp_path / "all.backup"

    manifest = write_backup(file, connection=connection, tell=silent)

    assert "django_session" in manifest.left_out
    assert not [name for name in zipfile.ZipFile(file).namelist() if "session" in name or "axes" in name]


def test_a_database_with_something_in_it_is_left_alone(scratch, tmp_path):
    make_party("northern-council")
    file = tmp_path / "all.backup"
    write_backup(file, connection=connection, tell=silent)
    make_party("coastal-front")
    rows = told.rows()

    with pytest.raises(CommandError, match="not empty; there are rows in parties_change, parties_party"):
        call_command("restore", file)

    assert told.rows() == rows


def test_replacing_loses_what_was_there_and_nothing_if_it_fails(scratch, tmp_path):
    make_party("northern-council")
    good = tmp_path / "good.backup"
    write_backup(good, connection=connection, tell=silent)
    make_party("coastal-front")
    make_user("editor")
    rows = told.rows()
    with read_backup(good) as backup:
        # A manifest that promises a row too many is found out only after the rows are in.
        part = next(part for part in backup.manifest.tables if part.name == "parties_partyevent")
        object.__setattr__(part, "rows", part.rows + 1)
        with pytest.raises(UnableToRestore, match="parties_partyevent"):
            restore(backup, connection=connection, replace=True, tell=silent)
    assert told.rows() == rows
    assert make_party("third-side").pk not in {row.pk for row in Party.objects.exclude(slug="third-side")}

    with read_backup(good) as backup:
        restore(backup, connection=connection, replace=True, tell=silent)

    assert [party.slug for party in Party.objects.all()] == ["northern-council"]
    assert not User.objects.exists()


def test_the_commands_say_what_they_did(scratch, tmp_path, capsys):
    make_party("northern-council")
    file = tmp_path / "all.backup"

    call_command("backup", file)
    written = capsys.readouterr()
    call_command("backup", file, verify=True)
    verified = capsys.readouterr()
    call_command("restore", file, replace=True)
    restored = capsys.readouterr()

    assert "all.backup is written: " in written.out
    assert "parties_party: 1 rows" in written.err
    assert "all.backup is whole: " in verified.out
    assert restored.out.startswith("Restored ")
    assert "All migrations are applied." in restored.out
    with pytest.raises(CommandError, match="exists already"):
        call_command("backup", file)
    call_command("backup", file, replace=True)
