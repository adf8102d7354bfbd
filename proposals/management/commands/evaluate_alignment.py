"""manage.py evaluate_alignment: how well the engine's links agree with gold links."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import yaml
from django.core.management.base import BaseCommand, CommandError

from proposals import alignment
from proposals.alignment import evaluation
from proposals.comparison import current_vocabulary, stored_proposals

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
        golds = [_read(path) for path in files]
        slugs = {str(gold[side]["document"]) for gold in golds for side in ("left", "right")}
        stored = {} if bare else stored_proposals(slugs)
        vocabulary = current_vocabulary()
        predictions = [
            evaluation.predict(
                gold,
                *(_side(gold, side, stored, bare=bare) for side in ("left", "right")),
                vocabulary=vocabulary,
            )
            for gold in golds
        ]
        figures = evaluation.evaluate(predictions, golds)
        if options["predictions"]:
            options["predictions"].write_text(json.dumps({"pairs": predictions}, indent=1) + "\n", encoding="utf-8")
        self.stdout.write(json.dumps(figures, indent=1) if options["json"] else _table(figures))


def _read(path: Path) -> dict[str, Any]:
    try:
        gold = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as fault:
        raise CommandError(f"{path}: {fault}") from fault
    if not isinstance(gold, dict) or gold.get("format") != "clause-alignment-gold/1":
        raise CommandError(f"{path}: not a file of the format clause-alignment-gold/1")
    missing = {"pair", "left", "right", "links"} - set(gold)
    if missing:
        raise CommandError(f"{path}: {', '.join(sorted(missing))} missing")
    return gold


def _side(gold: dict[str, Any], side: str, stored: dict[str, alignment.Proposal], *, bare: bool) -> alignment.Proposal:
    document = str(gold[side]["document"])
    if document not in stored:
        return evaluation.proposal_from_gold(gold[side], bare=bare)
    try:
        return evaluation.listed_only(stored[document], gold[side])
    except KeyError as fault:
        raise CommandError(f"{gold['pair']}: {document} has no clause {fault}.") from fault


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
