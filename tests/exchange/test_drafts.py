"""Texts that are compared without being stored."""

import json

import pytest

from proposals.comparison import compare
from proposals.exchange.drafts import UnreadableDraft, read_draft, read_draft_file
from proposals.exchange.faults import UnableToImport
from proposals.exchange.importing import import_proposals
from proposals.models import Proposal
from tests.exchange.harbour import PLAN, harbour, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def _stored(tmp_path):
    import_proposals([write(tmp_path / "case", harbour())])


def faults_of(value):
    with pytest.raises(UnreadableDraft) as refusal:
        read_draft(value, place=1, pointer="/proposals/0")
    return [(fault.pointer, fault.code) for fault in refusal.value.faults]


def test_a_clause_needs_an_id_and_a_text_only():
    draft = read_draft({"clauses": [{"id": "c01", "text": "The harbour opens."}]}, place=2)

    assert draft.slug == "draft-2"
    (clause,) = draft.clauses
    assert (clause["id"], clause["label"], clause["order"]) == ("draft-2/c01", "The harbour opens.", 1)
    assert clause["number"] is clause["evidence"] is clause["modality"] is None
    assert clause["wording"] == "paraphrase"


@pytest.mark.usefixtures("_stored")
def test_a_coded_clause_keeps_all_that_is_coded():
    draft = read_draft({"slug": "leak", "clauses": PLAN["clauses"]}, place=1)

    garrison, opening = draft.clauses
    assert garrison["roles"] == [
        {"role": "obligated", "party": "coastal-front"},
        {"role": "beneficiary", "party": "northern-council"},
    ]
    assert (garrison["terms"][0]["value"], garrison["terms"][0]["unit"]) == (400, "persons")
    assert garrison["permanence"] == "permanent"
    assert garrison["evidence"] == "full_text"
    assert opening["depends_on"] == [{"relation": "after", "clause": "leak/c01", "note": None}]


@pytest.mark.usefixtures("_stored")
def test_a_draft_of_a_stored_text_is_compared_like_it():
    draft = read_draft({"slug": "leak", "clauses": PLAN["clauses"]}, place=1)

    document = compare(proposals=["council-plan", draft])

    assert {row["relation"] for row in document["rows"]} == {"equivalent"}


def test_plain_text_is_split_by_its_numbering():
    draft = read_draft({"text": "1. The harbour opens.\n2. The garrison leaves."}, place=1)

    assert [(clause["key"], clause["number"], clause["text"]) for clause in draft.clauses] == [
        ("c01", "1", "The harbour opens."),
        ("c02", "2", "The garrison leaves."),
    ]
    assert {clause["wording"] for clause in draft.clauses} == {"verbatim"}


@pytest.mark.usefixtures("_stored")
@pytest.mark.parametrize(
    ("value", "pointer", "code"),
    [
        # not the shape
        ([], "", "wrong_type"),
        ({}, "", "clauses_or_text"),
        ({"text": "x", "clauses": [{"id": "c01", "text": "x"}]}, "", "clauses_or_text"),
        ({"text": " "}, "/text", "empty"),
        ({"text": "x", "slug": "Not a slug"}, "/slug", "not_an_id"),
        ({"text": "x", "title": "x"}, "/title", "unknown_field"),
        ({"clauses": []}, "/clauses", "too_few"),
        ({"clauses": [{"id": "c01"}]}, "/clauses/0/text", "missing"),
        ({"clauses": [{"id": "c01", "text": 7}]}, "/clauses/0/text", "wrong_type"),
        ({"clauses": [{"id": "c01", "text": "x", "modality": "shall"}]}, "/clauses/0/modality", "unknown_code"),
        ({"clauses": [{"id": "c01", "text": "x"}] * 2}, "/clauses/1/id", "twice"),
        # names nothing
        ({"clauses": [{"id": "c01", "text": "x", "topics": ["garisson"]}]}, "/clauses/0/topics/0", "unknown_topic"),
        ({"clauses": [{"id": "c01", "text": "x", "sources": ["paper"]}]}, "/clauses/0/sources/0", "unknown_source"),
        ({"clauses": [{"id": "c01", "text": "x", "parent": "c02"}]}, "/clauses/0/parent", "unknown_clause"),
        (
            {"clauses": [{"id": "c01", "text": "x", "parties": {"obligated": ["nobody"]}}]},
            "/clauses/0/parties/obligated/0",
            "unknown_party",
        ),
        # JSON that Python reads and no database holds
        (
            {"clauses": [{"id": "c01", "text": "x", "terms": [{"kind": "quantity", "measure": "x", "value": 1e999}]}]},
            "/clauses/0/terms/0/value",
            "too_large",
        ),
        (
            {"clauses": [{"id": "c01", "text": "x", "terms": [{"kind": "quantity", "measure": "x", "value": 1e300}]}]},
            "/clauses/0/terms/0/value",
            "too_large",
        ),
    ],
)
def test_what_is_no_draft_is_told_by_pointer_and_code(value, pointer, code):
    assert (f"/proposals/0{pointer}", code) in faults_of(value)


def test_all_faults_are_told_at_once_and_nothing_is_stored():
    clauses = [{"id": "c01", "text": "x", "colour": 1}, {"id": "c01", "text": ""}]

    assert faults_of({"clauses": clauses}) == [
        ("/proposals/0/clauses/0/colour", "unknown_field"),
        ("/proposals/0/clauses/1/id", "twice"),
        ("/proposals/0/clauses/1/text", "empty"),
    ]
    assert not Proposal.objects.exists()


@pytest.mark.usefixtures("_stored")
def test_a_file_of_one_proposal_is_a_draft(tmp_path):
    files = {"leak.yaml": {"format": "concordance/1", "proposals": [{**PLAN, "id": "leak"}]}}
    write(tmp_path, files)

    draft = read_draft_file(tmp_path / "leak.yaml", place=1)

    assert (draft.slug, draft.title, len(draft.clauses)) == ("leak", "Council plan", 2)


def test_a_file_of_the_other_shape_is_a_draft(tmp_path):
    (tmp_path / "leak.json").write_text(json.dumps({"slug": "leak", "text": "(a) One.\n(b) Two."}))

    draft = read_draft_file(tmp_path / "leak.json", place=1)

    assert [clause["id"] for clause in draft.clauses] == ["leak/c01", "leak/c02"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ('{"clauses": [\n{"id": "c01"}]}', "leak.json:2: clauses[0].text: is missing"),
        ('{"clauses": [', "leak.json:1: is not JSON"),
        ('{"format": "concordance/1"}', "leak.json:1: proposals: holds 0 proposals; a comparison takes a file of one"),
        ('{"format": "concordance/1",\n"proposals": 1}', "leak.json:2: proposals: must be a list, not 1"),
        ("[]", "leak.json:1: must be a record, not a list"),
    ],
)
def test_a_file_that_is_no_draft_is_told_with_its_lines(tmp_path, content, told):
    (tmp_path / "leak.json").write_text(content)

    with pytest.raises(UnableToImport) as refusal:
        read_draft_file(tmp_path / "leak.json", place=1)

    assert told in str(refusal.value.faults[0])
