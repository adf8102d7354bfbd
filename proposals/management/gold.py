"""Gold pairs as commands read them: files with faults named by place, sides with all that is stored on them."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from django.core.management.base import CommandError

from proposals import alignment
from proposals.alignment import evaluation
from proposals.alignment.fitting import Example
from proposals.comparison import stored_proposals, vocabulary_of_public_records

FORMAT = "clause-alignment-gold/1"
RELATIONS = ("equivalent", "overlap", "conflict")
KINDS = ("quantity", "modality", "actor", "deadline", "territory")
SHOWN = 10  # faults of one file

Gold = dict[str, Any]


def read_folder(folder: Path) -> list[Gold]:
    """The gold pairs of all YAML files of a folder, by file name."""
    files = sorted(folder.glob("*.yaml"))
    if not files:
        raise CommandError(f"{folder}: no gold pairs (*.yaml) here")
    return read_pairs(files)


def read_pairs(files: Sequence[Path]) -> list[Gold]:
    """The gold pairs of these files. CommandError names the file and the place of each fault."""
    found: dict[str, tuple[Path, Gold]] = {}
    for path in files:
        gold = _read_pair(path)
        if gold["pair"] in found:
            raise CommandError(f"{path}: the pair {gold['pair']} is in {found[gold['pair']][0]} already")
        found[gold["pair"]] = (path, gold)
    return [gold for _, gold in found.values()]


def read_yaml(path: Path) -> Any:
    """What a YAML file holds. CommandError names the file, and the line where it is no YAML."""
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as fault:
        raise CommandError(f"{path}: {fault}") from fault


def read_same_texts(path: Path | None) -> dict[str, str]:
    """Which names of documents stand for the text of another one in other words; nothing without a file."""
    if path is None:
        return {}
    found = read_yaml(path)
    if not isinstance(found, dict) or not all(isinstance(name, str) for pair in found.items() for name in pair):
        raise CommandError(f"{path}: not a list of lines like `one-document: another-document`")
    return found


def sides(gold: Gold, stored: Mapping[str, alignment.Proposal], *, bare: bool = False) -> list[alignment.Proposal]:
    """The left and the right proposal of a gold pair: the stored one where there is one, else what the file says."""
    found = []
    for side in ("left", "right"):
        document = gold[side]["document"]
        if document not in stored:
            found.append(evaluation.proposal_from_gold(gold[side], bare=bare))
            continue
        try:
            found.append(evaluation.listed_only(stored[document], gold[side]))
        except KeyError as fault:
            raise CommandError(f"{gold['pair']}: {document} has no clause {fault}.") from fault
    return found


def documents(golds: Sequence[Gold]) -> set[str]:
    """The documents that the pairs name."""
    return {gold[side]["document"] for gold in golds for side in ("left", "right")}


def examples(golds: Sequence[Gold], *, same_texts: Mapping[str, str]) -> list[Example]:
    """The pairs to fit and measure on, each with a vocabulary made without its two texts, whatever they are called.

    Cost: all public clauses are read once for each two texts.
    """
    stored = stored_proposals(documents(golds))
    vocabularies: dict[frozenset[str], alignment.Vocabulary] = {}
    found = []
    for gold in golds:
        texts = frozenset(same_texts.get(name, name) for name in documents([gold]))
        if texts not in vocabularies:
            names = texts | {name for name, text in same_texts.items() if text in texts}
            vocabularies[texts] = vocabulary_of_public_records(without=names)
        left, right = sides(gold, stored)
        found.append(Example(gold=gold, left=left, right=right, vocabulary=vocabularies[texts], documents=texts))
    return found


def _read_pair(path: Path) -> Gold:
    gold = read_yaml(path)
    if not isinstance(gold, dict) or gold.get("format") != FORMAT:
        raise CommandError(f"{path}: not a file of the format {FORMAT}")
    missing = {"pair", "left", "right", "links"} - set(gold)
    if missing:
        raise CommandError(f"{path}: {', '.join(sorted(missing))} missing")
    faults = list(_faults(gold))
    if faults:
        more = [f"and {len(faults) - SHOWN} more"] if len(faults) > SHOWN else []
        raise CommandError("\n".join(f"{path}: {fault}" for fault in [*faults[:SHOWN], *more]))
    return gold


def _faults(gold: Gold) -> Iterator[str]:
    if not isinstance(gold["pair"], str):
        yield "pair: not a name"
    keys = {}
    for side in ("left", "right"):
        keys[side] = set[str]()
        yield from _faults_of_side(gold[side], side, keys[side])
    if not isinstance(gold["links"], list):
        yield "links: not a list"
        return
    met = set()
    for number, link in enumerate(gold["links"], 1):
        place = f"links, entry {number}"
        if not isinstance(link, dict):
            yield f"{place}: not left, right and relation"
            continue
        for side in ("left", "right"):
            if not isinstance(link.get(side), str) or link[side] not in keys[side]:
                yield f"{place}: {link.get(side)!r} is no clause of the {side} side"
        if link.get("relation") not in RELATIONS:
            yield f"{place}: relation {link.get('relation')!r} is none of {', '.join(RELATIONS)}"
        kinds = link.get("kinds") or []
        if not isinstance(kinds, list) or any(kind not in KINDS for kind in kinds):
            yield f"{place}: kinds {kinds!r} are not all of {', '.join(KINDS)}"
        pair = (str(link.get("left")), str(link.get("right")))
        if pair in met:
            yield f"{place}: {pair[0]} and {pair[1]} are linked already"
        met.add(pair)


def _faults_of_side(found: Any, side: str, keys: set[str]) -> Iterator[str]:
    """The faults of one side; the keys of its clauses are added to `keys`."""
    if not isinstance(found, dict) or not isinstance(found.get("document"), str):
        yield f"{side}: no document"
        return
    if not isinstance(found.get("clauses"), list) or not found["clauses"]:
        yield f"{side}: no clauses"
        return
    for number, entry in enumerate(found["clauses"], 1):
        place = f"{side}, clause {number}"
        if not isinstance(entry, dict) or not isinstance(entry.get("id"), str):
            yield f"{place}: no id"
            continue
        if entry["id"] in keys:
            yield f"{place}: the id {entry['id']} is taken"
        keys.add(entry["id"])
        if not isinstance(entry.get("text"), str):
            yield f"{place}: no text"
        topics = entry.get("topics") or []
        if not isinstance(topics, list) or not all(isinstance(topic, str) for topic in topics):
            yield f"{place}: topics are not a list of names"
