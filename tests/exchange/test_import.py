"""An import: everything or nothing, and never over an editor's work."""

import pytest
from django.core.management import CommandError, call_command

from parties.models import Party
from proposals.exchange.faults import UnableToImport
from proposals.exchange.importing import import_proposals
from proposals.exchange.plan import Action
from proposals.models import Clause, Decision, ImportedRecord, Position, Proposal, Silence, Source, Stage, Term, Topic
from tests.exchange.harbour import harbour, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def files():
    return harbour()


@pytest.fixture
def folder(tmp_path, files):
    """The case as files, imported."""
    write(tmp_path / "case", files)
    import_proposals([tmp_path / "case"])
    return tmp_path / "case"


def versions():
    return {str(row): row.version for model in (Proposal, Clause, Position) for row in model.objects.all()}


def told(report, action):
    return {f"{change.kind} {change.address}": change.fields for change in report.changes if change.action is action}


def clause(files, number):
    return files["plan.yaml"]["proposals"][0]["clauses"][number]


def test_a_first_import_makes_public_records_of_everything(folder):
    opening = Clause.objects.get(proposal__slug="council-plan", key="c02")

    assert set(Proposal.objects.values_list("slug", "stage")) == {
        ("council-plan", Stage.PUBLIC),
        ("front-answer", Stage.PUBLIC),
    }
    assert opening.stage == Stage.PUBLIC
    assert [link.topic.slug for link in opening.topic_links.order_by("order")] == ["navigation", "ceasefire"]
    assert [str(term.value) for term in opening.terms.filter(kind="duration")] == ["2.5000"]
    assert opening.dependencies.get().target.key == "c01"
    assert opening.struck_by.get().proposal.slug == "front-answer"
    assert Clause.objects.get(key="c03").parent.key == "c01"
    assert (
        Party.objects.get(slug="northern-council").aliases.get(used_by__slug="coastal-front").name.startswith("the up")
    )
    demand = Position.objects.get(slug="p001")
    assert (demand.person.slug, demand.superseded_by.slug) == ("envoy", "p002")


def test_a_second_import_changes_nothing_and_moves_no_version(folder):
    before = versions()

    report = import_proposals([folder])

    assert {change.action for change in report.changes} == {Action.UNCHANGED}
    assert report.writes == 0
    assert versions() == before


def test_a_dry_run_tells_what_would_change_and_changes_nothing(folder, files, capsys):
    clause(files, 0)["text"] = "The Coastal Front keeps at most 300 men in the old harbour."
    clause(files, 0)["terms"][0]["value"] = 300
    clause(files, 0)["note"] = "Corrected."
    files["vocabulary.yaml"]["parties"].append({"id": "fishers", "name": "Fishers", "kind": "group"})
    write(folder, files)
    before = versions()

    call_command("import_proposals", folder, dry_run=True)

    said = capsys.readouterr().out
    assert "changed   clause council-plan/c01: text, terms, note" in said
    assert "new       party fishers" in said
    assert "changed: 1 (1 clause)" in said
    assert versions() == before
    assert not Party.objects.filter(slug="fishers").exists()


def test_only_what_differs_is_written(folder, files):
    clause(files, 1)["condition"] = "once the garrison is cut"
    write(folder, files)
    before = versions()
    terms = set(Term.objects.values_list("pk", flat=True))

    report = import_proposals([folder])

    assert told(report, Action.CHANGED) == {"clause council-plan/c02": ("condition",)}
    moved = {name for name, version in versions().items() if version != before[name]}
    assert moved == {"council-plan/c02: Opening", "Council plan (council-plan)"}
    assert set(Term.objects.values_list("pk", flat=True)) == terms


def test_a_part_is_replaced_as_a_whole(folder, files):
    files["plan.yaml"]["proposals"][0]["silences"] = [
        {"topic": "ceasefire", "reason": "No word of it.", "checked_by": "two readers", "checked_on": "2031-06-03"}
    ]
    clause(files, 1)["topics"] = ["ceasefire"]
    write(folder, files)

    import_proposals([folder])

    assert [silence.topic.slug for silence in Silence.objects.all()] == ["ceasefire"]
    assert [topic.slug for topic in Clause.objects.get(label="Opening").topics.all()] == ["ceasefire"]


def test_a_field_left_out_is_emptied(folder, files):
    del clause(files, 1)["condition"]
    del clause(files, 1)["depends_on"]
    write(folder, files)

    import_proposals([folder])

    opening = Clause.objects.get(label="Opening")
    assert opening.condition == ""
    assert not opening.dependencies.exists()


