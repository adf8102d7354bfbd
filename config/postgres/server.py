"""Starts and stops the embedded server, with any number of starters at once."""

import contextlib
import fcntl
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg

from config.postgres import account, cluster, processes
from config.postgres.binaries import programs
from config.postgres.errors import UnableToStartPostgres
from config.postgres.place import PORT, ROOT_FOLDER, data_folder, make_socket_folder, socket_folder

DATABASE = "concordance"
USER = cluster.SUPERUSER
_TIMEOUT = 90
_LOG = "server.log"


def start(folder: Path) -> None:
    """Leaves a server running on the data in `folder`, with the database `concordance` in it.

    A few milliseconds when it runs already, about a second for a new folder. Raises `UnableToStartPostgres`.
    """
    data = data_folder(folder)
    if not _answers(data):
        try:
            with _lock(data):
                _start(data)
        except OSError as error:
            raise UnableToStartPostgres(f"The embedded PostgreSQL cannot use its folders: {error}") from error
    _make_database(data)


def stop(folder: Path) -> bool:
    """Ends the server of `folder`; False when none was running."""
    data = data_folder(folder)
    # A stale file may name a process of somebody else, and pg_ctl would signal that one.
    if not (processes.working_in(data) if processes.can_tell() else (data / "postmaster.pid").exists()):
        return False
    with _lock(data):
        code, _ = account.run(programs() / "pg_ctl", "--pgdata", data, "--wait", "--mode", "fast", "stop")
    return code == 0


def _start(data: Path) -> None:
    deadline = time.monotonic() + _TIMEOUT
    while True:
        if _answers(data):
            return
        # Starting, recovering, stopping, or left by a killed server: two servers on one folder would ruin it.
        busy = processes.working_in(data) if processes.can_tell() else []
        if not busy:
            break
        if time.monotonic() > deadline:
            raise UnableToStartPostgres(
                f"Processes of an earlier server still hold {data}. End them and try again: {', '.join(map(str, busy))}"
            )
        time.sleep(0.05)
    found = programs()
    cluster.make_if_missing(data, programs=found)
    sockets = make_socket_folder(data)
    if processes.can_tell():
        _remove_stale_files(data, sockets)
    code, output = account.run(
        found / "pg_ctl",
        *("--pgdata", data, "--wait", "--timeout", str(_TIMEOUT), "--log", data / _LOG),
        *("--options", f"-k '{sockets}' -p {PORT}", "start"),
    )
    if code:
        raise UnableToStartPostgres(f"PostgreSQL did not start:\n{output}{_end_of_log(data)}")


def _remove_stale_files(data: Path, sockets: Path) -> None:
    """With no process left these files may name a zombie, or a number in use again; PostgreSQL would believe them."""
    for stale in (data / "postmaster.pid", sockets / f".s.PGSQL.{PORT}", sockets / f".s.PGSQL.{PORT}.lock"):
        stale.unlink(missing_ok=True)


def _end_of_log(data: Path) -> str:
    try:
        return (data / _LOG).read_text(errors="replace")[-2000:]
    except OSError:
        return ""


@contextlib.contextmanager
def _lock(data: Path) -> Iterator[None]:
    """One starter at a time. The kernel frees the lock when its holder dies, so it is never stale."""
    if data.is_relative_to(ROOT_FOLDER):
        ROOT_FOLDER.mkdir(mode=0o755, parents=True, exist_ok=True)
    else:
        data.parent.mkdir(parents=True, exist_ok=True)
    with Path(f"{data}.lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _answers(data: Path) -> bool:
    try:
        with _connect(data, "postgres") as connection:
            connection.execute("select 1")
    except psycopg.OperationalError:
        return False
    return True


def _make_database(data: Path) -> None:
    with _connect(data, "postgres") as connection:
        found = connection.execute("select 1 from pg_database where datname = %s", [DATABASE]).fetchone()
        if not found:
            # Another starter may make it in this moment.
            with contextlib.suppress(psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
                connection.execute(psycopg.sql.SQL("create database {}").format(psycopg.sql.Identifier(DATABASE)))


def _connect(data: Path, name: str) -> psycopg.Connection:
    return psycopg.connect(
        host=str(socket_folder(data)), port=PORT, user=USER, dbname=name, connect_timeout=2, autocommit=True
    )
