"""manage.py fit_alignment: the weights of the engine, found again on gold pairs."""

from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from proposals.alignment.evidence import PROFILES
from proposals.alignment.fitting import fitted
from proposals.comparison.embedder import current_embedder
from proposals.management.gold import examples, read_pairs, read_same_texts


class Command(BaseCommand):
    help = (
        "Print the weights fitted on all these gold pairs, as proposals/alignment/method.py has them. Each pair is "
        "read with a vocabulary made without its two texts."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="clause-alignment-gold/1, YAML")
        parser.add_argument(
            "--same-texts", type=Path, metavar="FILE", help="YAML: names of documents that are one text in other words"
        )

    def handle(self, *args: Any, files: list[Path], **options: Any) -> None:
        known = examples(read_pairs(files), same_texts=read_same_texts(options["same_texts"]))
        embedder = current_embedder()
        self.stdout.write(_as_python(fitted(known, embedder=embedder).weights))
        if not any(example.coded for example in known):
            self.stderr.write(f"{PROFILES[0]}: as before, since no pair has all its clauses coded")
        if embedder is None:
            self.stderr.write("meaning: as before, since the settings name no embedder")


def _as_python(weights: Mapping[str, Mapping[str, float]]) -> str:
    """The weights as a literal, indented for the place after `weights=`."""
    lines = ["{"]
    for profile, parts in weights.items():
        lines += [
            f'        "{profile}": {{',
            *(f'            "{part}": {value},' for part, value in parts.items()),
            "        },",
        ]
    return "\n".join([*lines, "    }"])
