"""Every fault of a set of files is told at once, with file, line, place and reason."""

import re

import pytest
from django.core.management import CommandError, call_command

from parties.models import Party
from proposals.exchange.faults import UnableToImport
from proposals.exchange.importing import import_proposals
from tests.exchange.harbour import harbour, write

pytestmark = pytest.mark.django_db

PLAN = "plan.yaml"
ANSWER = "answer.yaml"
VOCABULARY = "vocabulary.yaml"
STATEMENTS = "statements.yaml"


def faults_of(folder):
    with pytest.raises(UnableToImport) as refusal:
        import_proposals([folder])
    return [(fault.file.removeprefix(f"{folder}/"), fault.place, fault.reason) for fault in refusal.value.faults]


def set_at(document, place, value):
    """Set what a place such as proposals[0].title names; `...` removes it."""
    steps = [int(step) if step.isdigit() else step for step in re.findall(r"\w+", place)]
    for step in steps[:-1]:
        document = document[step]
    if value is ...:
        del document[steps[-1]]
    else:
        document[steps[-1]] = value


@pytest.mark.parametrize(
    ("file", "place", "value", "reason"),
    [
        # unknown, missing and empty fields
        (PLAN, "colour", 1, "no field of this name"),
        (PLAN, "proposals[0].clauses[0].lable", "x", "no field of this name; did you mean label"),
        (PLAN, "proposals[0].title", ..., "is missing"),
        (PLAN, "proposals[0].clauses[0].number", ..., "is missing"),
        (PLAN, "proposals[0].title", " ", "is empty"),
        (PLAN, "format", "concordance/9", "must be concordance/1, not 'concordance/9'"),
        # wrong types
        (PLAN, "proposals[0].clauses[0].number", 1, "must be a text, not 1; put it in quotes"),
        (PLAN, "proposals[0].clauses[0].text", ["x"], "must be a text, not a list"),
        (PLAN, "proposals[0].clauses[0].note", None, "must be a text, not nothing; leave the field out"),
        (PLAN, "proposals[0].clauses[0].topics", "garrison", "must be a list, not 'garrison'"),
        (PLAN, "proposals[0].clauses[0].parties", ["mediator"], "must be a record, not a list"),
        (PLAN, "proposals[0].clauses[0].terms[0].value", "400", "must be a number, not '400'"),
        (VOCABULARY, "topics[0].core", "yes", "must be true or false, not 'yes'"),
        (PLAN, "proposals[0].clauses", {}, "must be a list, not a record"),
        (PLAN, "proposals", "x", "must be a list, not 'x'"),
        # codes
        (PLAN, "proposals[0].kind", "point_plan", "did you mean points_plan"),
        (PLAN, "proposals[0].clauses_complete", True, "put yes and no in quotes"),
        (PLAN, "proposals[0].clauses[0].modality", "shall", "'shall' is not one of must, must_not, may, aims, expects"),
        # ids and addresses
        (PLAN, "proposals[0].clauses[0].id", "C 01", "'C 01' is not an id"),
        (VOCABULARY, "measures[0].id", "garrison-strength", "is not an id"),
        (ANSWER, "proposals[0].clauses[1].strikes", "c02", "'c02' does not name a clause as proposal/key"),
        # days
        (PLAN, "proposals[0].date", "1 May 2031", "'1 May 2031' is not a day written YYYY-MM-DD"),
        (PLAN, "proposals[0].date", "2031-02-30", "'2031-02-30' is not a day of the calendar"),
        (ANSWER, "proposals[0].decisions[0].decided_at", "noon", "'noon' is not a moment"),
        (ANSWER, "proposals[0].decisions[0].decided_at", "2031-02-30T10:00:00Z", "is not a day of the calendar"),
        # lists
        (PLAN, "proposals[0].clauses[1].topics[1]", "navigation", "'navigation' stands twice in this list"),
        (STATEMENTS, "disputes[0].claims", [], "holds 0 entries; at least 2 are needed"),
        (STATEMENTS, "disputes[0].about[0]", {"clause": "a/b", "person": "x"}, "holds 2 entries; 1 is allowed"),
        (STATEMENTS, "statements[0].topics", [], "holds 0 entries; at least 1 are needed"),
        (STATEMENTS, "statements[1].topics", ..., "is missing"),
        (STATEMENTS, "statements[1].locator", ..., "is missing"),
        (PLAN, "proposals[0].short_title", "x" * 61, "has 61 characters; 60 are allowed"),
        # references
        (
            PLAN,
            "proposals[0].process",
            "southern-coast",
            "there is no process 'southern-coast'; did you mean northern-coast",
        ),
        (PLAN, "proposals[0].clauses[0].topics[0]", "garisson", "there is no topic 'garisson'; did you mean garrison?"),
        (PLAN, "proposals[0].parties.mediator[0]", "nobody", "there is no party 'nobody'"),
        (PLAN, "proposals[0].clauses[0].terms[0].measure", "width", "there is no measure 'width'"),
        (PLAN, "proposals[0].clauses[1].depends_on[0].clause", "c09", "there is no clause 'council-plan/c09'"),
        (
            ANSWER,
            "proposals[0].clauses[1].strikes",
            "council-plan/c99",
            "there is no clause 'council-plan/c99'; did you",
        ),
        (ANSWER, "proposals[0].clauses[2].parent", "c77", "there is no clause 'front-answer/c77'"),
        (ANSWER, "proposals[0].id", "front answer of june", "is not an id"),
        (ANSWER, "proposals[0].id", "front-answer-" * 20 + "1", "80 are allowed"),
        (ANSWER, "proposals[0].decisions[0].clause", "c55", "there is no clause 'front-answer/c55'"),
        (STATEMENTS, "positions[0].person", "stranger", "there is no person 'stranger'"),
        (STATEMENTS, "disputes[0].about[1].position", "p404", "there is no position 'p404'"),
        (STATEMENTS, "statements[0].about[0].clause", "council-plan/c09", "there is no clause 'council-plan/c09'"),
        (VOCABULARY, "parties[3].aliases[1].used_by[0]", "front", "there is no party 'front'"),
        (VOCABULARY, "topics[0].group", "arms", "there is no topic group 'arms'"),
        # rules of the models, from clean() and from constraints
        (PLAN, "proposals[0].clauses[0].terms[0].measure", "withdrawal", "withdrawal measures a duration or deadline."),
        (VOCABULARY, "sources[0].url", "harbour", "Enter a valid URL."),
        (PLAN, "proposals[0].clauses[1].terms[1].value", 2.55555, "no more than 4 decimal places"),
    ],
)
def test_a_fault_is_told_at_its_place(tmp_path, file, place, value, reason):
    files = harbour()
    set_at(files[file], place, value)
    write(tmp_path, files)

    faults = faults_of(tmp_path)

    assert [fault[:2] for fault in faults if reason in fault[2]] == [(file, place)], faults
    assert not Party.objects.exists()