def test_what_an_editor_changed_is_a_conflict_and_left_alone(folder, files):
    Clause.objects.filter(label="Garrison", proposal__slug="council-plan").update(text="Four hundred men.")
    clause(files, 0)["text"] = "At most 300 men."
    clause(files, 1)["text"] = "The harbour opens in June."
    write(folder, files)

    report = import_proposals([folder])

    assert told(report, Action.CONFLICT) == {"clause council-plan/c01": ("text",)}
    assert told(report, Action.CHANGED) == {"clause council-plan/c02": ("text",)}
    assert Clause.objects.get(proposal__slug="council-plan", key="c01").text == "Four hundred men."
    assert told(import_proposals([folder]), Action.CONFLICT) == {"clause council-plan/c01": ("text",)}


def test_an_editor_who_does_what_the_file_says_is_in_no_conflict(folder, files):
    Clause.objects.filter(label="Opening").update(text="The harbour opens in June.")
    clause(files, 1)["text"] = "The harbour opens in June."
    write(folder, files)

    report = import_proposals([folder])

    assert {change.action for change in report.changes} == {Action.UNCHANGED}
    clause(files, 1)["text"] = "The harbour opens in July."
    write(folder, files)
    assert told(import_proposals([folder]), Action.CHANGED) == {"clause council-plan/c02": ("text",)}


def test_with_overwrite_the_files_win(folder):
    Clause.objects.filter(label="Opening").update(text="Never.")
    Topic.objects.filter(slug="ceasefire").update(name="Truce")

    report = import_proposals([folder], overwrite=True)

    assert told(report, Action.CHANGED) == {"topic ceasefire": ("name",), "clause council-plan/c02": ("text",)}
    assert Clause.objects.get(label="Opening").text.startswith("The harbour opens on 1 June")


def test_a_record_that_no_import_wrote_is_not_taken_over(tmp_path, files):
    Party.objects.create(slug="mediator", name="Our mediator", kind="role")
    Party.objects.create(slug="coastal-front", name="Coastal Front", kind="armed_group")
    write(tmp_path, files)

    report = import_proposals([tmp_path])

    assert told(report, Action.CONFLICT) == {"party mediator": ("name",)}
    assert Party.objects.get(slug="mediator").name == "Our mediator"
    assert "party coastal-front" in told(report, Action.UNCHANGED)


def test_what_an_editor_deleted_comes_back_only_with_overwrite(folder):
    Clause.objects.get(key="c03").delete()

    report = import_proposals([folder])

    assert told(report, Action.CONFLICT) == {"clause front-answer/c03": ()}
    assert not Clause.objects.filter(key="c03").exists()
    import_proposals([folder], overwrite=True)
    assert Clause.objects.get(key="c03").parent.key == "c01"


def test_a_reference_to_what_an_editor_deleted_is_a_fault(folder, files):
    files["statements.yaml"] |= {"disputes": [], "statements": []}
    write(folder, files)
    import_proposals([folder], prune=True)
    Position.objects.get(slug="p001").delete()
    files["statements.yaml"]["disputes"] = harbour()["statements.yaml"]["disputes"]
    write(folder, files)

    with pytest.raises(UnableToImport) as refusal:
        import_proposals([folder])

    assert [fault.reason for fault in refusal.value.faults] == [
        "position p001 was deleted here; --overwrite brings it back"
    ]


def test_what_the_files_lack_is_reported_and_removed_only_with_prune(folder, files):
    del files["answer.yaml"]["proposals"][0]["clauses"][2]
    files["statements.yaml"]["disputes"] = []
    write(folder, files)

    report = import_proposals([folder])

    absent = {"clause front-answer/c03": (), "dispute d01": ()}
    assert told(report, Action.ABSENT) == absent
    assert Clause.objects.filter(key="c03").exists()
    assert told(import_proposals([folder], prune=True), Action.REMOVED) == absent
    assert not Clause.objects.filter(key="c03").exists()
    assert {change.action for change in import_proposals([folder]).changes} == {Action.UNCHANGED}


def test_a_single_file_says_nothing_about_records_of_other_files(folder, files):
    del files["answer.yaml"]["proposals"][0]["clauses"][2]
    write(folder, files)

    report = import_proposals([folder / "answer.yaml"], prune=True)

    assert told(report, Action.REMOVED) == {"clause front-answer/c03": ()}
    assert Proposal.objects.count() == 2
    assert Source.objects.count() == 1


def test_a_whole_case_can_be_pruned(folder, tmp_path, files):
    empty = write(tmp_path / "empty", {"vocabulary.yaml": {**files["vocabulary.yaml"], "sources": []}})

    report = import_proposals([empty], prune=True)

    assert report.count(Action.REMOVED) == 2 + 5 + 1 + 2 + 1 + 1 + 2
    assert not Proposal.objects.exists()
    assert not Source.objects.exists()


