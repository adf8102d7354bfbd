"""manage.py report_accuracy: the page that says how far the engine can be relied on."""

import json
from io import StringIO
from pathlib import Path

import pytest
import yaml
from django.core.management import CommandError, call_command

from proposals.alignment import DEFAULT
from proposals.comparison import current_vocabulary
from tests.factories import make_clause, make_proposal
from tests.management.gold_files import write_pairs

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[2]
ABOUT = {
    "gold": "Drawn by the mediator.",
    "readings": "Drawn by nobody in particular.",
    "chosen": "All was chosen by lot.",
    "apart": "It lay in a drawer.",
    "near_verbatim": ["council-plan__front-answer"],
    "kept_apart": ["front-offer__mediator-offer"],
}


@pytest.fixture
def arguments(tmp_path):
    """Two gold pairs, two readings, and what is known of them, beside a vocabulary of one stored text."""
    make_clause(make_proposal("harbour-rules"), text="The harbour is lit at night.")
    call_command("freeze_vocabulary", stdout=StringIO())
    gold, readings = write_pairs(tmp_path)
    about = tmp_path / "about.yaml"
    about.write_text(yaml.safe_dump(ABOUT))
    return {"gold": gold, "readings": readings, "about": about, "out": tmp_path / "accuracy.md"}


def page(arguments, **changes):
    call_command("report_accuracy", **(arguments | changes))
    return arguments["out"].read_text(encoding="utf-8")


def rows(text, heading):
    """The table below a heading: its rows by their first cell."""
    lines = text.split(f"{heading}\n", 1)[1].splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith("|"))
    table = []
    for line in lines[start:]:
        if not line.startswith("|"):
            break
        table.append([cell.strip() for cell in line.strip("|").split("|")])
    head, _, *body = table
    return {row[0]: dict(zip(head[1:], row[1:], strict=True)) for row in body}


def test_the_page_tells_the_figures_of_each_group_of_pairs(arguments):
    text = page(arguments)

    found = rows(text, "### With what is coded, one pair left out")
    assert list(found["link F1"]) == ["all (4)", "gold (2)", "near-verbatim (1)", "independent (3)"]
    # Each clause is about another subject than all others, and the weights come from pairs of the same kind.
    assert found["link F1"]["all (4)"] == found["MRR"]["all (4)"] == "1.00 (1.00-1.00)"
    assert rows(text, "### Texts alone, one document left out")["hit@3"]["gold (2)"] == "1.00 (1.00-1.00)"


def test_the_page_has_a_line_for_each_pair_and_marks_those_kept_apart(arguments):
    found = rows(page(arguments), "## Pair by pair")

    assert list(found) == [
        "`council-draft__front-draft`",
        "`council-plan__front-answer`",
        "`council-memo__mediator-text`",
        "`front-offer__mediator-offer` *",
    ]
    assert found["`council-plan__front-answer`"]["clauses"] == "5 x 4"
    assert found["`council-plan__front-answer`"]["F1"] == "1.00"


def test_the_page_says_who_drew_the_pairs_and_what_was_not_held_out(arguments):
    text = " ".join(page(arguments).split())

    assert "2 pairs, 8 sure links, 0 doubtful ones. Drawn by the mediator." in text
    assert "Drawn by nobody in particular." in text
    assert "All was chosen by lot." in text


def test_the_pairs_kept_apart_have_a_table_of_their_own(arguments):
    text = page(arguments)

    found = rows(text, "### The pairs kept apart")
    assert "It lay in a drawer." in text
    assert found["link F1"]["coded, other pairs"] == "1.00 (1.00-1.00)"


def test_without_anything_known_of_the_pairs_the_page_leaves_it_out(arguments):
    text = page(arguments, about=None)

    assert "kept apart" not in text
    assert list(rows(text, "### With what is coded, one pair left out")["MRR"]) == ["all (4)", "gold (2)"]