@pytest.mark.parametrize(
    ("file", "place", "change", "reason"),
    [
        (PLAN, "proposals[0]", {"date_precision": "month", "date": "2031-05-02"}, "Write the first day of the period"),
        (PLAN, "proposals[0]", {"date_end": "2031-04-01"}, "The last day is not before the first."),
        (STATEMENTS, "statements[0]", {"party": "mediator"}, "Name the party or the person who says it, not both."),
        (
            STATEMENTS,
            "statements[1]",
            {"date_end": "2031-05-02"},
            "A last day or a text for the date goes with a date.",
        ),
        (
            PLAN,
            "proposals[0].clauses[0].terms[0]",
            {"comparator": "unlimited"},
            "No limit and a limit without a figure",
        ),
        (ANSWER, "proposals[0].clauses[1]", {"modality": "must"}, ""),
        (ANSWER, "proposals[0].decisions[0]", {"verdict": "not_same_matter"}, "Only clauses on the same matter"),
        (VOCABULARY, "parties[1].members[0]", {"party": "league"}, "A party is not a member of itself."),
        (VOCABULARY, "parties[1]", {"members": [{"party": "mediator"}] * 2}, "This membership overlaps another one"),
    ],
)
def test_what_a_constraint_forbids_is_told_in_its_words_at_the_record(tmp_path, file, place, change, reason):
    files = harbour()
    for name, value in change.items():
        set_at(files[file], f"{place}.{name}", value)
    write(tmp_path, files)

    faults = faults_of(tmp_path)

    assert [fault[0] for fault in faults] == [file], faults
    assert faults[0][1].startswith(place)
    assert reason in faults[0][2]


def test_rules_that_need_two_records_are_told_where_they_break(tmp_path):
    files = harbour()
    plan, answer = files[PLAN]["proposals"][0], files[ANSWER]["proposals"][0]
    answer["date"] = "2031-04-01"
    plan["clauses"][0]["parent"] = "c02"
    plan["clauses"][1]["parent"] = "c01"
    plan["text_versions"].append({"name": "print of 3 May", "followed": True})
    files[STATEMENTS]["positions"][0]["clause"] = "front-answer/c01"
    write(tmp_path, files)

    faults = faults_of(tmp_path)

    assert [(place, reason) for _file, place, reason in faults] == [
        ("proposals[0].lineage[0].proposal", "Lineage is stored on the later proposal, and this one is later still."),
        ("proposals[0].text_versions[1]", "The clauses follow one text version only."),
        ("proposals[0].clauses[0].parent", "A clause cannot stand inside one that it encloses."),
        ("proposals[0].clauses[1].parent", "A clause cannot stand inside one that it encloses."),
        ("positions[0].clause", "The clause is one of the proposal named."),
    ]


