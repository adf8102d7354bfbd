"""How many cases are made, and what is held against each.

In `make test` every subject gets a few, the same in each run. `make fuzz` loads the profile "fuzz" with thousands and a
seed; then it also matters how long an answer took and how far the process grew.
"""

import os
import resource
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, Phase, settings

NAME = "fuzz"
# Seconds, the better of two tries: of this process's own work, and with all waiting for the database and for other
# programs on the machine, which may be busy.
MOST_WORK = 2.0
SLOWEST = 10.0
MOST_GROWTH = 400  # MB of a process over its whole run
# For each subject, of which some take a share alone.
_EACH = int(os.environ.get("FUZZ_CASES", "1500"))
_FEW = 20

settings.register_profile(
    NAME,
    max_examples=_EACH,
    derandomize=False,
    deadline=None,
    database=None,
    print_blob=True,
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
)
# By test: what `make fuzz` tells at its end.
counted: Counter[str] = Counter()
answered: Counter[int] = Counter()
slow: list[str] = []
_SUPPRESSED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]


def is_long() -> bool:
    """Whether this is `make fuzz`."""
    return settings.get_current_profile_name() == NAME


def cases(*, share: float = 1.0, few: int = _FEW) -> Callable[[Any], Any]:
    """Settings of a subject: its share of what the profile gives to each, and how many of them every commit gets."""
    number = int(settings.default.max_examples * share) if is_long() else few
    return settings(max_examples=number, suppress_health_check=_SUPPRESSED)


def quickly(subject: str, do: Callable[[], Any]) -> Any:
    """What `do` gives. In a long run, what takes long is done once more and noted in `slow` if it takes long again.

    It is no failure of the case: to try smaller ones would take longer still.
    """
    counted[subject] += 1
    given, work, waited = _timed(do)
    if is_long() and (work > MOST_WORK or waited > SLOWEST):
        _, work, waited = _timed(do)
        if work > MOST_WORK or waited > SLOWEST:
            slow.append(f"{subject}: {work:.1f} s of work, {waited:.1f} s in all")
    return given


def _timed(do: Callable[[], Any]) -> tuple[Any, float, float]:
    work, waited = time.thread_time(), time.perf_counter()
    return do(), time.thread_time() - work, time.perf_counter() - waited


def megabytes() -> float:
    """The most memory that this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