def test_the_figures_as_delivered_are_those_that_evaluate_alignment_prints(arguments):
    out = StringIO()
    call_command("evaluate_alignment", *sorted(arguments["gold"].glob("*.yaml")), json=True, stdout=out)
    told = json.loads(out.getvalue())["all"]

    text = page(arguments).split("### As delivered")[1].split("##")[0].replace("\n", " ")

    for name, value in (
        ("link F1", told["links"]["f1"]),
        ("gap F1", told["gaps"]["f1"]),
        ("relation accuracy", told["relation_accuracy"]),
        ("conflict F1", told["conflicts"]["f1"]),
        ("kinds F1", told["kinds"]["f1"]),
        ("MRR", told["mrr"]),
        ("hit@3", told["hit_at_3"]),
    ):
        assert f"{name} {f'{value:.2f}'.removeprefix('0')}" in text


def test_simpler_methods_stand_beside_the_engine(arguments):
    text = page(arguments)

    found = rows(text, "## Simpler methods on the same pairs")
    engine = rows(text, "### With what is coded, one pair left out")["link F1"]["all (4)"]
    assert found["the engine, with what is coded"]["link F1"] == engine
    assert found["TF-IDF + topics"]["hit@3"] == "1.00"


def test_mistakes_are_shown_with_both_texts_and_what_the_readers_say(arguments):
    path = arguments["gold"] / "council-plan__front-answer.yaml"
    pair = yaml.safe_load(path.read_text())
    pair["links"] = [link for link in pair["links"] if link["left"] != "c03"]
    path.write_text(yaml.safe_dump(pair))

    text = page(arguments).split("### Links the readers did not draw (1 in all)")[1].split("###")[0]

    assert "The readers: no link." in text
    assert "- `council-plan/c03`: Mail between the coasts is carried each week." in text
    assert "- `front-answer/c03`: Mail between the coasts is carried twice a week." in text


def test_mistakes_on_pairs_kept_apart_are_not_shown(arguments):
    path = arguments["readings"] / "front-offer__mediator-offer.yaml"
    pair = yaml.safe_load(path.read_text())
    path.write_text(yaml.safe_dump(pair | {"links": pair["links"][:3]}))

    assert "`front-offer/c04`" not in page(arguments)
    assert "`front-offer/c04`" in page(arguments, about=None)


def test_a_second_run_writes_the_same_bytes(arguments):
    assert page(arguments) == page(arguments)


def test_no_line_of_prose_is_longer_than_an_editor_shows(arguments):
    lines = [line for line in page(arguments).splitlines() if not line.startswith("|")]

    assert max(map(len, lines)) <= 120


def test_a_pair_that_shares_a_text_with_all_others_cannot_be_measured(arguments, tmp_path):
    same = tmp_path / "same.yaml"
    same.write_text("".join(f"{name}: front-answer\n" for name in ("front-draft", "mediator-text", "mediator-offer")))

    with pytest.raises(CommandError, match=r"council-draft__front-draft: .*nothing can be fitted"):
        page(arguments, same_texts=same)


REFUSED = [
    # what is said of the pairs, and the answer
    ("kept_apart: [nowhere]", r"about\.yaml: kept_apart: no pair nowhere"),
    ("colour: blue", r"about\.yaml: holds other entries than gold, readings"),
    ("- gold", r"about\.yaml: holds other entries"),
]


@pytest.mark.parametrize(("content", "said"), REFUSED)
def test_what_is_said_of_the_pairs_must_fit_them(arguments, content, said):
    arguments["about"].write_text(content)

    with pytest.raises(CommandError, match=said):
        page(arguments)


def test_without_a_vocabulary_nothing_is_measured(tmp_path):
    gold, readings = write_pairs(tmp_path)

    with pytest.raises(CommandError, match="There is no vocabulary"):
        call_command("report_accuracy", gold=gold, readings=readings, out=tmp_path / "accuracy.md")


def test_a_pair_is_gold_or_a_reading_and_not_both(arguments):
    with pytest.raises(CommandError, match="council-draft__front-draft, council-plan__front-answer is in"):
        page(arguments, readings=arguments["gold"])


@pytest.mark.usefixtures("shipped")
def test_the_page_in_the_repository_is_of_these_pairs_this_method_and_this_data():
    text = (ROOT / "docs" / "accuracy.md").read_text(encoding="utf-8")

    named = [
        f"`{file.stem}`"
        for folder in ("gold", "readings")
        for file in (ROOT / "tests/alignment" / folder).glob("*.yaml")
    ]
    named += [DEFAULT.weights_digest, DEFAULT.thresholds_digest, current_vocabulary().id]
    assert [name for name in named if name not in text] == [], "Write the page anew: make accuracy"
