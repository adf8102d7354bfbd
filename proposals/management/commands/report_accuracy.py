"""manage.py report_accuracy: the page that says how far the engine can be relied on."""

from argparse import ArgumentParser
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from proposals.alignment import DEFAULT, EMPTY
from proposals.alignment.evaluation import count, predict
from proposals.alignment.fitting import Example, fitted
from proposals.alignment.mistakes import CLASSES, Mistake, mistakes
from proposals.comparison import current_vocabulary, stored_proposals
from proposals.management.gold import Gold, documents, examples, read_folder, read_same_texts, read_yaml
from proposals.management.held_out import HeldOut, kept_apart, one_left_out
from proposals.management.peers import peers
from proposals.rendering.accuracy import accuracy_page
from proposals.rendering.measurement import About, Accuracy, Pair


class Command(BaseCommand):
    help = (
        "Measure the engine on gold pairs and readings, with its weights fitted on other pairs, and write a page about "
        "it. Takes about a minute."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--gold", type=Path, required=True, metavar="DIR", help="gold pairs")
        parser.add_argument(
            "--readings", type=Path, required=True, metavar="DIR", help="our own readings of further pairs"
        )
        parser.add_argument(
            "--same-texts", type=Path, metavar="FILE", help="YAML: names of documents that are one text in other words"
        )
        parser.add_argument(
            "--about",
            type=Path,
            metavar="FILE",
            help="YAML: who drew `gold` and `readings`, what was `chosen` on them, what became of those kept `apart`; "
            "lists of pairs `near_verbatim` and `kept_apart`",
        )
        parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="where to write the page")

    def handle(self, *args: Any, gold: Path, readings: Path, out: Path, **options: Any) -> None:
        golds, drawn = read_folder(gold), read_folder(readings)
        twice = {one["pair"] for one in golds} & {one["pair"] for one in drawn}
        if twice:
            raise CommandError(f"{readings}: {', '.join(sorted(twice))} is in {gold} as well")
        about = _about(options["about"], {one["pair"] for one in (*golds, *drawn)})
        vocabulary = current_vocabulary()
        if vocabulary == EMPTY:
            raise CommandError(
                "There is no vocabulary: import the data and freeze one (import_proposals, freeze_vocabulary)."
            )
        stored = stored_proposals(documents([*golds, *drawn]))
        known = examples([*golds, *drawn], same_texts=read_same_texts(options["same_texts"]))
        without_pair = one_left_out(known, by_document=False)
        page = accuracy_page(
            Accuracy(
                pairs=[_pair(example.gold, golds=golds, stored=stored, about=about) for example in known],
                without_pair=without_pair.measurement,
                without_document=one_left_out(known, by_document=True).measurement,
                apart_without_pairs=kept_apart(known, about.kept_apart, by_document=False).measurement,
                apart_without_documents=kept_apart(known, about.kept_apart, by_document=True).measurement,
                delivered={
                    example.gold["pair"]: count(
                        predict(example.gold, example.left, example.right, vocabulary=vocabulary), example.gold
                    )
                    for example in known[: len(golds)]
                },
                peers=peers(known),
                mistakes=_mistakes(without_pair, besides=about.kept_apart),
                about=about,
                method=DEFAULT,
                weights_from=_weights_from(known, about.kept_apart),
                vocabulary=vocabulary.id,
                folders=(gold.as_posix(), readings.as_posix()),
            )
        )
        out.write_text(page, encoding="utf-8")


def _about(path: Path | None, pairs: set[str]) -> About:
    if path is None:
        return About()
    found = read_yaml(path)
    words, lists = ("gold", "readings", "chosen", "apart"), ("near_verbatim", "kept_apart")
    if not isinstance(found, dict) or not set(found) <= {*words, *lists}:
        raise CommandError(f"{path}: holds other entries than {', '.join((*words, *lists))}")
    told = {name: str(found.get(name) or "").strip() for name in words}
    named = {name: tuple(map(str, found.get(name) or ())) for name in lists}
    for name, listed in named.items():
        unknown = [pair for pair in listed if pair not in pairs]
        if unknown:
            raise CommandError(f"{path}: {name}: no pair {', '.join(unknown)}")
    return About(**told, near_verbatim=named["near_verbatim"], kept_apart=named["kept_apart"])


def _weights_from(known: Sequence[Example], kept_apart: Collection[str]) -> str:
    """On which of the pairs the weights that ship are found again."""
    sets = {
        "the pairs that were not kept apart": [e for e in known if e.gold["pair"] not in kept_apart],
        "all these pairs": known,
    }
    return next((name for name, pairs in sets.items() if fitted(pairs).weights == DEFAULT.weights), "")


def _pair(gold: Mapping[str, Any], *, golds: Sequence[Gold], stored: Collection[str], about: About) -> Pair:
    doubtful = sum(bool(link.get("doubtful")) for link in gold["links"])
    return Pair(
        name=gold["pair"],
        gold=gold in golds,
        own=all(gold[side]["document"] in stored for side in ("left", "right")),
        near_verbatim=gold["pair"] in about.near_verbatim,
        kept_apart=gold["pair"] in about.kept_apart,
        clauses=(len(gold["left"]["clauses"]), len(gold["right"]["clauses"])),
        links=len(gold["links"]) - doubtful,
        doubtful=doubtful,
    )


def _mistakes(found: HeldOut, *, besides: Collection[str]) -> dict[str, list[Mistake]]:
    """The mistakes of each class, but on some pairs: what is kept apart stays so only while nobody sees its errors."""
    shown = [gold for gold in found.golds if gold["pair"] not in besides]
    by_pair = [mistakes(found.coded[gold["pair"]], gold) for gold in shown]
    return {name: [mistake for classes in by_pair for mistake in classes[name]] for name in CLASSES}
