"""The OpenAPI document as client authors read it."""

import re

import pytest

from config.schema import refers
from config.words import FIELDS, TYPES
from proposals import alignment
from proposals.alignment.divergence import KINDS
from proposals.alignment.elements import ELEMENTS
from proposals.api import codes
from proposals.comparison import INCLUDES
from proposals.exchange.schema import draft_schema, written_schema
from proposals.models.about import ABOUT
from tests.api.contract import document


def operations():
    for path, methods in document()["paths"].items():
        for method, operation in methods.items():
            yield f"{method} {path}", operation


def resolved(schema):
    if "$ref" in schema:
        return resolved(document()["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
    if "allOf" in schema:
        return resolved(schema["allOf"][0])
    if "oneOf" in schema:
        # Of a merge patch: null takes the member away.
        return resolved(schema["oneOf"][0])
    if isinstance(schema.get("type"), list):
        return schema | {"type": schema["type"][0]}
    return schema


def test_every_operation_says_what_it_does():
    for name, operation in operations():
        assert operation["summary"], name
        assert operation["description"].endswith("."), name
        assert operation["tags"], name


def test_every_parameter_is_described_and_bounded():
    for name, operation in operations():
        for parameter in operation.get("parameters", []):
            at = f"{name} {parameter['name']}"
            assert parameter["description"], at
            schema = resolved(parameter["schema"])
            bounds = {"minLength", "minItems", "minimum", "enum", "format", "pattern"} & schema.keys()
            # An address or a header that nobody knows is no fault of its form.
            assert bounds or schema["type"] == "boolean" or parameter["in"] in ("path", "header"), at


def test_operation_ids_are_those_that_clients_were_generated_with():
    found = sorted(operation["operationId"] for _, operation in operations())

    lists = ["disputes", "measures", "parties", "persons", "positions", "processes", "proposals", "proposals_clauses"]
    lists += ["sources", "statements", "territories", "topic_groups", "topics", "decisions", "snapshots"]
    single = ["clauses_list", "comparisons_of_texts", "comparisons_retrieve", "topics_timeline_list"]
    single += ["changes_feed", "changes_list", "dump_retrieve", "snapshots_create"]
    single += ["proposals_clauses_counterparts_list", "proposals_nearest_list"]
    written = ["decisions", "positions", "proposals", "proposals_clauses"]
    writes = [f"{name}_{verb}" for name in written for verb in ("create", "partial_update", "destroy")]
    others = ["imports_create", "tokens_create", "tokens_destroy", "tokens_destroy_all", "tokens_list"]
    others += [f"alignment_runs_{verb}" for verb in ("list", "retrieve", "create", "cancel")]
    reads = [f"{name}_{verb}" for name in lists for verb in ("list", "retrieve")]
    assert found == sorted(reads + single + writes + others)


def test_every_error_has_the_one_shape():
    for name, operation in operations():
        for status, response in operation["responses"].items():
            if status == "default" or status >= "400":
                (media_type, content), *others = response["content"].items()
                assert (media_type, others) == ("application/problem+json", []), name
                assert content["schema"] == {"$ref": "#/components/schemas/Problem"}, name


def test_reading_needs_no_token_but_for_what_is_for_staff():
    for name, operation in operations():
        method, path = name.split(" ")
        for_staff = any(word in path for word in ("alignment-runs", "decisions", "imports", "tokens"))
        free = {"post /api/v1/comparisons/", "post /api/v1/snapshots/", "post /api/v1/tokens/"}
        reading = method == "get" and not for_staff
        assert ({} in operation["security"]) == (reading or name in free), name


def test_a_token_is_declared_before_the_session():
    schemes = document()["components"]["securitySchemes"]

    assert schemes["bearer"]["type"] == "http"
    assert schemes["bearer"]["scheme"] == "bearer"
    for name, operation in operations():
        assert operation["security"][0] == {"bearer": []}, name


def test_what_a_write_may_answer_is_declared():
    for name, operation in operations():
        statuses = operation["responses"].keys()
        assert {"400", "401", "429"} <= statuses, name
        if {} not in operation["security"]:
            assert "403" in statuses, name
        if name.startswith(("patch", "delete")) and "tokens" not in name:
            assert {"404", "409", "412", "428"} <= statuses, name
        if "requestBody" in operation and "tokens" not in name:
            assert {"413", "415"} <= statuses, name


@pytest.mark.parametrize(
    ("component", "kind", "known"),
    [
        ("ProposalRequest", "proposal", False),
        ("PatchedProposalChangeRequest", "proposal", True),
        ("ClauseRequest", "clause", False),
        ("PatchedClauseChangeRequest", "clause", True),
        ("PositionRequest", "position", False),
        ("PatchedPositionChangeRequest", "position", True),
        ("DecisionRequest", "decision", False),
        ("PatchedDecisionChangeRequest", "decision", True),
    ],
)
def test_what_is_written_is_declared_as_the_exchange_format_has_it(component, kind, known):
    declared, meant = document()["components"]["schemas"][component], written_schema(kind, known)
    if known:
        meant = meant | {"required": []}

    assert_alike(declared, meant, at=kind)


def test_enums_have_names_of_their_own():
    named = {name for name, schema in document()["components"]["schemas"].items() if "enum" in schema}

    assert {"Stance", "Modality", "CellState", "RowKind", "DivergenceKind", "Comparator"} <= named
    assert not [name for name in named if "Enum" in name]


def test_every_type_and_field_says_what_it_is():
    """Mended by help_text or docstring of the serializer, or by a word in config/words.py."""
    schemas = document()["components"]["schemas"]

    undescribed = [name for name, schema in schemas.items() if not schema.get("description")]
    undescribed += [
        f"{name}.{field}"
        for name, schema in schemas.items()
        for field, one in schema.get("properties", {}).items()
        if not one.get("description") and not refers(one)
    ]

    assert undescribed == []


def test_no_type_is_called_like_a_field_of_its_own():
    """The generated Python would use one variable for both."""
    for name, schema in document()["components"]["schemas"].items():
        assert re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower() not in schema.get("properties", {}), name


def test_words_are_of_types_and_fields_that_there_are():
    schemas = document()["components"]["schemas"]
    fields = {field for schema in schemas.values() for field in schema.get("properties", {})}
    fields |= {f"{name}.{field}" for name, schema in schemas.items() for field in schema.get("properties", {})}

    assert TYPES.keys() <= schemas.keys()
    assert FIELDS.keys() <= fields


def test_codes_of_a_comparison_are_those_of_the_engine():
    assert tuple(codes.DivergenceKind.values) == KINDS
    assert tuple(codes.Element.values) == ELEMENTS
    assert tuple(codes.Include.values) == INCLUDES
    assert set(codes.AboutKind.values) == set(ABOUT)
    assert set(codes.RowKind.values) == set(alignment.concord([]).summary.rows_by_kind)


def test_a_draft_is_declared_as_the_exchange_format_has_it():
    declared = document()["components"]["schemas"]["ComparedTextRequest"]

    assert_alike(declared, draft_schema(), at="draft")


def assert_alike(declared, meant, *, at):
    """The same fields, required ones, codes, types and lengths; descriptions may differ."""
    declared = resolved(declared)
    assert declared.get("type", "string") == meant.get("type", "string"), at
    assert set(declared.get("enum", [])) == set(meant.get("enum", [])), at
    assert declared.get("maxLength") == meant.get("maxLength"), at
    assert set(declared.get("required", [])) == set(meant.get("required", [])), at
    fields = meant.get("properties", {})
    assert declared.get("properties", {}).keys() == fields.keys(), at
    for name, field in fields.items():
        assert_alike(declared["properties"][name], field, at=f"{at}.{name}")
    if "items" in meant:
        assert_alike(declared["items"], meant["items"], at=f"{at}[]")