def test_all_faults_of_all_files_are_listed_in_order_with_their_lines(tmp_path, capsys):
    (tmp_path / "a.yaml").write_text(
        "format: concordance/1\n"
        "parties:\n"
        "- id: coastal-front\n"
        "  name: Coastal Front\n"
        "  kind: navy\n"
        "- id: mediator\n"
        "  name: 7\n"
        "  kind: role\n"
        "  colour: blue\n"
        "- id: coastal-front\n"
        "  name: Front\n"
        "  kind: armed_group\n",
    )
    (tmp_path / "b.json").write_text(
        '{"format": "concordance/1",\n'
        ' "persons": [\n'
        '  {"id": "envoy", "name": "Envoy",\n'
        '   "party": "coastal-frond", "role": "Envoy"}],\n'
        ' "topic_groups": [{"id": "security", "name": "Security",\n'
        '   "name": "Arms", "definition": "Arms."}]}\n',
    )

    with pytest.raises(CommandError, match="6 faults; nothing was written"):
        call_command("import_proposals", tmp_path)

    assert capsys.readouterr().err.replace(f"{tmp_path}/", "").splitlines() == [
        "a.yaml:5: parties[0].kind: 'navy' is not one of state, organisation, group, armed_group, role, commentator",
        "a.yaml:7: parties[1].name: must be a text, not 7; put it in quotes",
        "a.yaml:9: parties[1].colour: no field of this name",
        "a.yaml:10: parties[2].id: party coastal-front stands twice; first in a.yaml:3",
        "b.json:4: persons[0].party: there is no party 'coastal-frond'; did you mean coastal-front?",
        "b.json:6: topic_groups[0].name: the key stands twice; first in line 5",
    ]
    assert not Party.objects.exists()


def test_a_record_that_stands_in_two_files_is_told_with_both_places(tmp_path):
    files = harbour()
    files["plan-again.yaml"] = files[PLAN]
    write(tmp_path, files)

    faults = faults_of(tmp_path)

    assert faults[0] == (
        PLAN,
        "proposals[0].id",
        f"proposal council-plan stands twice; first in {tmp_path}/plan-again.yaml:3",
    )
    assert {place for _file, place, _reason in faults} == {
        "proposals[0].id",
        "proposals[0].clauses[0].id",
        "proposals[0].clauses[1].id",
    }


def test_the_same_pair_decided_from_both_sides_is_told(tmp_path):
    files = harbour()
    files[PLAN]["proposals"][0]["decisions"] = [
        {
            "clause": "c01",
            "other": "front-answer/c01",
            "verdict": "not_same_matter",
            "decided_by": "a third reader",
            "decided_at": "2031-06-05",
        }
    ]
    write(tmp_path, files)

    (fault,) = faults_of(tmp_path)

    assert fault[2].startswith("this pair is decided twice; first in")


def test_references_are_not_judged_while_a_file_cannot_be_read(tmp_path):
    files = harbour()
    write(tmp_path, files)
    (tmp_path / VOCABULARY).write_text("parties: [")

    faults = faults_of(tmp_path)

    assert [(file, reason[:11]) for file, _place, reason in faults] == [(VOCABULARY, "is not YAML")]


def test_two_hundred_faults_are_listed_and_the_rest_counted(tmp_path, capsys):
    parties = [{"id": f"village-{number}", "name": "Village", "kind": "village"} for number in range(250)]
    write(tmp_path, {"parties.yaml": {"format": "concordance/1", "parties": parties}})

    with pytest.raises(CommandError, match=r"250 faults; nothing was written\. The first 200 are listed\."):
        call_command("import_proposals", tmp_path)

    assert len(capsys.readouterr().err.splitlines()) == 200


@pytest.mark.parametrize("content", ["parties: [" + "1, " * 5000 + "]", "a: 1\n" * 5000])
def test_a_file_of_nothing_but_faults_is_given_up(tmp_path, content):
    (tmp_path / "case.yaml").write_text(f"format: concordance/1\n{content}")

    faults = faults_of(tmp_path)

    assert len(faults) == 2001
    assert any("has 2,000 faults or more; it is not" in reason for _file, _place, reason in faults)


@pytest.mark.parametrize(
    "content", ["[]", "text", "1", "null", "parties: {}", "format: concordance/1\nproposals: [1, x, []]"]
)
def test_a_file_of_another_shape_is_refused_in_plain_words(tmp_path, content):
    (tmp_path / "case.yaml").write_text(content)

    assert all(reason for _file, _place, reason in faults_of(tmp_path))
