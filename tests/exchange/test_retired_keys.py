"""Retired keys, and where a clause was copied from, go through files and come back."""

import pytest

from proposals.exchange.exporting import export_proposals
from proposals.exchange.faults import UnableToImport
from proposals.exchange.importing import import_proposals
from proposals.models import Clause, Proposal, RetiredKey, Stage
from tests.exchange.harbour import harbour, write
from tests.factories import made_earlier

pytestmark = pytest.mark.django_db


@pytest.fixture
def files():
    return harbour()


@pytest.fixture
def folder(tmp_path, files):
    """The case as files, imported."""
    write(tmp_path / "case", files)
    import_proposals([tmp_path / "case"])
    made_earlier()
    return tmp_path / "case"


def plan():
    return Proposal.objects.get(slug="council-plan")


def retired():
    rows = RetiredKey.objects.order_by("key").values_list("key", "why", "successors", "public")
    return list(rows)


def actions(report):
    return {str(change.action.value): change.address for change in report.changes if change.action.value != "unchanged"}


def split_c09(plan):
    """As if c09 had been split into c01, a draft and one that is gone."""
    Clause.objects.create(proposal=plan, key="c08", number="8", label="Draft", text="It waits.", stage=Stage.DRAFT)
    RetiredKey.objects.create(proposal=plan, key="c09", why="split", successors=["c01", "c08", "c07"])
    RetiredKey.objects.create(proposal=plan, key="c10", why="split", public=False)


def test_a_round_trip_keeps_them(folder, tmp_path):
    split_c09(plan())
    first = Clause.objects.get(proposal__slug="front-answer", key="c01")
    original = Clause.objects.get(proposal=plan(), key="c01")
    Clause.objects.filter(pk=first.pk).update(copied_from=original, copied_address="council-plan/c01")
    export_proposals(tmp_path / "out")
    RetiredKey.objects.all().delete()
    Clause.objects.update(copied_from=None, copied_address="")

    import_proposals([tmp_path / "out"], overwrite=True)
    export_proposals(tmp_path / "again")

    assert retired() == [("c09", "split", ["c01"], True)]
    copy = Clause.objects.get(proposal__slug="front-answer", key="c01")
    assert (copy.copied_from.key, copy.copied_address) == ("c01", "council-plan/c01")
    for name in ("council-plan", "front-answer"):
        file = f"proposals/{name}.yaml"
        assert (tmp_path / "out" / file).read_bytes() == (tmp_path / "again" / file).read_bytes()


def test_a_file_tells_readers_nothing_that_is_hidden(folder, tmp_path):
    split_c09(plan())
    Clause.objects.filter(proposal__slug="front-answer", key="c01").update(
        copied_from=Clause.objects.get(key="c08"), copied_address="council-plan/c08"
    )
    gone = Clause.objects.get(proposal__slug="front-answer", key="c02")
    Clause.objects.filter(pk=gone.pk).update(copied_address="council-plan/c10")

    export_proposals(tmp_path / "out")

    written = "".join(file.read_text() for file in (tmp_path / "out" / "proposals").iterdir())
    assert "c09" in written
    assert not [key for key in ("c08", "c07", "c10") if key in written]


def test_where_a_clause_came_from_is_told_after_the_original_is_gone(folder, tmp_path):
    RetiredKey.objects.create(proposal=plan(), key="c09", why="deleted")
    Clause.objects.filter(proposal__slug="front-answer", key="c01").update(copied_address="council-plan/c09")

    export_proposals(tmp_path / "out")
    report = import_proposals([tmp_path / "out"])

    assert "copied_from: council-plan/c09" in (tmp_path / "out" / "proposals" / "front-answer.yaml").read_text()
    assert actions(report) == {}


def test_a_clause_whose_key_is_retired_is_refused(tmp_path, files):
    files["plan.yaml"]["proposals"][0]["retired"] = [
        {"key": "c01", "why": "merged", "retired_at": "2031-06-01T00:00:00Z"}
    ]
    write(tmp_path / "case", files)

    with pytest.raises(UnableToImport) as refused:
        import_proposals([tmp_path / "case"])

    assert [(fault.place, fault.reason) for fault in refused.value.faults] == [
        ("proposals[0].retired[0].key", "A clause of the proposal has this key.")
    ]
    assert not Proposal.objects.exists()


def test_so_is_one_whose_key_was_retired_here(folder, tmp_path, files):
    RetiredKey.objects.create(proposal=plan(), key="c09", why="split")
    clauses = files["plan.yaml"]["proposals"][0]["clauses"]
    clauses.append({**clauses[0], "id": "c09"})
    write(tmp_path / "case", files)

    with pytest.raises(UnableToImport) as refused:
        import_proposals([tmp_path / "case"])

    assert [fault.reason for fault in refused.value.faults] == [
        "This key belonged to another clause of the proposal, and keys are never used again."
    ]


def test_what_is_retired_here_is_no_edit_of_the_proposal_and_stays(folder):
    RetiredKey.objects.create(proposal=plan(), key="c09", why="split")

    report = import_proposals([folder])
    import_proposals([folder], overwrite=True)

    assert actions(report) == {}
    assert retired() == [("c09", "split", [], True)]


def test_a_deleted_clause_comes_back_only_when_the_import_overwrites(folder):
    Clause.objects.get(proposal__slug="front-answer", key="c03").delete()

    report = import_proposals([folder])

    assert actions(report) == {"conflict": "front-answer/c03"}
    assert retired() == [("c03", "deleted", [], True)]

    import_proposals([folder], overwrite=True)

    assert Clause.objects.filter(proposal__slug="front-answer", key="c03").exists()
    assert retired() == []


def test_a_pruned_clause_retires_its_key_and_the_next_import_changes_nothing(folder, files):
    answer = next(
        one["proposals"][0] for one in files.values() if one.get("proposals", [{}])[0].get("id") == "front-answer"
    )
    assert answer["clauses"].pop()["id"] == "c03"
    write(folder, files)

    import_proposals([folder], prune=True)
    again = import_proposals([folder])

    assert retired() == [("c03", "deleted", [], True)]
    assert actions(again) == {}
