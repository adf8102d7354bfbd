"""manage.py compare: the concordance offline, of stored proposals and of files."""

import datetime
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from proposals.comparison import INCLUDES, compare
from proposals.exchange.exporting import export_proposals
from proposals.rendering.files import FILES, comparison_file
from tests.factories import make_clause, make_proposal, make_term

pytestmark = pytest.mark.django_db


@pytest.fixture
def plans():
    plan = make_proposal("council-plan", short_title="Council plan")
    answer = make_proposal("front-answer", short_title="Front answer", date=datetime.date(2031, 6, 1))
    for proposal, strength in ((plan, 500), (answer, 800)):
        text = f"The garrison of the old harbour has at most {strength} soldiers."
        make_term(make_clause(proposal, text=text, topics=["garrison"]), value=strength)


def said(*names, **options):
    out = StringIO()
    call_command("compare", *names, stdout=out, **options)
    return out.getvalue()


def test_json_is_the_document_that_the_api_answers(plans):
    document = json.loads(said("council-plan", "front-answer", json=True))

    assert document == compare(proposals=["council-plan", "front-answer"])


def test_for_people_both_values_stand_on_one_line(plans):
    text = said("council-plan", "front-answer")

    assert "[diverge] Garrison" in text
    assert "≠ quantity: at most 500 persons / at most 800 persons" in text
    assert "The garrison of the old harbour has at most 500 soldiers. (paraphrase)" in text


def test_a_file_of_one_object_is_laid_beside_a_stored_proposal(plans, tmp_path):
    leak = tmp_path / "leak.json"
    leak.write_text('{"clauses": [{"id": "c1", "text": "The garrison of the old harbour has at most 900 soldiers."}]}')

    document = json.loads(said("council-plan", str(leak), json=True))

    assert [head["slug"] for head in document["proposals"]] == ["council-plan", "draft-2"]
    assert document["rows"][0]["cells"][1]["clauses"] == ["draft-2/c1"]


def test_exported_files_say_what_the_stored_proposals_say(plans, tmp_path):
    export_proposals(tmp_path)
    files = [str(tmp_path / "proposals" / f"{slug}.yaml") for slug in ("council-plan", "front-answer")]

    from_files = json.loads(said(*files, json=True))

    stored = compare(proposals=["council-plan", "front-answer"])
    assert [row["id"] for row in from_files["rows"]] == [row["id"] for row in stored["rows"]]
    assert [row["kind"] for row in from_files["rows"]] == [row["kind"] for row in stored["rows"]]


REFUSED = [
    # names on the command line, and what is said of them
    (["council-plan"], "2 to 8 proposals"),
    (["council-plan", "front-anser"], "no proposal front-anser. Near it: front-answer"),
    (["council-plan", "nowhere.yaml"], "nowhere.yaml"),
]


@pytest.mark.parametrize(("names", "reason"), REFUSED)
def test_what_cannot_be_compared_is_said_plainly(plans, names, reason):
    with pytest.raises(CommandError, match=reason):
        said(*names)


def test_a_bad_file_is_refused_with_file_and_line(plans, tmp_path):
    leak = tmp_path / "leak.yaml"
    leak.write_text("format: concordance/1\nproposals:\n- id: leak\n  colour: blue\n")

    with pytest.raises(CommandError, match=r"leak\.yaml:4: .*colour"):
        said("council-plan", str(leak))


@pytest.mark.parametrize("name", FILES)
def test_a_comparison_is_written_as_a_file_with_its_readings(plans, tmp_path, name):
    target = tmp_path / f"table.{name}"

    said("council-plan", "front-answer", format=name, output=str(target))

    document = compare(proposals=["council-plan", "front-answer"], include=INCLUDES)
    assert target.read_bytes() == comparison_file(document, name=name)


@pytest.mark.parametrize("options", [{"format": "csv"}, {"output": "table.csv"}])
def test_a_format_and_a_file_belong_together(plans, options):
    with pytest.raises(CommandError, match="belong together"):
        said("council-plan", "front-answer", **options)


def test_a_file_that_cannot_be_written_is_named(plans, tmp_path):
    with pytest.raises(CommandError, match="Is a directory"):
        said("council-plan", "front-answer", format="csv", output=str(tmp_path))


def test_a_text_gives_no_orders_to_the_terminal(plans, tmp_path):
    leak, broken = tmp_path / "leak.json", tmp_path / "broken.json"
    leak.write_text('{"clauses": [{"id": "c1", "text": "The garrison\\u001b[2J\\u009b1A of the old harbour\\u0007."}]}')
    broken.write_text('{"colour\\u001b[2J\\nleak.json:1: all is well": 1}')

    text = said("council-plan", str(leak))
    with pytest.raises(CommandError) as refused:
        said("council-plan", str(broken))

    assert "The garrison␛[2J\ufffd1A of the old harbour␇." in text
    assert "\x1b" not in f"{text}{refused.value}"
    assert "\nleak.json:1" not in str(refused.value)
