"""manage.py fit_alignment: weights to be put into method.py."""

import ast
from io import StringIO

import pytest
from django.core.management import call_command

from proposals.alignment import DEFAULT
from tests.factories import make_clause, make_proposal, make_topic
from tests.management.gold_files import SUBJECTS, write_pairs

pytestmark = pytest.mark.django_db


@pytest.fixture
def files(tmp_path):
    return sorted(file for folder in write_pairs(tmp_path) for file in folder.glob("*.yaml"))


def printed(*files, **options):
    out, err = StringIO(), StringIO()
    call_command("fit_alignment", *files, stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def test_the_weights_are_python_with_every_profile_and_part_of_the_method(files):
    text, _ = printed(*files)

    weights = ast.literal_eval(text)
    assert {profile: list(parts) for profile, parts in weights.items()} == {
        profile: list(parts) for profile, parts in DEFAULT.weights.items()
    }
    assert weights["wording"] != DEFAULT.weights["wording"]


def test_the_same_files_give_the_same_text(files):
    assert printed(*files) == printed(*files)


def test_what_nothing_can_be_learned_of_stays_and_is_said(files):
    text, said = printed(*files)

    assert ast.literal_eval(text)["coding+text"] == DEFAULT.weights["coding+text"]
    assert "coding+text: as before" in said
    assert "meaning: as before" in said


def test_what_is_coded_is_learned_of_where_the_topics_are_known(files):
    for topic in (*(topic for topic, _ in SUBJECTS), "lighthouse"):
        make_topic(topic)

    text, said = printed(*files)

    assert ast.literal_eval(text)["coding+text"] != DEFAULT.weights["coding+text"]
    assert "coding+text" not in said


def test_texts_under_another_name_are_left_out_of_the_vocabulary(files, tmp_path):
    make_clause(
        make_proposal("council-leak"), text="The lighthouse burns all night and all day.", topics=["lighthouse"]
    )
    same = tmp_path / "same.yaml"
    same.write_text(
        "council-plan: council-leak\ncouncil-draft: council-leak\ncouncil-memo: council-leak\n"
        "front-offer: council-leak\n"
    )

    apart, _ = printed(*files, same_texts=same)

    # With nothing stored there is nothing to leave out, but the taxonomy stays.
    assert apart != printed(*files)[0]
