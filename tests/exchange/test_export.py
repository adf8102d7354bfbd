"""An export: what the public sees, in one canonical form that an import reads back."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from proposals.exchange.exporting import UnknownProposal, export_documents, export_proposals, export_texts
from proposals.exchange.importing import import_proposals
from proposals.exchange.plan import Action
from proposals.exchange.yaml_text import yaml_text
from proposals.models import Clause, Decision, Position, Proposal, Stage, TopicGroup
from tests.exchange.harbour import PLAN, harbour, write
from tests.factories import make_proposal

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    """The invented case, imported and exported."""
    import_proposals([write(tmp_path / "case", harbour())])
    export_proposals(tmp_path / "out")
    return tmp_path / "out"


def texts(folder):
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*.yaml")}


def exported():
    return dict(export_documents())


def test_every_list_has_a_file_and_every_proposal_its_own(folder):
    assert sorted(texts(folder)) == [
        "disputes.yaml",
        "measures.yaml",
        "parties.yaml",
        "persons.yaml",
        "positions.yaml",
        "processes.yaml",
        "proposals/council-plan.yaml",
        "proposals/front-answer.yaml",
        "sources.yaml",
        "statements.yaml",
        "territories.yaml",
        "topics.yaml",
    ]


def test_a_proposal_comes_out_as_it_went_in(folder):
    (plan,) = exported()["proposals/council-plan.yaml"]["proposals"]

    assert plan == PLAN
    assert list(plan["clauses"][0]) == list(PLAN["clauses"][0])


def test_an_import_of_an_export_gives_the_same_bytes_again(folder, tmp_path):
    first = texts(folder)

    report = import_proposals([folder])
    export_proposals(tmp_path / "again")

    assert {change.action for change in report.changes} == {Action.UNCHANGED}
    assert texts(tmp_path / "again") == first


def test_files_are_written_for_people(folder):
    text = (folder / "proposals" / "council-plan.yaml").read_text()

    assert text.startswith("format: concordance/1\nproposals:\n- id: council-plan\n  process: northern-coast\n")
    assert "\n  clauses_complete: 'yes'\n" in text
    assert "\n    topics: [navigation, ceasefire]\n" in text
    assert "null" not in text


def test_what_the_public_may_not_see_is_left_out_with_every_reference_to_it(folder):
    Proposal.objects.filter(slug="front-answer").update(stage=Stage.REVIEW)
    Position.objects.update(stage=Stage.DRAFT)

    documents = exported()

    assert "proposals/front-answer.yaml" not in documents
    assert "positions.yaml" not in documents
    assert "disputes.yaml" not in documents
    assert "front-answer" not in str(documents)


def test_a_reference_to_a_hidden_clause_is_left_out(folder, tmp_path):
    Clause.objects.filter(proposal__slug="council-plan").update(stage=Stage.WITHDRAWN)
    Position.objects.all().update(clause=None)

    documents = exported()

    (answer,) = documents["proposals/front-answer.yaml"]["proposals"]
    assert [clause["id"] for clause in answer["clauses"]] == ["c01", "c03"]
    assert "depends_on" not in answer["clauses"][1]
    assert "decisions" not in answer
    assert "council-plan/" not in str(documents)


def test_a_stale_decision_says_so_and_stands_in_the_later_proposal(folder):
    Clause.objects.filter(proposal__slug="council-plan", key="c01").update(text="Four hundred men.")

    documents = exported()

    (answer,) = documents["proposals/front-answer.yaml"]["proposals"]
    assert answer["decisions"][0]["stale"] is True
    assert answer["decisions"][0]["other"] == "council-plan/c01"
    assert "decisions" not in documents["proposals/council-plan.yaml"]["proposals"][0]


def test_a_stale_decision_is_stale_in_the_next_database_too(folder, tmp_path):
    Clause.objects.filter(proposal__slug="council-plan", key="c01").update(text="Four hundred men.")
    export_proposals(tmp_path / "stale")
    first = texts(tmp_path / "stale")
    Decision.objects.all().delete()

    import_proposals([tmp_path / "stale"], overwrite=True)

    assert Decision.objects.select_related("left", "right").get().stale
    export_proposals(tmp_path / "again")
    assert texts(tmp_path / "again") == first


def test_sets_are_written_in_the_order_of_the_taxonomy(folder):
    TopicGroup.objects.create(slug="first", name="First", definition="Before all others.", order=0)

    documents = exported()

    assert documents["disputes.yaml"]["disputes"][0]["topics"] == ["garrison", "ceasefire"]
    assert [group["id"] for group in documents["topics.yaml"]["topic_groups"]] == ["first", "security"]


def test_one_proposal_can_be_exported_alone(folder, tmp_path, capsys):
    call_command("export_proposals", tmp_path / "one", "--proposal", "front-answer")

    assert list(texts(tmp_path / "one")) == ["proposals/front-answer.yaml"]
    assert "not written" not in capsys.readouterr().out.lower()


@pytest.mark.parametrize("slug", ["front-anser", "draft-plan"])
def test_a_proposal_that_is_not_public_cannot_be_exported(folder, tmp_path, slug):
    Proposal.objects.filter(slug="council-plan").update(slug="draft-plan", stage=Stage.DRAFT)

    with pytest.raises(UnknownProposal, match=f"There is no public proposal {slug}"):
        export_proposals(tmp_path / "one", slugs=[slug])
    with pytest.raises(CommandError):
        call_command("export_proposals", tmp_path / "one", "--proposal", slug)


def test_files_of_others_are_left_alone_and_named(folder, capsys):
    (folder / "proposals" / "old-plan.yaml").write_text("format: concordance/1\n")

    call_command("export_proposals", folder)

    assert "left alone: proposals/old-plan.yaml" in capsys.readouterr().out
    assert (folder / "proposals" / "old-plan.yaml").exists()


def test_a_folder_that_cannot_be_made_is_told_in_plain_words(folder, tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(CommandError, match="file"):
        call_command("export_proposals", tmp_path / "file")


def test_an_export_takes_the_same_number_of_queries_for_more_proposals(folder, tmp_path):
    with CaptureQueriesContext(connection) as few:
        list(export_documents())
    files = harbour()
    more = [{**files["plan.yaml"]["proposals"][0], "id": f"plan-{number}"} for number in range(5)]
    import_proposals([write(tmp_path / "more", {"more.yaml": {"format": "concordance/1", "proposals": more}})])

    with CaptureQueriesContext(connection) as many:
        documents = list(export_documents())

    assert len(documents) == 17
    assert len(many) == len(few)


def test_files_that_are_read_in_parts_are_those_of_the_whole_documents(shipped, monkeypatch):
    whole = [(name, yaml_text(document)) for name, document in export_documents()]

    monkeypatch.setattr("proposals.exchange.exporting._PROPOSALS_AT_ONCE", 4)
    monkeypatch.setattr("proposals.exchange.exporting._ROWS_AT_ONCE", 3)

    assert list(export_texts()) == whole
    assert [name for name, _ in export_texts(slugs=["us-28-point-2025-11"])] == ["proposals/us-28-point-2025-11.yaml"]


def test_an_export_holds_the_records_of_one_file_at_a_time(folder):
    files = export_texts()
    next(files)

    with CaptureQueriesContext(connection) as queries:
        next(files)

    assert not any('FROM "proposals_clause"' in query["sql"] for query in queries)


@pytest.mark.django_db(transaction=True)
def test_an_export_is_read_in_one_state_of_the_database(tmp_path, monkeypatch):
    make_proposal("council-plan")
    seen = []

    def replaced(file, text):
        with connection.cursor() as cursor:
            cursor.execute("SHOW transaction_isolation")
            seen.extend(cursor.fetchone())

    monkeypatch.setattr("proposals.exchange.exporting._replace", replaced)
    export_proposals(tmp_path / "out")

    assert set(seen) == {"repeatable read"}
