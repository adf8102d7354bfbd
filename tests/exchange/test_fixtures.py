"""The shipped data set: complete, and its files are the exporter's own output."""

from collections import Counter
from pathlib import Path

import pytest

from parties.models import Party, Person
from proposals.exchange.exporting import export_proposals
from proposals.models import (
    Clause,
    ClauseSource,
    Dependency,
    Dispute,
    Position,
    Proposal,
    Silence,
    Source,
    Statement,
    Term,
    Territory,
    Topic,
    TopicGroup,
)
from tests.shipped import FIXTURES

pytestmark = pytest.mark.usefixtures("shipped")


@pytest.mark.parametrize(
    ("model", "count"),
    [
        (Proposal, 39),
        (Clause, 397),
        (Position, 106),
        (Dispute, 24),
        (Source, 213),
        (Statement, 189),
        (Silence, 27),
        (Person, 40),
        (Party, 35),
        (Territory, 29),
        (Topic, 51),
        (TopicGroup, 10),
        (Term, 95),
        (Dependency, 103),
    ],
)
def test_nothing_of_the_data_set_is_lost(model, count):
    assert model.objects.count() == count


def test_every_clause_and_position_tells_how_it_is_known():
    clauses = Clause.objects.visible_to(None)
    positions = Position.objects.visible_to(None)

    assert Counter(clauses.values_list("evidence", flat=True)) == {
        "page_excerpt": 350,
        "full_text": 30,
        "unverified": 17,
    }
    assert not clauses.filter(locator="").exists()
    assert ClauseSource.objects.values("clause").distinct().count() == clauses.count()
    assert not positions.filter(locator="").exists()
    assert set(positions.values_list("stage", flat=True)) == {"public"}


def test_every_statement_has_its_place_in_a_source_read_whole():
    statements = Statement.objects.visible_to(None)

    assert statements.count() == Statement.objects.count()
    assert set(statements.values_list("evidence", "source__access")) == {("full_text", "full_text")}
    assert not statements.filter(locator="").exists()
    assert not statements.filter(topics=None).exists()


def test_an_export_gives_the_same_files_byte_for_byte(tmp_path):
    written = export_proposals(tmp_path)

    shipped = {file.relative_to(FIXTURES).as_posix(): file.read_bytes() for file in FIXTURES.rglob("*.yaml")}
    assert {name: (tmp_path / name).read_bytes() for name in written} == shipped


def test_no_file_holds_a_path_of_the_machine_it_was_made_on():
    for file in FIXTURES.rglob("*"):
        if file.is_file():
            assert str(Path.home()) not in file.read_text(encoding="utf-8")
