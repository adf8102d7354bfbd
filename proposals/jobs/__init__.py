"""Work that is done aside, by workers on any number of hosts: all pairs of the corpus aligned, and kept fresh.

docs/decisions/queue.md says why it is so, docs/queue.md how it is run.
"""

from proposals.jobs.nearest import Nearest, state_of_nearest
from proposals.jobs.runs import AlreadyRunning, Asked, NotActive, active_run, cancel_run, progress_of, start_run

__all__ = [
    "AlreadyRunning",
    "Asked",
    "Nearest",
    "NotActive",
    "active_run",
    "cancel_run",
    "progress_of",
    "start_run",
    "state_of_nearest",
]
