"""A file that is not what it was, or not for this release, is refused with a reason, and nothing changes."""

import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
import zipfile

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from config.backup import UnableToBackUp, UnableToRestore, read_backup, restore, write_backup
from config.backup.archive import new_file
from scripts import told
from tests.backup.conftest import RELEASED, server, silent
from tests.factories import make_party

WHOLE = RELEASED / "1.0.0.backup"


def changed(target, **members):
    """The released backup with other contents of some members, as a valid archive."""
    with zipfile.ZipFile(WHOLE) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name in members:
                content = members[name](content)
            if content is not None:
                new.writestr(name, content)
    return target


def with_manifest(target, **values):
    return changed(target, **{"manifest.json": lambda content: json.dumps(json.loads(content) | values).encode()})


def refusal(path):
    with pytest.raises(UnableToRestore) as caught, read_backup(path) as backup:
        backup.check()
    return str(caught.value)


def test_a_backup_is_verified_without_a_database(capsys):
    """The test has no mark, so any question to the database would fail."""
    call_command("backup", WHOLE, verify=True)

    assert "1.0.0.backup is whole: " in capsys.readouterr().out


@pytest.mark.parametrize("cut", [0, 1, 1000, -1, -20, -1000])
def test_a_file_cut_short_is_refused(tmp_path, cut):
    file = tmp_path / "cut.backup"
    file.write_bytes(WHOLE.read_bytes()[:cut])

    assert "cut short or damaged" in refusal(file)


def test_no_flipped_bit_changes_what_is_restored(tmp_path):
    """Each is told, or stands where it means nothing, such as in the date of a member."""
    content, told_apart = WHOLE.read_bytes(), 0
    with read_backup(WHOLE) as backup:
        manifest = backup.manifest
    chance = random.Random(7)
    for _ in range(60):
        place = chance.randrange(len(content))
        file = tmp_path / "bit.backup"
        file.write_bytes(content[:place] + bytes([content[place] ^ 1 << chance.randrange(8)]) + content[place + 1 :])
        try:
            with read_backup(file) as backup:
                backup.check()
                assert backup.manifest == manifest
        except UnableToRestore:
            told_apart += 1
    assert told_apart > 50


def test_each_damaged_part_is_named(tmp_path):
    file = changed(
        tmp_path / "damaged.backup",
        **{
            "tables/parties_party.copy": lambda content: content.replace(b"state", b"group"),
            "tables/auth_user.copy": lambda content: None,
            "tables/proposals_clause.copy": lambda content: content + b"1",
        },
    )

    told = refusal(file).splitlines()

    assert told == [
        "tables/auth_user.copy is missing.",
        "tables/parties_party.copy is damaged: it is not what the manifest says it was.",
        "tables/proposals_clause.copy is damaged: it is not what the manifest says it was.",
    ]


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"format": "tar"}, "no backup of Concordance"),
        ({"format_version": 2}, "has format 2, and this release reads format 1"),
        ({"tables": [{"name": "../../etc/passwd"}]}, "manifest.json is damaged at $.tables[0]"),
        ({"sequences": {"a": ["1", True]}}, "manifest.json is damaged at $.sequences.a[0]"),
        ({"migrations": None}, "manifest.json is damaged at $.migrations"),
    ],
)
def test_a_manifest_of_another_kind_is_refused(tmp_path, values, reason):
    assert reason in refusal(with_manifest(tmp_path / "other.backup", **values))


@pytest.mark.parametrize("content", [b"", b"PK", b"not a zip", b"\x1f\x8b" * 50])
def test_what_is_no_archive_is_refused(tmp_path, content):
    file = tmp_path / "letter.txt"
    file.write_bytes(content)

    assert "no backup of Concordance" in refusal(file)


def test_what_is_not_there_is_refused(tmp_path):
    assert "cannot be read: No such file or directory." in refusal(tmp_path / "nothing.backup")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("backup", tmp_path / "nothing.backup", verify=True)


