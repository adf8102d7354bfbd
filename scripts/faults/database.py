"""A PostgreSQL server of one's own, over TCP, that may be stopped, killed and started again."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from config.postgres import account, cluster
from config.postgres.binaries import programs
from scripts.faults.ports import free_port

NAME = ROLE = "concordance"
_PATIENCE = 60


class Database:
    """The server, and the folder that it keeps its data in; `close` removes both."""

    def __init__(self, *, host: str = "127.0.0.1", size: int | None = None, most_connections: int = 40) -> None:
        """With a `size` in bytes its data lie on a disk of that size in memory, which only root can make."""
        self.host = host
        self.port = free_port(host)
        self._home = Path(tempfile.mkdtemp(prefix="concordance-faults-"))
        self._home.chmod(0o755)
        self.disk = self._home / "disk"
        self.disk.mkdir(mode=0o755)
        self._is_mounted = size is not None
        if size is not None:
            _run("mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(self.disk))
        if account.is_root():
            os.chown(self.disk, *account.owner())
        self.data = self.disk / "data"
        self._programs = programs()
        self._options = (
            f"-k '{self.disk}' -p {self.port} -c listen_addresses={host} -c max_connections={most_connections}"
            # As on a small machine, and a disk of its own must hold it.
            " -c shared_buffers=64MB -c max_wal_size=96MB -c min_wal_size=32MB"
        )
        cluster.make_if_missing(self.data, programs=self._programs)
        if host != "127.0.0.1":
            with (self.data / "pg_hba.conf").open("a") as rules:
                rules.write("host all all 127.0.0.0/8 trust\n")
        self.start()
        with self.connect("postgres") as connection:
            role, name = sql.Identifier(ROLE), sql.Identifier(NAME)
            connection.execute(sql.SQL("create role {} login").format(role))
            connection.execute(sql.SQL("create database {} owner {}").format(name, role))

    def start(self) -> None:
        log = ("--log", self.disk / "server.log")
        code, output = self._pg_ctl(*log, "--timeout", _PATIENCE, "--options", self._options, "start")
        if code:
            raise RuntimeError(f"PostgreSQL did not start:\n{output}{self.log()[-2000:]}")

    def stop(self) -> None:
        """As its supervisor does: sessions are ended, what is open is undone."""
        self._pg_ctl("--mode", "fast", "stop")

    def revive(self) -> bool:
        """Starts it where it has ended by itself; whether it had."""
        code, _ = self._pg_ctl("status")
        if code:
            self.start()
        return code != 0

    def kill(self) -> None:
        """As the system does when memory runs out: nothing is tidied up."""
        postmaster = self._postmaster()
        children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
        for pid in [postmaster, *map(int, children)]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        # Whoever adopts orphans may take its time; PostgreSQL would believe that they live.
        until = time.monotonic() + _PATIENCE
        while any(_is_alive(pid) for pid in (postmaster, *map(int, children))) and time.monotonic() < until:
            time.sleep(0.02)
        # With no process left they may name a zombie, and PostgreSQL would believe them.
        for stale in (self.data / "postmaster.pid", *self.disk.glob(".s.PGSQL.*")):
            stale.unlink(missing_ok=True)

    def log(self) -> str:
        return (self.disk / "server.log").read_text(errors="replace")

    def connect(self, name: str = NAME, **options: Any) -> psycopg.Connection:
        """As the superuser, past the network that the service has."""
        return psycopg.connect(
            host=self.host, port=self.port, user=cluster.SUPERUSER, dbname=name, autocommit=True, **options
        )

    def close(self) -> None:
        with contextlib.suppress(OSError):
            if (self.data / "postmaster.pid").exists():
                self._pg_ctl("--mode", "immediate", "stop")
        if self._is_mounted:
            subprocess.run(["umount", "-l", str(self.disk)], check=False)
        shutil.rmtree(self._home, ignore_errors=True)

    def _postmaster(self) -> int:
        return int((self.data / "postmaster.pid").read_text().split()[0])

    def _pg_ctl(self, *arguments: object) -> tuple[int, str]:
        return account.run(self._programs / "pg_ctl", "--pgdata", self.data, "--wait", *map(str, arguments))


def _is_alive(pid: int) -> bool:
    """Whether it still works; one that only waits to be buried does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)
