"""The generator of corpora: the same bytes each time, shaped like the shipped data, and without a fault."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from statistics import mean, median
from typing import Any

import pytest
import yaml

from proposals.exchange.importing import import_proposals
from proposals.models import Clause, Proposal
from scripts.corpus import documents, write
from tests.shipped import FIXTURES

Record = dict[str, Any]
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@pytest.fixture(scope="module")
def corpus() -> list[Record]:
    """The agreements of a small corpus."""
    return _proposals(document for _, document in documents(agreements=120, clauses=3_600, seed=7))


@pytest.fixture(scope="module")
def fixtures() -> list[Record]:
    files = sorted((FIXTURES / "proposals").glob("*.yaml"))
    return _proposals(yaml.load(file.read_text(), Loader=_LOADER) for file in files)  # noqa: S506


def test_the_same_numbers_give_the_same_bytes(tmp_path):
    for name in ("once", "again"):
        write(tmp_path / name, agreements=12, clauses=200, seed=7)
    write(tmp_path / "other", agreements=12, clauses=200, seed=8)

    once, again, other = (_digest(tmp_path / name) for name in ("once", "again", "other"))
    assert once == again != other
    # On another machine, and by another version of Python, too.
    assert once == "f7a72970c54197ee"


def test_it_has_just_so_many_agreements_and_clauses_as_were_asked_for(corpus):
    assert len(corpus) == 120
    assert sum(len(agreement["clauses"]) for agreement in corpus) == 3_600


@pytest.mark.parametrize(("agreements", "clauses"), [(1, 1), (1, 40), (7, 7)])
def test_the_smallest_corpora_can_be_made(agreements, clauses):
    made = _proposals(document for _, document in documents(agreements=agreements, clauses=clauses, seed=1))

    assert (len(made), sum(len(one["clauses"]) for one in made)) == (agreements, clauses)


@pytest.mark.parametrize(("agreements", "clauses"), [(0, 5), (5, 4)])
def test_agreements_without_clauses_are_refused(agreements, clauses):
    with pytest.raises(ValueError, match="at least one clause"):
        list(documents(agreements=agreements, clauses=clauses, seed=1))


@pytest.mark.parametrize(
    ("what", "off"),
    [
        (lambda clause: len(clause["text"].split()), 2.0),
        (lambda clause: len(clause["label"].split()), 2.0),
        (lambda clause: len(clause["topics"]), 0.15),
        (lambda clause: len(clause.get("territories", ())), 0.15),
        (lambda clause: len(clause.get("terms", ())), 0.1),
        (lambda clause: len(clause.get("depends_on", ())), 0.1),
        (lambda clause: len(clause.get("contested", ())), 0.1),
        (lambda clause: len(clause["sources"]), 0.4),
        (lambda clause: sum(map(len, clause["parties"].values())), 0.4),
        (lambda clause: float("condition" in clause), 0.02),
        (lambda clause: float("scope" in clause), 0.04),
        (lambda clause: float("note" in clause), 0.02),
    ],
    ids="words label topics territories terms dependencies contests sources roles condition scope note".split(),
)
def test_clauses_are_on_average_like_those_of_the_shipped_data(corpus, fixtures, what, off):
    assert mean(map(what, _clauses(corpus))) == pytest.approx(mean(map(what, _clauses(fixtures))), abs=off)


@pytest.mark.parametrize("name", ["modality", "kind", "evidence", "confidence", "legal_effect"])
def test_codes_of_clauses_are_as_frequent_as_in_the_shipped_data(corpus, fixtures, name):
    found, wanted = (_shares(clause.get(name, "") for clause in _clauses(data)) for data in (corpus, fixtures))

    assert found == pytest.approx({**dict.fromkeys(found, 0), **wanted}, abs=0.04)


def test_terms_and_dependencies_are_of_the_same_kinds(corpus, fixtures):
    for part, name in (("terms", "kind"), ("terms", "comparator"), ("depends_on", "relation")):
        found, wanted = (
            _shares(one.get(name, "") for clause in _clauses(data) for one in clause.get(part, ()))
            for data in (corpus, fixtures)
        )
        assert found == pytest.approx({**dict.fromkeys(found, 0), **wanted}, abs=0.08)


def test_agreements_are_as_unequal_in_size_as_proposals_of_the_shipped_data(corpus, fixtures):
    found, wanted = (_sizes(data) for data in (corpus, fixtures))

    assert median(found) == pytest.approx(median(wanted), abs=0.2)
    assert max(found) == pytest.approx(max(wanted), rel=0.35)


def test_agreements_stand_in_each_others_lineage_over_years(corpus, fixtures):
    found, wanted = (mean(len(one.get("lineage", ())) for one in data) for data in (corpus, fixtures))
    years = {one["date"][:4] for one in corpus}

    assert found == pytest.approx(wanted, abs=0.8)
    assert len(years) >= 5


def test_texts_take_clauses_over_word_for_word_and_in_other_words(corpus):
    """The same topics and parties in the same place of the text that it builds on."""
    by_id = {one["id"]: one for one in corpus}
    same = other = 0
    for one in corpus:
        bases = [by_id[tie["proposal"]] for tie in one.get("lineage", ()) if tie["relation"] == "builds_on"]
        for base in bases[:1]:
            for left, right in zip(one["clauses"], base["clauses"], strict=False):
                if left["topics"] == right["topics"] and left["parties"] == right["parties"]:
                    same += left["text"] == right["text"]
                    other += left["text"] != right["text"]

    assert same > 300
    assert other > 400


def test_an_import_finds_no_fault_in_it(db, tmp_path):
    write(tmp_path, agreements=12, clauses=150, seed=3)

    report = import_proposals([tmp_path])

    assert report.writes == len(report.changes)
    assert (Proposal.objects.count(), Clause.objects.count()) == (12, 150)


def _proposals(files: Iterable[Record]) -> list[Record]:
    return [proposal for document in files for proposal in document.get("proposals", ())]


def _clauses(data: list[Record]) -> list[Record]:
    return [clause for proposal in data for clause in proposal.get("clauses", ())]


def _sizes(data: list[Record]) -> list[float]:
    """As multiples of the mean."""
    sizes = [len(proposal["clauses"]) for proposal in data]
    return [size / mean(sizes) for size in sizes]


def _shares(values: Iterable[str]) -> dict[str, float]:
    counted = Counter(values)
    return {value: count / counted.total() for value, count in counted.items()}


def _digest(folder: Any) -> str:
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    told = json.dumps([[str(file.relative_to(folder)), file.read_text()] for file in files])
    return hashlib.sha256(told.encode()).hexdigest()[:16]
