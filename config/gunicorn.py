"""gunicorn's settings in production: `gunicorn config.wsgi --config python:config.gunicorn`."""

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from config.observing.logs import logging_settings

_ANSWERS = "CONCORDANCE_ANSWERS"
_COUNTS = "PROMETHEUS_MULTIPROC_DIR"
_PLACE = "CONCORDANCE_WORKER"
_PREFIX = "concordance-"

bind = os.environ.get("WEB_BIND") or "127.0.0.1:8000"
worker_class = "config.queueing.Worker"
workers = int(os.environ.get("WEB_WORKERS") or 2)
threads = int(os.environ.get("WEB_THREADS") or 4)
# Seconds: until a worker that gives no sign of life is ended; that requests have to end after SIGTERM, longer than any
# statement of theirs may take; that an idle connection of the proxy is kept.
timeout = 60
graceful_timeout = 20
keepalive = 5
# Signs of life in memory: on a slow disk they would come late.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108
control_socket_disable = True
# Lines as Django's; the access log is config/observing/requests.py's.
logconfig_dict = logging_settings(
    form=os.environ.get("LOG_FORMAT") or "json",
    secrets=[os.environ.get(name, "") for name in ("SECRET_KEY", "METRICS_TOKEN", "SENTRY_DSN")],
)


def on_starting(server: Any) -> None:
    """Makes the folders where the workers share long answers, and count what /metrics tells; nobody else may look."""
    _remove_left_behind()
    os.environ[_ANSWERS] = tempfile.mkdtemp(prefix=f"{_PREFIX}answers-{os.getpid()}-")
    os.environ[_COUNTS] = tempfile.mkdtemp(prefix=f"{_PREFIX}counts-{os.getpid()}-")


def on_reload(server: Any) -> None:
    """New code may answer otherwise."""
    shutil.rmtree(Path(os.environ[_ANSWERS]) / "answers", ignore_errors=True)


def pre_fork(server: Any, worker: Any) -> None:
    """Gives a worker the first free place; it goes on counting where the last one in that place ended."""
    taken = {getattr(other, "place", None) for other in server.WORKERS.values()}
    worker.place = next(number for number in range(len(taken) + 1) if number not in taken)


def post_fork(server: Any, worker: Any) -> None:
    os.environ[_PLACE] = str(worker.place)


def child_exit(server: Any, worker: Any) -> None:
    """What a dead worker had in use is no longer; what it counted stays."""
    for file in Path(os.environ[_COUNTS]).glob(f"gauge_live*_{worker.place}.db"):
        file.unlink(missing_ok=True)


def on_exit(server: Any) -> None:
    for folder in (_ANSWERS, _COUNTS):
        shutil.rmtree(os.environ[folder], ignore_errors=True)


def _remove_left_behind() -> None:
    """Folders of masters that were killed, which could not tidy up."""
    if not Path("/proc/self").exists():
        return  # only Linux says there who lives
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*-*-*"):
        pid = folder.name.removeprefix(_PREFIX).split("-")[1]
        # In a container each master has the same number.
        is_left = pid.isdigit() and (int(pid) == os.getpid() or not Path(f"/proc/{pid}").exists())
        if is_left and folder.stat().st_uid == os.geteuid():
            shutil.rmtree(folder, ignore_errors=True)