def test_what_is_still_in_use_is_not_removed(folder, files):
    Position.objects.create(
        slug="p900",
        party=Party.objects.get(slug="coastal-front"),
        topic=Topic.objects.get(slug="garrison"),
        proposal=Proposal.objects.get(slug="front-answer"),
        clause=Clause.objects.get(key="c03"),
        date="2031-07-01",
        stance="states",
        statement="Noted by an editor.",
        source=Source.objects.get(),
        evidence="full_text",
        confidence="high",
    )
    del files["answer.yaml"]["proposals"][0]["clauses"][2]
    write(folder, files)

    with pytest.raises(UnableToImport) as refusal:
        import_proposals([folder], prune=True)

    assert "clause front-answer/c03: is still in use by position p900" in str(refusal.value.faults[0])
    assert Clause.objects.filter(key="c03").exists()


def test_pruning_takes_no_work_of_editors_along(folder, files):
    plan = Proposal.objects.get(slug="front-answer")
    Clause.objects.create(proposal=plan, key="c90", number="90", label="Added", text="By an editor.", order=9)
    del files["answer.yaml"]
    (folder / "answer.yaml").unlink()

    report = import_proposals([folder], prune=True)

    assert told(report, Action.CONFLICT) == {"proposal front-answer": ()}
    assert Clause.objects.filter(key="c90").exists()


def test_an_edited_record_that_the_files_lack_is_kept(folder, files):
    Clause.objects.filter(key="c03").update(text="Pilots are paid.")
    del files["answer.yaml"]["proposals"][0]["clauses"][2]
    write(folder, files)

    report = import_proposals([folder], prune=True)

    assert told(report, Action.CONFLICT) == {"clause front-answer/c03": ()}
    assert Clause.objects.filter(key="c03").exists()


def test_a_fault_in_the_last_file_keeps_everything_out(tmp_path, files, capsys):
    files["statements.yaml"]["positions"][0]["stance"] = "insists"
    write(tmp_path, files)

    with pytest.raises(CommandError, match="1 fault; nothing was written"):
        call_command("import_proposals", tmp_path)

    assert "'insists' is not one of demands, rejects" in capsys.readouterr().err
    assert not Party.objects.exists()
    assert not ImportedRecord.objects.exists()


def test_a_rule_of_the_models_keeps_everything_out(tmp_path, files):
    clause(files, 0)["modality"] = "must"
    clause(files, 0)["kind"] = "placeholder"
    write(tmp_path, files)

    with pytest.raises(UnableToImport):
        import_proposals([tmp_path])

    assert not Party.objects.exists()


def test_a_decision_holds_for_the_clauses_as_they_were_imported(folder):
    decision = Decision.objects.select_related("left", "right").get()

    assert not decision.stale
    assert decision.left_version > 0


def test_a_decision_becomes_stale_when_a_text_changes_and_stays_so(folder, files):
    clause(files, 0)["text"] = "The Coastal Front keeps at most 450 men."
    write(folder, files)

    first = import_proposals([folder])
    second = import_proposals([folder])

    assert told(first, Action.CHANGED) == {"clause council-plan/c01": ("text",)}
    assert second.writes == 0
    assert second.count(Action.CONFLICT) == 0
    assert Decision.objects.select_related("left", "right").get().stale


def test_a_decision_given_anew_holds_for_the_present_clauses(folder, files):
    clause(files, 0)["text"] = "The Coastal Front keeps at most 450 men."
    files["answer.yaml"]["proposals"][0]["decisions"][0] |= {"decided_at": "2031-07-01T09:00:00+02:00"}
    write(folder, files)

    report = import_proposals([folder])

    assert told(report, Action.CHANGED)["decision council-plan/c01 front-answer/c01"] == ("decided_at",)
    assert not Decision.objects.select_related("left", "right").get().stale


def test_a_decision_marked_stale_is_imported_stale_until_the_mark_is_gone(tmp_path, files):
    decision = files["answer.yaml"]["proposals"][0]["decisions"][0]
    decision["stale"] = True
    write(tmp_path, files)
    import_proposals([tmp_path])
    assert Decision.objects.select_related("left", "right").get().stale

    del decision["stale"]
    write(tmp_path, files)
    report = import_proposals([tmp_path])

    assert told(report, Action.CHANGED) == {"decision council-plan/c01 front-answer/c01": ("stale",)}
    assert not Decision.objects.select_related("left", "right").get().stale


def test_a_list_of_the_whole_taxonomy_orders_it_and_a_part_of_it_moves_nothing(folder, files, tmp_path):
    topics = files["vocabulary.yaml"]["topics"]
    files["vocabulary.yaml"]["topics"] = topics[::-1]
    write(folder, files)
    fishing = {"id": "fishing", "group": "security", "name": "Fishing", "definition": "Nets.", "core": False}
    part = {"some.yaml": {"format": "concordance/1", "topics": [fishing, topics[0]]}}

    import_proposals([folder])
    write(tmp_path / "part", part)
    import_proposals([tmp_path / "part" / "some.yaml"])

    assert [topic.slug for topic in Topic.objects.in_taxonomy_order()] == [
        "navigation",
        "ceasefire",
        "garrison",
        "fishing",
    ]