@pytest.mark.django_db
def test_a_backup_of_a_newer_release_is_refused_by_the_names_of_its_migrations(scratch, tmp_path):
    with read_backup(WHOLE) as backup:
        known = backup.manifest.migrations
    file = with_manifest(tmp_path / "newer.backup", release="9.0.0", migrations=[*known, ("proposals", "0099_later")])
    before = told.rows()

    with pytest.raises(
        CommandError, match=r"release 9.0.0, whose migrations .* proposals.0099_later\. Restore it with"
    ):
        call_command("restore", file)

    assert told.rows() == before


@pytest.mark.django_db
def test_a_table_that_no_migration_makes_is_refused(scratch, tmp_path):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE somebody_elses (a int)")
    file = tmp_path / "all.backup"
    write_backup(file, connection=connection, tell=silent)
    scratch()

    with read_backup(file) as backup, pytest.raises(UnableToRestore, match="No migration makes the table somebody_el"):
        restore(backup, connection=connection, tell=silent)


def test_two_backups_to_one_file_do_not_meet(tmp_path):
    path = tmp_path / "all.backup"
    with new_file(path, replace=False) as file:
        file.write(b"first")
        with pytest.raises(UnableToBackUp, match="Another backup"), new_file(path, replace=False):
            pass
    assert path.read_bytes() == b"first"
    assert [one.name for one in tmp_path.iterdir()] == ["all.backup"]


def test_a_file_that_appears_meanwhile_is_not_overwritten(tmp_path):
    path = tmp_path / "all.backup"
    with pytest.raises(UnableToBackUp, match="File exists"), new_file(path, replace=False):
        path.write_bytes(b"somebody else's")
    assert path.read_bytes() == b"somebody else's"
    assert [one.name for one in tmp_path.iterdir()] == ["all.backup"]


@pytest.mark.django_db
def test_a_full_disk_leaves_no_file_and_the_old_one_in_place(scratch, tmp_path):
    make_party("northern-council")
    path = tmp_path / "all.backup"
    path.write_bytes(b"the last good one")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    # Past the limit a write fails as on a full disk.
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        with pytest.raises(UnableToBackUp, match=r"all\.backup was not written: File too large"):
            write_backup(path, connection=connection, replace=True, tell=silent)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert path.read_bytes() == b"the last good one"
    assert [one.name for one in tmp_path.iterdir()] == ["all.backup"]
    write_backup(path, connection=connection, replace=True, tell=silent)


@pytest.mark.django_db
def test_a_killed_backup_leaves_no_file_and_the_next_one_works(scratch, tmp_path):
    path = tmp_path / "all.backup"
    process = command("backup", path)
    wait_for(lambda: path.with_name("all.backup.unfinished").exists(), process)
    process.send_signal(signal.SIGKILL)
    process.wait(10)

    assert not path.exists()
    call_command("backup", path)
    assert [one.name for one in tmp_path.iterdir()] == ["all.backup"]


@pytest.mark.django_db
def test_a_killed_restore_leaves_the_database_as_it_was(scratch, tmp_path):
    make_party("coastal-front")
    rows = told.rows()
    waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'proposals_vocabularysnapshot'::regclass"
    with server(connection.settings_dict["NAME"]) as other, other.transaction():
        # Somebody reads one of the last tables, so that the restore waits there.
        other.execute("LOCK TABLE proposals_vocabularysnapshot IN ACCESS SHARE MODE")
        process = command("restore", WHOLE, "--replace")
        wait_for(lambda: other.execute(waiting).fetchone() != (0,), process)
        process.send_signal(signal.SIGKILL)
        process.wait(10)

    assert told.rows() == rows


def command(*arguments):
    """A command of its own process on the database of the test."""
    database = connection.settings_dict
    address = f"postgresql://{database['USER']}@/{database['NAME']}?host={database['HOST']}&port={database['PORT']}"
    environment = {**os.environ, "DATABASE_URL": os.environ.get("DATABASE_URL") or address}
    return subprocess.Popen(
        [sys.executable, "manage.py", *map(str, arguments)],
        cwd=settings.BASE_DIR,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def wait_for(happened, process):
    for _ in range(3000):
        if happened():
            return
        assert process.poll() is None, "It ended before it could be killed."
        time.sleep(0.01)
    pytest.fail("It never came so far.")
