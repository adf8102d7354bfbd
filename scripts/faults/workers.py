"""Workers of the queue: processes of `manage.py work`, which may be killed and started again."""

import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from typing import IO

from scripts.faults.database import Database
from scripts.faults.site import ROOT

# What docs/operations.md asks for: else each takes all processors for its small matrices.
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1"}
_PATIENCE = 60


class Workers:
    """Processes on one queue, which does not tell who of them does which job."""

    def __init__(self, environment: Mapping[str, str], *, number: int = 2) -> None:
        self._environment = {**environment, **_ONE_THREAD}
        self._log: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  (it lives as long as they do)
        self._processes = [self._start() for _ in range(number)]

    def start(self) -> None:
        self._processes.append(self._start())

    def hold_one(self, database: Database) -> tuple[int, int, float]:
        """A job that a worker was stopped (SIGSTOP) in the middle of; how often it was tried before; when that was."""
        held, until = self._processes[0], time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            held.send_signal(signal.SIGSTOP)
            stopped = time.monotonic()
            # The others go on meanwhile, from job to job.
            lasting = set(self.at_work(database).items())
            for _ in range(6):
                time.sleep(0.25)
                lasting &= self.at_work(database).items()
            if len(lasting) == 1:
                return *lasting.pop(), stopped
            held.send_signal(signal.SIGCONT)
            time.sleep(0.05)
        raise RuntimeError(f"No worker was found in the middle of a job:\n{self.said()[-2000:]}")

    def at_work(self, database: Database) -> dict[int, int]:
        """Jobs that are being done, with how often each was tried before."""
        with database.connect() as connection:
            found = connection.execute("select id, attempts from procrastinate_jobs where status = 'doing'")
            return {int(job): int(attempts) for job, attempts in found}

    def kill_held(self) -> None:
        held = self._processes.pop(0)
        held.kill()
        held.wait(_PATIENCE)

    def said(self) -> str:
        self._log.seek(0)
        return self._log.read().decode(errors="replace")

    def close(self) -> None:
        for process in self._processes:
            process.kill()
            process.wait(_PATIENCE)
        self._log.close()

    def _start(self) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [sys.executable, "manage.py", "work"],
            cwd=ROOT,
            env=self._environment,
            stdout=self._log,
            stderr=self._log,
            start_new_session=True,
        )
