"""The launcher of the embedded server, with servers of its own in temporary folders."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from config.postgres import UnableToStartPostgres, account, start, stop
from config.postgres.place import data_folder, socket_folder

_ROOT = Path(__file__).resolve().parents[2]
_STARTER = [sys.executable, "-m", "config.postgres", "start"]
# Run as root it becomes `nobody` only after its imports: the interpreter may lie where that account cannot go.
_AS_PLAIN_USER = """
import os, pwd, sys
from pathlib import Path
from config.postgres import server

folder = Path(sys.argv[1])
programs = server.programs()
server.programs = lambda: programs
server.stop(folder)
if os.geteuid() == 0:
    entry = pwd.getpwnam("nobody")
    os.setgroups([])
    os.setgid(entry.pw_gid)
    os.setuid(entry.pw_uid)
server.start(folder)
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A place for a data folder, in a folder that every account can enter; the server in it is stopped at the end."""
    parent = Path(tempfile.mkdtemp(prefix="concordance-"))
    parent.chmod(0o755)
    yield parent / "data"
    _remove(parent / "data")
    shutil.rmtree(parent)


def test_eight_starters_on_an_empty_folder_get_one_server(folder: Path) -> None:
    starters = [_begin_start(folder) for _ in range(8)]

    outcomes = [(starter.communicate()[1], starter.returncode) for starter in starters]

    assert outcomes == [(b"", 0)] * 8
    assert _rows(folder, "select count(*) from pg_database where datname = 'concordance'") == [(1,)]


def test_a_killed_server_comes_back_with_every_committed_row(folder: Path) -> None:
    start(folder)
    with _connect(folder) as connection:
        connection.execute("create table talks (place text)")
        connection.execute("insert into talks values ('the harbour')")
    postmaster = int((data_folder(folder) / "postmaster.pid").read_text().splitlines()[0])

    os.kill(postmaster, signal.SIGKILL)
    starters = [_begin_start(folder) for _ in range(3)]
    outcomes = [(starter.communicate()[1], starter.returncode) for starter in starters]

    assert outcomes == [(b"", 0)] * 3
    assert _rows(folder, "select place from talks") == [("the harbour",)]


def test_files_that_name_a_live_process_of_somebody_else_do_not_stop_the_start(folder: Path) -> None:
    start(folder)
    stop(folder)
    data = data_folder(folder)
    for name in ("postmaster.pid", ".s.PGSQL.5432.lock"):
        (data / name).write_text(f"{os.getpid()}\n{data}\n{int(time.time())}\n5432\n{data}\n")

    start(folder)

    assert _rows(folder, "select 1") == [(1,)]


def test_a_start_killed_while_it_makes_the_data_folder_leaves_no_half_of_it(folder: Path) -> None:
    starter = _begin_start(folder)
    while not list(folder.parent.glob("data.new-*/base")):
        assert starter.poll() is None, "it ended before it could be killed"

    # The whole process group, or initdb would finish its work without the starter.
    os.killpg(starter.pid, signal.SIGKILL)
    starter.communicate()

    assert not folder.exists()
    start(folder)
    assert _rows(folder, "select 1") == [(1,)]
    assert list(folder.parent.glob("data.new-*")) == []


def test_a_folder_of_something_else_is_left_alone(folder: Path) -> None:
    folder.mkdir()
    os.chown(folder, *account.owner())
    (folder / "letter.txt").write_text("Dear mediator")

    with pytest.raises(UnableToStartPostgres, match="holds something else"):
        start(folder)

    assert [path.name for path in folder.iterdir()] == ["letter.txt"]


def test_data_of_another_major_version_are_left_alone(folder: Path) -> None:
    folder.mkdir()
    os.chown(folder, *account.owner())
    (folder / "PG_VERSION").write_text("14\n")

    with pytest.raises(UnableToStartPostgres, match="made by PostgreSQL 14, and this is 18"):
        start(folder)


def test_a_folder_with_a_long_name_gets_its_socket_elsewhere(folder: Path) -> None:
    long = folder.parent / ("north-" * 20) / "data"

    start(long)
    try:
        assert _rows(long, "select 1") == [(1,)]
        assert len(str(socket_folder(data_folder(long)))) < 80
    finally:
        _remove(long)


def test_a_plain_user_runs_a_server_too(folder: Path) -> None:
    folder.parent.chmod(0o777)
    # Coverage would have the plain user write into the checkout.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}

    outcome = subprocess.run(
        [sys.executable, "-c", _AS_PLAIN_USER, folder], cwd=_ROOT, env=environment, capture_output=True, check=False
    )

    assert (outcome.stderr, outcome.returncode) == (b"", 0)
    assert (folder / "PG_VERSION").stat().st_uid != 0


def test_a_checkout_that_only_root_can_enter_keeps_its_data_where_the_stand_in_can(folder: Path) -> None:
    private = folder.parent / "private"
    private.mkdir(mode=0o700)

    start(private / "data")
    try:
        assert _rows(private / "data", "select 1") == [(1,)]
    finally:
        _remove(private / "data")


def _remove(folder: Path) -> None:
    stop(folder)
    data = data_folder(folder)
    shutil.rmtree(data, ignore_errors=True)
    Path(f"{data}.lock").unlink(missing_ok=True)


def _begin_start(folder: Path) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        _STARTER,
        cwd=_ROOT,
        env={**os.environ, "CONCORDANCE_POSTGRES": str(folder)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def _connect(folder: Path) -> psycopg.Connection:
    return psycopg.connect(
        host=str(socket_folder(data_folder(folder))), port=5432, user="postgres", dbname="concordance", autocommit=True
    )


def _rows(folder: Path, query: str) -> list[tuple]:
    with _connect(folder) as connection:
        return connection.execute(query).fetchall()
