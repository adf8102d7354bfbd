"""What is published about the format is what the code does."""

import re

import jsonschema
import pytest
import yaml

from proposals.exchange.exporting import export_documents
from proposals.exchange.importing import import_proposals
from proposals.exchange.schema import draft_schema, file_schema
from proposals.models import Clause, Decision
from scripts.data_format import PAGE, SCHEMA, page, schema
from tests.shipped import FIXTURES

UPDATE = "Write docs/data-format.md and docs/exchange.schema.json anew: make data-format"


def test_the_published_schema_is_the_one_that_files_are_checked_with():
    assert SCHEMA.read_text(encoding="utf-8") == schema(), UPDATE


def test_the_page_lists_the_fields_and_codes_as_they_are():
    assert PAGE.read_text(encoding="utf-8") == page(), UPDATE


@pytest.mark.parametrize("schema", [file_schema(), draft_schema()])
def test_the_schemas_are_schemas(schema):
    jsonschema.Draft202012Validator.check_schema(schema)


def test_codes_are_those_of_the_models():
    clause = file_schema()["$defs"]["clause"]["properties"]

    assert clause["modality"]["enum"] == Clause.Modality.values
    assert list(clause["parties"]["properties"]) == ["obligated", "beneficiary", "guarantor", "monitor"]


def test_any_reader_of_yaml_finds_the_shipped_files_in_order():
    validator = jsonschema.Draft202012Validator(file_schema())

    for file in FIXTURES.rglob("*.yaml"):
        assert not list(validator.iter_errors(yaml.safe_load(file.read_text(encoding="utf-8")))), file.name


@pytest.mark.django_db
def test_the_example_of_the_page_can_be_imported(tmp_path):
    example = re.search(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    (tmp_path / "example.yaml").write_text(example[1])

    import_proposals([tmp_path / "example.yaml"])

    assert Decision.objects.get().relation == "conflict"
    assert "proposals/front-answer.yaml" in dict(export_documents())
