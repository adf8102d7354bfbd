"""Gold pairs as commands read them."""

import copy

import pytest
import yaml
from django.core.management import CommandError

from proposals.management.gold import examples, read_folder, read_pairs, read_same_texts
from tests.factories import make_clause, make_proposal
from tests.management.gold_files import a_pair, write_pairs

PAIR = a_pair("council-plan", "front-answer")


def spoilt(*place, value):
    """The pair with something else at a place."""
    pair = copy.deepcopy(PAIR)
    at = pair
    for key in place[:-1]:
        at = at[key]
    at[place[-1]] = value
    return pair


FAULTS = [
    # what stands where, and what is said of it
    (("pair",), 7, "pair: not a name"),
    (("left",), "council-plan", "left: no document"),
    (("right", "clauses"), [], "right: no clauses"),
    (("left", "clauses", 1, "id"), 2, "left, clause 2: no id"),
    (("left", "clauses", 1, "id"), "c01", "left, clause 2: the id c01 is taken"),
    (("right", "clauses", 3, "text"), None, "right, clause 4: no text"),
    (("right", "clauses", 0, "topics"), "garrison", "right, clause 1: topics are not a list of names"),
    (("links",), {}, "links: not a list"),
    (("links", 2), "c03", "links, entry 3: not left, right and relation"),
    (("links", 1, "right"), "c09", "links, entry 2: 'c09' is no clause of the right side"),
    (("links", 0, "relation"), "same", "links, entry 1: relation 'same' is none of equivalent, overlap, conflict"),
    (("links", 0, "kinds"), ["tone"], r"links, entry 1: kinds \['tone'\] are not all of quantity"),
    (("links", 1), PAIR["links"][0], "links, entry 2: c01 and c01 are linked already"),
]


@pytest.mark.parametrize(("place", "value", "said"), FAULTS)
def test_a_fault_is_named_with_its_file_and_place(tmp_path, place, value, said):
    path = tmp_path / "pair.yaml"
    path.write_text(yaml.safe_dump(spoilt(*place, value=value)))

    with pytest.raises(CommandError, match=rf"pair\.yaml: {said}"):
        read_pairs([path])


def test_faults_beyond_the_tenth_are_counted(tmp_path):
    path = tmp_path / "pair.yaml"
    path.write_text(yaml.safe_dump(spoilt("links", value=[{}] * 5)))

    # Each link lacks both ends and a relation, and from the second on it is the one before.
    with pytest.raises(CommandError, match=r"pair\.yaml: and 9 more"):
        read_pairs([path])


def test_yaml_that_cannot_be_read_is_named_with_its_line(tmp_path):
    path = tmp_path / "pair.yaml"
    path.write_text("format: clause-alignment-gold/1\npair: [\n")

    with pytest.raises(CommandError, match=r"pair\.yaml: [\s\S]*line 3"):
        read_pairs([path])


def test_two_files_on_one_pair_are_refused(tmp_path):
    for name in ("one.yaml", "two.yaml"):
        (tmp_path / name).write_text(yaml.safe_dump(PAIR))

    with pytest.raises(CommandError, match=r"two\.yaml: the pair council-plan__front-answer is in .*one\.yaml already"):
        read_folder(tmp_path)


def test_a_folder_without_pairs_is_refused(tmp_path):
    with pytest.raises(CommandError, match="no gold pairs"):
        read_folder(tmp_path)


def test_a_folder_is_read_by_file_name(tmp_path):
    gold, _ = write_pairs(tmp_path)

    assert [pair["pair"] for pair in read_folder(gold)] == ["council-draft__front-draft", "council-plan__front-answer"]


@pytest.mark.parametrize("content", ["- council-plan", "council-plan: [front-answer]", "1: 2"])
def test_same_texts_are_names_for_names(tmp_path, content):
    path = tmp_path / "same.yaml"
    path.write_text(content)

    with pytest.raises(CommandError, match=r"same\.yaml: not a list of lines"):
        read_same_texts(path)


@pytest.mark.django_db
def test_the_vocabulary_of_an_example_is_made_without_its_texts_under_any_name():
    for slug in ("council-plan", "council-leak", "mediator-text"):
        make_clause(make_proposal(slug), text=f"The {slug} opens the harbour.")
    pair = a_pair("council-plan", "front-answer")
    pair["left"]["document"] = "plan-retold"

    [example] = examples([pair], same_texts={"plan-retold": "council-plan", "council-leak": "council-plan"})

    assert example.documents == {"council-plan", "front-answer"}
    assert example.vocabulary.documents == 1


@pytest.mark.django_db
def test_places_parties_and_topics_stay_in_the_vocabulary_of_an_example():
    make_clause(make_proposal("council-plan"), territories=["old-harbour"], topics=["ceasefire"])

    [example] = examples([a_pair("council-plan", "front-answer") | {"left": _listing("council-plan")}], same_texts={})

    assert example.vocabulary.documents == 0
    assert list(example.vocabulary.places) == ["old-harbour"]
    assert [entry.slug for entry in example.vocabulary.taxonomy] == ["ceasefire"]


def _listing(document):
    return {"document": document, "clauses": [{"id": "c01", "text": "As stored."}]}
