"""The service as in production, with the shipped data, on a PostgreSQL of its own; both are gone afterwards."""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from scripts.rates import OFF

ROOT = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"


@dataclass(frozen=True)
class Service:
    address: str
    gunicorn: int
    postgres: Path
    cores: frozenset[int]

    def computing(self) -> tuple[float, float]:
        """Seconds that the service's processes computed so far, and that its cores did for anybody."""
        pids = [*_family(self.gunicorn), *_working_in(self.postgres)]
        return sum(map(_computed, pids)), _busy(self.cores)

    def memory(self) -> tuple[float, float]:
        """Megabytes of gunicorn with its workers, and of PostgreSQL: what they share once, files that they read not."""
        return _megabytes(_family(self.gunicorn)), _megabytes(_working_in(self.postgres))


@contextmanager
def serving(*, workers: int, threads: int, cores: set[int]) -> Iterator[Service]:
    """Gunicorn and PostgreSQL on these cores; whoever measures works on the others, if there are any."""
    from config.postgres import start, stop
    from config.postgres.place import data_folder

    folder = Path(tempfile.mkdtemp(prefix="concordance-load-")) / "postgres"
    mine = os.sched_getaffinity(0)
    static = ROOT / "staticfiles"
    had_static = static.exists()
    gunicorn: subprocess.Popen[bytes] | None = None
    try:
        os.sched_setaffinity(0, cores)
        start(folder)
        environment = _environment(folder, threads=threads)
        for command in (["migrate"], ["import_proposals", "fixtures"], ["freeze_vocabulary"], ["collectstatic"]):
            further = ["--noinput"] if command[0] in ("migrate", "collectstatic") else []
            _run([sys.executable, "manage.py", *command, *further], environment)
        port = _free_port()
        gunicorn = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"{HOST}:{port}"),
                *("--config", "python:config.gunicorn"),
            ],
            cwd=ROOT,
            env={**environment, "WEB_WORKERS": str(workers), "TMPDIR": str(folder.parent)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.sched_setaffinity(0, mine - cores or mine)
        address = f"http://{HOST}:{port}"
        _wait(address, gunicorn)
        yield Service(address, gunicorn.pid, data_folder(folder), frozenset(cores))
    finally:
        os.sched_setaffinity(0, mine)
        if gunicorn is not None:
            _end(gunicorn)
        stop(folder)
        data = data_folder(folder)
        shutil.rmtree(data, ignore_errors=True)
        Path(f"{data}.lock").unlink(missing_ok=True)
        shutil.rmtree(folder.parent, ignore_errors=True)
        if not had_static:
            shutil.rmtree(static, ignore_errors=True)


def _environment(folder: Path, *, threads: int) -> dict[str, str]:
    """Production over plain HTTP, and nobody is counted: all that comes, comes from this machine."""
    from config.postgres import DATABASE, USER
    from config.postgres.place import address

    place = address(folder)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CONCORDANCE_", "RATE_"))}
    return kept | {
        "DATABASE_URL": f"postgresql://{USER}@/{DATABASE}?host={place['HOST']}&port={place['PORT']}",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": HOST,
        "HTTPS": "off",
        "WEB_THREADS": str(threads),
        **OFF,
    }


def _run(command: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command[1:])} failed:\n{done.stdout}{done.stderr}")


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind((HOST, 0))
        port: int = asked.getsockname()[1]
        return port


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        with suppress(urllib.error.URLError, OSError):
            if urllib.request.urlopen(f"{address}/readyz", timeout=2).status == 200:  # noqa: S310
                return
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise SystemExit("The service did not start.")


def _end(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        for pid in _family(process.pid):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        process.wait()


def _family(pid: int) -> list[int]:
    found = [pid]
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                found += _family(int(child))
    return found


def _working_in(data: Path) -> list[int]:
    from config.postgres.processes import working_in

    return working_in(data)


def _megabytes(pids: list[int]) -> float:
    total = 0
    for pid in pids:
        # Gone since it was listed.
        with suppress(OSError):
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                # Not Pss_File: that grows when others end who have the same libraries open.
                if line.startswith(("Pss_Anon:", "Pss_Shmem:")):
                    total += int(line.split()[1])
    return total / 1024


def _computed(pid: int) -> float:
    """With those of its children that have ended."""
    try:
        # The second field is a name in brackets, which may hold anything.
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def _busy(cores: frozenset[int]) -> float:
    total = 0
    for line in Path("/proc/stat").read_text().splitlines():
        name, *ticks = line.split()
        if name in {f"cpu{core}" for core in cores}:
            user, nice, system, _idle, _waiting, *interrupts = map(int, ticks[:8])
            total += user + nice + system + sum(interrupts)
    return total / os.sysconf("SC_CLK_TCK")
