"""The gate before a release: edits that break clients are named, harmless ones pass."""

import copy

import pytest

from scripts import contract
from scripts.contract import breaking_changes

_CLAUSES = "/api/v1/clauses/"
_COMPARISONS = "/api/v1/comparisons/"


@pytest.fixture(scope="module")
def released():
    return contract.load(contract.CURRENT)


@pytest.fixture
def edited(released):
    return copy.deepcopy(released)


def schema(document, name):
    return document["components"]["schemas"][name]


def parameter(document, name, path=_CLAUSES):
    (found,) = [one for one in document["paths"][path]["get"]["parameters"] if one["name"] == name]
    return found


def a_path_is_gone(document):
    del document["paths"][_CLAUSES]


def a_field_is_gone(document):
    del schema(document, "Position")["properties"]["stance"]
    schema(document, "Position")["required"].remove("stance")


def a_field_is_renamed(document):
    clause = schema(document, "Clause")["properties"]
    clause["title"] = clause.pop("label")


def a_field_may_be_missing(document):
    schema(document, "Row")["required"].remove("cells")


def a_field_has_another_type(document):
    schema(document, "Clause")["properties"]["order"] = {"type": "string"}


def a_field_in_a_map_has_another_type(document):
    schema(document, "ComparisonSummary")["properties"]["coverage"]["additionalProperties"] = {"type": "string"}


def a_field_may_be_null(document):
    schema(document, "Position")["properties"]["topic"] = {"type": ["string", "null"]}


def a_code_of_a_nullable_field_is_gone(document):
    schema(document, "Unit")["enum"].remove("km")


def an_operation_id_is_renamed(document):
    document["paths"][_CLAUSES]["get"]["operationId"] = "clauses_search"


def a_type_is_renamed(document):
    document["components"]["schemas"]["Objection"] = document["components"]["schemas"].pop("Contest")


def a_parameter_is_required(document):
    parameter(document, "q")["required"] = True


def a_new_parameter_is_required(document):
    new = {"in": "query", "name": "side", "required": True, "schema": {"type": "string"}}
    document["paths"][_CLAUSES]["get"]["parameters"].append(new)


def a_parameter_is_gone(document):
    document["paths"][_CLAUSES]["get"]["parameters"].remove(parameter(document, "has_quantity"))


def a_parameter_takes_fewer_codes(document):
    parameter(document, "ordering")["schema"]["enum"].remove("-date")


def a_parameter_has_a_lower_limit(document):
    parameter(document, "limit")["schema"]["maximum"] = 100


def a_parameter_is_newly_bounded(document):
    parameter(document, "offset")["schema"]["maximum"] = 1000


def a_body_takes_fewer_codes(document):
    schema(document, "ClauseKind")["enum"].remove("placeholder")


def a_body_field_is_required(document):
    schema(document, "DraftClauseRequest")["required"].append("label")


def a_body_field_is_gone(document):
    del schema(document, "DraftClauseRequest")["properties"]["note"]


def a_body_field_is_newly_bounded(document):
    schema(document, "DraftClauseRequest")["properties"]["note"]["maxLength"] = 10


def a_login_is_needed(document):
    document["paths"][_CLAUSES]["get"]["security"].remove({})


def an_answer_has_another_media_type(document):
    content = document["paths"][_CLAUSES]["get"]["responses"]["200"]["content"]
    content["application/x-ndjson"] = content.pop("application/json")


_BREAKING = [
    a_path_is_gone,
    a_field_is_gone,
    a_field_is_renamed,
    a_field_may_be_missing,
    a_field_has_another_type,
    a_field_in_a_map_has_another_type,
    a_field_may_be_null,
    a_code_of_a_nullable_field_is_gone,
    an_operation_id_is_renamed,
    a_type_is_renamed,
    a_parameter_is_required,
    a_new_parameter_is_required,
    a_parameter_is_gone,
    a_parameter_takes_fewer_codes,
    a_parameter_has_a_lower_limit,
    a_parameter_is_newly_bounded,
    a_body_takes_fewer_codes,
    a_body_field_is_required,
    a_body_field_is_gone,
    a_body_field_is_newly_bounded,
    a_login_is_needed,
    an_answer_has_another_media_type,
]


