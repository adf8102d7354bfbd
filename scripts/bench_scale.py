"""Time and memory against the size of a collection: python -m scripts.bench_scale --sizes 100 1000 6000

For each size a corpus is written, imported into a PostgreSQL of its own and exported again, and the questions of
scripts/bench_corpora.py are asked; all of it is gone afterwards. The figures replace those of the same name and size in
docs/scale.csv, and the picture is drawn anew. Nothing listens on a network. With --filled the collection of the
database that is configured is asked and exported too, and only read.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from scripts import plot_scale

ROOT = Path(__file__).resolve().parent.parent
FIGURES = ROOT / "docs" / "scale.csv"
_CLAUSES_EACH = 30
# Seconds for one step of one size; what takes longer is ended, and so is the whole.
_LONGEST = 3_600
# What the lines of bench_corpora are called in the picture, and which of their figures stands there.
_ASKED = {
    "floor: one process": ("one small list, p50 in ms", "p50"),
    "search": ("search, p95 in ms", "p95"),
    "nearest proposals": ("20 nearest proposals of a clause, p95 in ms", "p95"),
    "counterparts?nearest=5, cold": ("counterparts of the 5 nearest, made anew, p95 in ms", "p95"),
    "counterparts, cold": ("counterparts, made anew, p50 in ms", "p50"),
    "home page, cold": ("home page, made anew, p50 in ms", "p50"),
    "comparison of two, cold": ("comparison of two, made anew, p50 in ms", "p50"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Ran:
    """A command that ended well: what it took, and the last line that it wrote."""

    seconds: float
    processor: float
    peak: float
    last: str


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="*", default=[100, 1_000, 6_000], help="Clauses; 0 or more sizes.")
    parser.add_argument("--filled", action="store_true", help="Ask the database that is configured, too.")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--no-export", action="store_true", help="Leave out writing all files.")
    asked = parser.parse_args()
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors", flush=True)
    for clauses in asked.sizes:
        with _scratch() as (folder, environment):
            print(f"{clauses:,} clauses", flush=True)
            _keep(clauses, measured(clauses, folder, environment, seed=asked.seed, export=not asked.no_export))
    if asked.filled:
        print("the database that is configured", flush=True)
        told = answers(os.environ, seed=asked.seed)
        clauses = int(told.pop("clauses"))
        _keep(clauses, told)
        if not asked.no_export:
            with tempfile.TemporaryDirectory(prefix="concordance-scale-") as folder:
                _keep(clauses, exported(Path(folder), os.environ))
    plot_scale.main()


def measured(
    clauses: int, folder: Path, environment: Mapping[str, str], *, seed: int, export: bool
) -> dict[str, float]:
    """The figures of one size, by name, made in an empty folder and an empty database."""
    agreements = max(4, round(clauses / _CLAUSES_EACH))
    numbers = ["--agreements", str(agreements), "--clauses", str(clauses), "--seed", str(seed)]
    manage = [sys.executable, "manage.py"]
    _run("corpus", [sys.executable, "-m", "scripts.corpus", "--out", str(folder / "corpus"), *numbers], environment)
    _run("migrate", [*manage, "migrate", "--verbosity", "0"], environment)
    batches = ["--batch-size", "2000"]
    imported = _run("import", [*manage, "import_proposals", str(folder / "corpus"), *batches], environment)
    found = {
        "import, seconds": imported.seconds,
        "import, own processor seconds": imported.processor,
        "import, peak memory in MiB": imported.peak,
    }
    _run("vocabulary", [*manage, "freeze_vocabulary"], environment)
    told = answers(environment, seed=seed)
    del told["clauses"]
    return found | told | (exported(folder, environment) if export else {})


def exported(folder: Path, environment: Mapping[str, str]) -> dict[str, float]:
    """What writing all files of a collection takes."""
    ran = _run("export", [sys.executable, "manage.py", "export_proposals", str(folder / "exported")], environment)
    return {"export, seconds": ran.seconds, "export, peak memory in MiB": ran.peak}


def answers(environment: Mapping[str, str], *, seed: int) -> dict[str, float]:
    """What the service answers in what time from a database that is there; it is only read."""
    ran = _run("questions", [sys.executable, "-m", "scripts.bench_corpora", "--json", "--seed", str(seed)], environment)
    told = json.loads(ran.last)
    figures = {one["name"]: one for one in told["figures"]}
    return {
        "clauses": told["clauses"],
        "database, MiB": told["database"],
        "answering, peak memory in MiB": ran.peak,
        **{name: figures[line][share] for line, (name, share) in _ASKED.items()},
    }


@contextmanager
def _scratch() -> Iterator[tuple[Path, dict[str, str]]]:
    """An empty folder, and an environment whose database is new; both are gone afterwards."""
    from config.postgres import start, stop
    from config.postgres.place import data_folder

    folder = Path(tempfile.mkdtemp(prefix="concordance-scale-"))
    postgres = folder / "postgres"
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    try:
        start(postgres)
        yield folder, {**kept, "CONCORDANCE_ENV": "development", "CONCORDANCE_POSTGRES": str(postgres)}
    finally:
        stop(postgres)
        data = data_folder(postgres)
        shutil.rmtree(data, ignore_errors=True)
        Path(f"{data}.lock").unlink(missing_ok=True)
        shutil.rmtree(folder, ignore_errors=True)


def _run(what: str, command: Sequence[str], environment: Mapping[str, str]) -> Ran:
    """Runs it in a process of its own, whose processor time and memory are its own, too. Ends all if it fails."""
    print(f"  {what} …", end="", flush=True)
    started = time.monotonic()
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=said, stderr=subprocess.STDOUT)
        limit = threading.Timer(_LONGEST, process.send_signal, [signal.SIGTERM])
        limit.start()
        _, status, used = os.wait4(process.pid, 0)
        limit.cancel()
        seconds = time.monotonic() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        lines = said.read().splitlines()
    if process.returncode:
        raise SystemExit("\n".join([" failed:", *lines[-20:]]))
    ran = Ran(
        seconds=round(seconds, 1),
        processor=round(used.ru_utime + used.ru_stime, 1),
        # Linux tells kibibytes.
        peak=round(used.ru_maxrss / 1024),
        last=lines[-1] if lines else "",
    )
    print(f" {ran.seconds} s, {ran.processor} s of processor, {ran.peak:.0f} MiB", flush=True)
    return ran


def _keep(clauses: int, figures: Mapping[str, float]) -> None:
    keep(clauses, figures)
    for what, value in figures.items():
        print(f"{clauses:>8,} clauses  {what:<55} {value:g}", flush=True)


def keep(clauses: int, figures: Mapping[str, float]) -> None:
    """Puts the figures of a size into the table, in place of those of the same name."""
    with FIGURES.open() as file:
        kept = {(row["what"], int(row["clauses"])): row["value"] for row in csv.DictReader(file)}
    kept |= {(what, clauses): f"{value:g}" for what, value in figures.items()}
    names = list(dict.fromkeys(what for what, _ in kept))
    with FIGURES.open("w", newline="") as file:
        table = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
        file.write("what,clauses,value\n")
        for (what, size), value in sorted(kept.items(), key=lambda one: (names.index(one[0][0]), one[0][1])):
            table.writerow([what, size, float(value) if "." in value else int(value)])


if __name__ == "__main__":
    main()
