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
from hypothesis.errors import StopTest, UnsatisfiedAssumption

NAME = "fuzz"
SLOWEST = 2.0  # seconds, the better of two tries: the machine may be busy with something else
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
_SUPPRESSED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]


def is_long() -> bool:
    """Whether this is `make fuzz`."""
    return settings.get_current_profile_name() == NAME


def cases(*, share: float = 1.0, few: int = _FEW) -> Callable[[Any], Any]:
    """Settings of a subject: its share of what the profile gives to each, and how many of them every commit gets."""
    number = int(settings.default.max_examples * share) if is_long() else few
    return settings(max_examples=number, suppress_health_check=_SUPPRESSED)


def quickly(subject: str, do: Callable[[], Any]) -> Any:
    """What `do` gives. In a long run it is done again if it took long, and must then take less than SLOWEST."""
    counted[subject] += 1
    started = time.perf_counter()
    try:
        return do()
    except (StopTest, UnsatisfiedAssumption):
        counted[subject] -= 1
        raise
    finally:
        took = time.perf_counter() - started
        if is_long() and took > SLOWEST:
            started = time.perf_counter()
            do()
            again = time.perf_counter() - started
            assert again < SLOWEST, f"It took {took:.1f} s, and {again:.1f} s when it was done again."


def megabytes() -> float:
    """The most memory that this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
