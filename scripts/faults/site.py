"""The service as in production: gunicorn with two workers on a database that is prepared once."""

import contextlib
import http.client
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from scripts.faults.ports import free_port
from scripts.rates import OFF

ROOT = Path(__file__).resolve().parents[2]
# Its token writes everything; the password is not needed.
_MAKE_TOKEN = """
from django.contrib.auth.models import User
from knox.models import get_token_model
user = User.objects.create_superuser("otto")
print(get_token_model().objects.create(user=user)[1])
"""  # noqa: S105  (it is no token)


class Site:
    """Where the service answers, and the processes that do; `settings` are further variables of its environment."""

    def __init__(
        self,
        *,
        database: str,
        host: str = "127.0.0.1",
        holds_socket: bool = True,
        settings: Mapping[str, str] | None = None,
    ) -> None:
        """It holds the socket itself, as systemd does, or leaves it to gunicorn, with which it goes."""
        # Killed, it leaves behind what it has among the temporary files.
        self._folder = tempfile.TemporaryDirectory(prefix="concordance-site-")
        self.environment = production(database) | {"TMPDIR": self._folder.name} | dict(settings or {})
        self._bound: socket.socket | None = None
        if holds_socket:
            # One gunicorn can take over from another, and nobody finds the door closed.
            self._bound = socket.create_server((host, 0), backlog=256)
            self.host, self.port = self._bound.getsockname()
        else:
            self.host, self.port = host, free_port(host)
        self.log: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  (it lives as long as the site)
        self._masters: list[subprocess.Popen[bytes]] = []

    def start(self) -> subprocess.Popen[bytes]:
        """Returns once it answers."""
        held = [self._bound.fileno()] if self._bound else []
        address = f"fd://{held[0]}" if held else f"{self.host}:{self.port}"
        master = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", address),
                *("--config", "python:config.gunicorn"),
            ],
            cwd=ROOT,
            env=self.environment,
            stdout=self.log,
            stderr=self.log,
            pass_fds=held,
            start_new_session=True,
        )
        self._masters.append(master)
        self.wait_until_ready()
        return master

    @property
    def master(self) -> "subprocess.Popen[bytes]":
        return self._masters[-1]

    def processes(self) -> list[int]:
        return [self.master.pid, *self.workers()]

    def workers(self) -> list[int]:
        pid = self.master.pid
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def wait_until_ready(self, seconds: float = 60) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            with contextlib.suppress(OSError, http.client.HTTPException):
                asking = http.client.HTTPConnection(self.host, self.port, timeout=5)
                asking.request("GET", "/readyz")
                if asking.getresponse().status == 200:
                    return
            time.sleep(0.1)
        raise RuntimeError(f"The service does not answer:\n{self.said()[-3000:]}")

    def said(self) -> str:
        """What its processes wrote."""
        self.log.seek(0)
        return self.log.read().decode(errors="replace")

    def kill(self) -> None:
        for master in self._masters:
            if master.poll() is None:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(master.pid, signal.SIGKILL)
                master.wait(10)

    def close(self) -> None:
        self.kill()
        if self._bound:
            self._bound.close()
        self._folder.cleanup()
        self.log.close()


def prepare(database: str, settings: Mapping[str, str] | None = None) -> str:
    """Makes tables and loads the shipped data as an administrator does; a token that may write everything."""
    environment = production(database) | dict(settings or {})
    manage(environment, "migrate", "--noinput")
    manage(environment, "collectstatic", "--noinput")
    manage(environment, "createcachetable")
    manage(environment, "import_proposals", "fixtures")
    manage(environment, "freeze_vocabulary")
    return manage(environment, "shell", "--no-imports", "-c", _MAKE_TOKEN).strip().splitlines()[-1]


def manage(environment: Mapping[str, str], *command: str) -> str:
    """What one of Django's commands prints; raises where it fails."""
    done = subprocess.run(
        [sys.executable, "manage.py", *command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed:\n{done.stdout[-1000:]}{done.stderr[-3000:]}")
    return done.stdout


_SECRET = secrets.token_urlsafe(50)


def production(database: str) -> dict[str, str]:
    """The environment of a process of the service; all of a run share the secret."""
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("CONCORDANCE_")},
        **OFF,
        "CONCORDANCE_ENV": "production",
        "DATABASE_URL": database,
        "SECRET_KEY": _SECRET,
        "ALLOWED_HOSTS": "*",
        "HTTPS": "off",
        # What is imported waits in review, so that the public answers stay what they were.
        "FOUR_EYES": "on",
        "WEB_WORKERS": "2",
        "WEB_THREADS": "4",
    }
