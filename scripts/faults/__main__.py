"""Brings about one fault after the other and prints what came of it: make faults, or make faults args="restart away"

Takes about five minutes, bounded in time and in requests; what it starts ends with it.
"""

import os
import signal
import sys
from pathlib import Path

from scripts.faults.causes import CAUSES
from scripts.faults.laboratory import Figures, laboratory, under_load

_HEAD = (
    "| fault | lasted | requests | failed | 503 | slowest answer | slowest 503 | recovered after | wrong or half |\n"
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |"
)


def main(names: list[str]) -> int:
    unknown = [name for name in names if name not in CAUSES]
    if unknown:
        print(f"There is no fault {', '.join(unknown)}; there are {', '.join(CAUSES)}.", file=sys.stderr)
        return 2
    # Ended by hand or by a supervisor, it tidies up all the same.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    is_wrong = False
    with laboratory() as lab:
        print(_HEAD, flush=True)
        for name in names or CAUSES:
            figures = under_load(lab, name, CAUSES[name])
            print(row(figures, str(CAUSES[name].__doc__)), flush=True)
            is_wrong = is_wrong or bool(figures.faults)
            if os.environ.get("DEBUG_LAB"):
                Path(f"/tmp/lab-{name}.log").write_text(lab.site.said())
            for fault in figures.faults:
                print(f"  {fault}", file=sys.stderr)
    return int(is_wrong)


def row(figures: Figures, what: str) -> str:
    cells = (
        what + (f" ({figures.notes})" if figures.notes else ""),
        f"{figures.lasted:.1f} s",
        str(figures.requests),
        str(figures.failed),
        str(figures.refused),
        f"{figures.slowest:.1f} s",
        f"{figures.slowest_refusal:.1f} s",
        f"{max(0.0, figures.recovered):.1f} s",
        "; ".join(figures.faults) or "none",
    )
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
