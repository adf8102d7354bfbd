"""gunicorn's settings in production: `gunicorn config.wsgi --config python:config.gunicorn --bind 0.0.0.0:8000`."""

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

_FOLDER = "CONCORDANCE_ANSWERS"
_PREFIX = "concordance-answers-"

worker_class = "config.queueing.Worker"
workers = int(os.environ.get("WEB_WORKERS") or 2)
threads = int(os.environ.get("WEB_THREADS") or 4)
# Seconds that requests have to end after SIGTERM: longer than any statement of theirs may take.
graceful_timeout = 20
control_socket_disable = True
accesslog = "-"


def on_starting(server: Any) -> None:
    """Makes the folder where the workers share long answers; others may not even look into it."""
    _remove_left_behind()
    os.environ[_FOLDER] = tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-")


def on_reload(server: Any) -> None:
    """New code may answer otherwise."""
    shutil.rmtree(Path(os.environ[_FOLDER]) / "answers", ignore_errors=True)


def on_exit(server: Any) -> None:
    shutil.rmtree(os.environ[_FOLDER], ignore_errors=True)


def _remove_left_behind() -> None:
    """Folders of masters that were killed, which could not tidy up."""
    if not Path("/proc/self").exists():
        return  # only Linux says there who lives
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*-*"):
        pid = folder.name.removeprefix(_PREFIX).partition("-")[0]
        # In a container each master has the same number.
        is_left = pid.isdigit() and (int(pid) == os.getpid() or not Path(f"/proc/{pid}").exists())
        if is_left and folder.stat().st_uid == os.geteuid():
            shutil.rmtree(folder, ignore_errors=True)
