"""Brings about one fault after the other and prints what came of it: make faults, or make faults args="restart away"

Takes about eight minutes, bounded in time and in requests; what it starts ends with it. FAULT_LOGS names a folder for
what the service wrote meanwhile.
"""

import os
import signal
import sys
import time
from itertools import groupby
from pathlib import Path

from scripts.faults.causes import CAUSES, UnableToTry, furnished, needs
from scripts.faults.laboratory import laboratory, under_load
from scripts.faults.report import HEAD, row


def main(names: list[str]) -> int:
    unknown = [name for name in names if name not in CAUSES]
    if unknown:
        print(f"There is no fault {', '.join(unknown)}; there are {', '.join(CAUSES)}.", file=sys.stderr)
        return 2
    # Ended by hand or by a supervisor, it tidies up all the same.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    is_wrong = False
    rows = []
    began = time.monotonic()
    print(HEAD, flush=True)
    # Those that need no database of their own share a laboratory.
    for _, group in groupby(names or CAUSES, key=lambda name: name == "disk"):
        together = list(group)
        try:
            needed = needs(together[0])
        except UnableToTry as reason:
            print(f"{together[0]} was left out: {reason}", file=sys.stderr)
            continue
        with laboratory(**needed) as shared:
            for name in together:
                try:
                    with furnished(shared, name) as lab:
                        figures = under_load(lab, name, CAUSES[name])
                        said = lab.site.said()
                except UnableToTry as reason:
                    print(f"{name} was left out: {reason}", file=sys.stderr)
                    continue
                rows.append(row(figures, str(CAUSES[name].__doc__)))
                print(rows[-1], flush=True)
                is_wrong = is_wrong or figures.is_bad
                if folder := os.environ.get("FAULT_LOGS"):
                    (Path(folder) / f"{name}.log").write_text(said)
    print(f"\n{(time.monotonic() - began) / 60:.1f} minutes\n", *([HEAD, *rows] if len(rows) > 1 else []), sep="\n")
    return int(is_wrong)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
