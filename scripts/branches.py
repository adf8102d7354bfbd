"""The share of branches that tests take, from coverage's JSON: python -m scripts.branches FILE LEAST

`fail_under` of coverage counts lines and branches together. Ends with 1 below LEAST per cent.
"""

import json
import sys
from pathlib import Path


def main(file: str, least: str) -> int:
    totals = json.loads(Path(file).read_text(encoding="utf-8"))["totals"]
    taken, all_of_them = totals["covered_branches"], totals["num_branches"]
    share = 100 * taken / all_of_them
    print(f"Branches: {taken:,} of {all_of_them:,} are taken, {share:.2f} %; wanted are {least} %.")
    return int(share < float(least))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
