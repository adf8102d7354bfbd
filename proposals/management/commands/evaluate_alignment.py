"""manage.py evaluate_alignment: how well the engine's links agree with gold links."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from proposals.alignment import evaluation
from proposals.comparison import current_vocabulary, stored_proposals
from proposals.management.gold import documents, read_pairs, sides

_COLUMNS = ["P", "R", "F1", "gapF1", "relAcc", "confF1", "kindF1", "MRR", "hit@3"]


class Command(BaseCommand):
    help = (
        "Print precision, recall and F1 of links, gaps, conflicts and kinds of divergence against gold pairs. Where a "
        "file's document is a stored proposal, its stored clauses are used with all that is coded on them. Decisions "
        "are never used."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="clause-alignment-gold/1, YAML")
        parser.add_argument("--bare", action="store_true", help="use the texts of the files alone, nothing curated")
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")
        parser.add_argument("--predictions", type=Path, metavar="OUT", help="write links and scores of all pairs here")

    def handle(self, *args: Any, files: list[Path], bare: bool, **options: Any) -> None:
        golds = read_pairs(files)
        stored = {} if bare else stored_proposals(documents(golds))
        vocabulary = current_vocabulary()
        predictions = [
            evaluation.predict(gold, *sides(gold, stored, bare=bare), vocabulary=vocabulary) for gold in golds
        ]
        figures = evaluation.evaluate(predictions, golds)
        if options["predictions"]:
            options["predictions"].write_text(json.dumps({"pairs": predictions}, indent=1) + "\n", encoding="utf-8")
        self.stdout.write(json.dumps(figures, indent=1) if options["json"] else _table(figures))


def _table(figures: dict[str, Any]) -> str:
    lines = {**figures["pairs"], "ALL (micro)": figures["all"]}
    width = max(map(len, lines))
    rows = [f"{'pair':<{width}}" + "".join(f"{name:>8}" for name in _COLUMNS)]
    for pair, found in lines.items():
        values = [
            *(found["links"][name] for name in ("p", "r", "f1")),
            found["gaps"]["f1"],
            found["relation_accuracy"],
            found["conflicts"]["f1"],
            found["kinds"]["f1"],
            found["mrr"],
            found["hit_at_3"],
        ]
        cells = "".join(f"{'-' if value is None else format(value, '.3f'):>8}" for value in values)
        rows.append(f"{pair:<{width}}{cells}")
    return "\n".join([*rows, f"macro link F1 {figures['macro_link_f1']:.3f}"])
