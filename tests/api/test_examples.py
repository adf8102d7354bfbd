"""Examples in the OpenAPI document: each operation has one, and each is what the service answers."""

import pytest

from proposals.api.examples import examples
from scripts.examples import answered, operations, prepare
from tests.api import contract

_COMMAND = "Write the examples anew: make examples openapi"


def test_every_operation_has_an_example():
    without = [operation["operationId"] for *_, operation in operations() if operation["operationId"] not in examples()]

    assert without == [], _COMMAND


def test_no_example_is_of_an_operation_that_is_gone():
    known = {operation["operationId"] for *_, operation in operations()}

    assert [name for name in examples() if name not in known and not name.startswith("problem_")] == []


# A change is told once every transaction of the server that began before it has ended; a test cannot wait for that.
_IN_MOTION = {"changes_list", "changes_feed"}


@pytest.mark.parametrize("name", sorted(examples().keys() - _IN_MOTION))
def test_an_example_is_what_the_service_answers_and_as_declared(shipped, settings, name):
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    prepare()
    example = examples()[name]

    answer = answered(example.request, summary=example.summary)

    assert answer == example, _COMMAND
    contract.check(
        method=answer.request.method,
        path=answer.request.path.partition("?")[0],
        status=answer.status,
        media_type="application/problem+json" if name.startswith("problem_") else "application/json",
        body=answer.answer,
    )


def test_what_is_in_motion_is_as_declared():
    contract.check(
        method="get",
        path="/api/v1/changes/",
        status=200,
        media_type="application/json",
        body=examples()["changes_list"].answer,
    )


def test_examples_stand_in_the_document():
    for path, method, operation in operations():
        example = examples()[operation["operationId"]]
        answer = operation["responses"][str(example.status)]
        contents = answer.get("content", {}).values()
        shown = [content["examples"]["shipped"]["value"] for content in contents if "examples" in content]
        assert shown == [example.answer] or not contents, path
        if example.request.body is not None:
            (content,) = operation["requestBody"]["content"].values()
            assert content["examples"]["shipped"]["value"] == example.request.body, f"{method} {path}"


def test_errors_share_one_example_for_each_status():
    document = contract.document()

    for path, _, operation in operations():
        shown = operation["responses"]["400"]["content"]["application/problem+json"]["examples"]
        assert shown == {"Problem400": {"$ref": "#/components/examples/Problem400"}}, path
    assert document["components"]["examples"]["Problem400"]["value"]["status"] == 400


def test_a_parameter_shows_the_value_of_the_example():
    (operation,) = [one for *_, one in operations() if one["operationId"] == "comparisons_retrieve"]

    shown = {one["name"]: one["example"] for one in operation["parameters"] if "example" in one}

    assert shown == {"proposals": ["us-28-point-2025-11", "e3-counter-2025-11"], "topics": ["army-size"]}
