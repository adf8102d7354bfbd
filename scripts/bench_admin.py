"""What it costs to save a proposal's page with a hundred clauses, on a database of its own.

Saving one page that changes every clause is promised to take under two seconds; the figures are printed, and the promise
is checked.
"""

import sys
import time
from collections.abc import Iterator

CLAUSES = 100
MOST = 2.0


def main() -> int:
    from scripts.scratch import scratch_database

    with scratch_database():
        figures = dict(_figures())
    for what, (seconds, queries) in figures.items():
        print(f"{what:<52} {seconds * 1000:7.0f} ms  {queries:4} queries")
    slow = [what for what, (seconds, _) in figures.items() if seconds > MOST]
    if slow:
        print(f"Slower than {MOST:.0f} s: {', '.join(slow)}", file=sys.stderr)
    return 1 if slow else 0
