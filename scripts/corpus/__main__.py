"""Writes a corpus: python -m scripts.corpus --agreements 2000 --clauses 60000 --seed 7 --out DIR"""

import argparse
import time
from pathlib import Path

from scripts.corpus import write

parser = argparse.ArgumentParser(description="Write a seeded corpus of invented agreements in the exchange format.")
parser.add_argument("--agreements", type=int, default=2_000)
parser.add_argument("--clauses", type=int, default=60_000)
parser.add_argument("--seed", type=int, default=7)
parser.add_argument("--out", type=Path, required=True, help="A folder; files of the same names are written anew.")
asked = parser.parse_args()
started = time.perf_counter()
count = write(asked.out, agreements=asked.agreements, clauses=asked.clauses, seed=asked.seed)
took = time.perf_counter() - started
print(f"{asked.clauses:,} clauses of {asked.agreements:,} agreements in {count:,} files, {took:.1f} s")
