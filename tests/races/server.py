"""A real server on the test's database, in a process that may be killed, and a lock in the middle of work."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlencode

import psycopg
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

_ROOT = Path(__file__).parents[2]
# Any number that nobody else uses for advisory locks.
_MIDDLE = 1_648_600
# Seconds until what never comes is given up.
_PATIENCE = 240


def environment() -> dict[str, str]:
    """What a process needs to work on the test's database."""
    told = connection.settings_dict
    host = quote(str(told["HOST"]), safe="")
    secret = f":{quote(told['PASSWORD'])}" if told.get("PASSWORD") else ""
    address = f"postgresql://{told['USER']}{secret}@{host}:{told['PORT']}/{told['NAME']}"
    return {**os.environ, "DATABASE_URL": address, "CONCORDANCE_ENV": "development"}


class Process:
    """A process with all that it starts."""

    def __init__(self, *command: str, **options: object) -> None:
        self._process = subprocess.Popen(  # type: ignore[call-overload]
            [sys.executable, *command], cwd=_ROOT, env=environment(), start_new_session=True, **options
        )

    def kill(self) -> None:
        """As the system does when memory runs out, or a machine loses its power."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(_PATIENCE)

    def end(self) -> int:
        return int(self._process.wait(_PATIENCE))


class Server:
    """gunicorn with one worker; `client` is who is signed in."""

    def __init__(self, user: User) -> None:
        # Bound here, so that whoever connects before the worker listens waits for it.
        with socket.create_server(("127.0.0.1", 0), backlog=16) as bound:
            self.port = bound.getsockname()[1]
            self.process = Process(
                *("-m", "gunicorn", "config.wsgi", "--bind", f"fd://{bound.fileno()}", "--workers", "1"),
                *("--threads", "2", "--log-level", "critical"),
                pass_fds=[bound.fileno()],
            )
        client = Client()
        client.force_login(user)
        csrf = "c" * 32
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        self._csrf = csrf
        self._asking: list[http.client.HTTPConnection] = []
        self._headers = {
            "Host": f"localhost:{self.port}",
            "Cookie": f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={csrf}",
            "X-CSRFToken": csrf,
        }

    def send_form(self, path: str, fields: Mapping[str, object]) -> http.client.HTTPConnection:
        body = urlencode({**fields, "csrfmiddlewaretoken": self._csrf}, doseq=True)
        return self.send(path, body.encode(), "application/x-www-form-urlencoded")

    def send(
        self, path: str, body: bytes, content_type: str, *, announced: int | None = None
    ) -> http.client.HTTPConnection:
        """Sends a request and waits for no answer; `announced` is the length that it claims to have."""
        asking = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_PATIENCE)
        length = str(len(body) if announced is None else announced)
        asking.putrequest("POST", path, skip_host=True)
        for name, value in {**self._headers, "Content-Type": content_type, "Content-Length": length}.items():
            asking.putheader(name, value)
        asking.endheaders(body)
        self._asking.append(asking)
        return asking

    def close(self) -> None:
        for asking in self._asking:
            asking.close()
        self.process.kill()


class Middle:
    """A lock that work waits for once it comes to a certain row."""

    def __init__(self, watching: psycopg.Connection) -> None:
        self._watching = watching

    def reached_by(self) -> int:
        """The process of PostgreSQL that waits in the middle, once there is one."""
        return self._asked(
            "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = %s AND NOT granted", _MIDDLE
        )

    def terminate(self, pid: int) -> None:
        self._watching.execute("SELECT pg_terminate_backend(%s)", [pid])

    def go_on(self) -> None:
        self._watching.execute("SELECT pg_advisory_unlock(%s)", [_MIDDLE])

    def wait_until_gone(self, pid: int) -> None:
        self._asked("SELECT 1 WHERE NOT EXISTS (SELECT FROM pg_stat_activity WHERE pid = %s)", pid)

    def _asked(self, query: str, about: int) -> int:
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            if row := self._watching.execute(query, [about]).fetchone():
                return int(row[0])
        raise AssertionError(f"It never came true: {query}")


@contextmanager
def middle_at(table: str, condition: str) -> Iterator[Middle]:
    """Holds up whatever writes the row of the table for which the condition on NEW is true."""
    with psycopg.connect(environment()["DATABASE_URL"], autocommit=True) as watching:
        watching.execute("SELECT pg_advisory_lock(%s)", [_MIDDLE])
        watching.execute(
            f"""
            CREATE FUNCTION wait_in_the_middle() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN PERFORM pg_advisory_xact_lock({_MIDDLE}); RETURN NEW; END $$
            """
        )
        watching.execute(
            f"CREATE TRIGGER wait_in_the_middle AFTER INSERT OR UPDATE ON {table}"
            f" FOR EACH ROW WHEN ({condition}) EXECUTE FUNCTION wait_in_the_middle()"
        )
        try:
            yield Middle(watching)
        finally:
            watching.execute("SELECT pg_advisory_unlock_all()")
            watching.execute("DROP FUNCTION wait_in_the_middle() CASCADE")