def a_new_path(document):
    document["paths"]["/api/v1/words/"] = {"get": {"operationId": "words_list", "responses": {}}}


def a_new_field_of_an_answer(document):
    schema(document, "Clause")["properties"]["origin"] = {"type": "string"}


def a_new_field_of_a_body(document):
    schema(document, "DraftClauseRequest")["properties"]["origin"] = {"type": "string"}


def a_new_parameter(document):
    new = {"in": "query", "name": "side", "schema": {"type": "string"}}
    document["paths"][_CLAUSES]["get"]["parameters"].append(new)


def a_new_code_of_an_answer(document):
    schema(document, "Stance")["enum"].append("ignores")


def a_higher_limit(document):
    parameter(document, "limit")["schema"]["maximum"] = 1000


def a_field_is_null_no_more(document):
    schema(document, "Clause")["properties"]["locator"] = {"type": "string"}


def other_words(document):
    document["paths"][_CLAUSES]["get"] |= {"summary": "Find clauses", "description": "Other words."}
    schema(document, "Clause")["properties"]["label"]["description"] = "A short name."


def notice_of_what_goes(document):
    document["paths"][_CLAUSES]["get"]["deprecated"] = True


def another_media_type_beside(document):
    document["paths"][_CLAUSES]["get"]["responses"]["200"]["content"]["text/csv"] = {"schema": {"type": "string"}}


def other_examples(document):
    content = document["paths"][_CLAUSES]["get"]["responses"]["200"]["content"]["application/json"]
    content["examples"] = {"other": {"value": {}}}


_HARMLESS = [
    a_new_path,
    a_new_field_of_an_answer,
    a_new_field_of_a_body,
    a_new_parameter,
    a_new_code_of_an_answer,
    a_higher_limit,
    a_field_is_null_no_more,
    other_words,
    notice_of_what_goes,
    another_media_type_beside,
    other_examples,
]


def test_a_document_does_not_break_itself(released):
    assert breaking_changes(released, released) == []


@pytest.mark.parametrize("edit", _BREAKING)
def test_what_breaks_a_client_is_named(released, edited, edit):
    edit(edited)

    assert breaking_changes(released, edited)


@pytest.mark.parametrize("edit", _HARMLESS)
def test_what_breaks_nobody_passes(released, edited, edit):
    edit(edited)

    assert breaking_changes(released, edited) == []


def test_a_new_major_version_may_break(released, edited):
    a_path_is_gone(edited)
    edited["info"]["version"] = "2.0.0"

    assert breaking_changes(released, edited) == []


def test_a_change_is_told_by_its_place(released, edited):
    an_operation_id_is_renamed(edited)

    assert breaking_changes(released, edited) == [
        "GET /api/v1/clauses/: operation id renamed from 'clauses_list' to 'clauses_search'."
    ]


def test_the_newest_release_is_by_number(tmp_path, monkeypatch):
    monkeypatch.setattr(contract, "RELEASES", tmp_path)
    for version in ("1.9.0", "1.10.0", "1.2.0"):
        (tmp_path / f"openapi-{version}.yaml").touch()

    assert contract.last_released() == tmp_path / "openapi-1.10.0.yaml"


def test_a_release_is_kept_once(tmp_path, monkeypatch, released, edited, capsys):
    monkeypatch.setattr(contract, "RELEASES", tmp_path / "releases")
    monkeypatch.setattr(contract, "ROOT", tmp_path)

    first = contract.main(["release"])
    other_words(edited)
    monkeypatch.setattr(contract, "CURRENT", tmp_path / "openapi.yaml")
    contract.CURRENT.write_text(contract.yaml.safe_dump(edited), encoding="utf-8")
    second = contract.main(["release"])

    assert (first, second) == (0, 1)
    assert "is released already" in capsys.readouterr().err
    assert contract.load(contract.last_released()) == released
