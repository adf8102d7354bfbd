"""Writes the examples of the API anew: make examples

Each operation of the OpenAPI document is asked one small thing on the shipped data, in a database of its own, and
request and answer go to proposals/api/examples/. An operation without a file is asked for the first records of its
list; one that takes a body needs a file with its request first. `make openapi` then shows the examples.
"""

import json
import re
import sys
from collections.abc import Iterator
from typing import Any

from proposals.api.examples import Example, Request, examples, write
from scripts.scratch import scratch_database

HOST = "127.0.0.1:8000"
_SHORT = 2
_LARGE = 100_000  # bytes of JSON
_LONGEST = 1_000  # characters of a text
_MOMENT = "2026-01-01T00:00:00Z"
_IS_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|\+00:00)")
_FROZEN = re.compile(r"(Frozen )\d{4}-\d{2}-\d{2}")
# How a token begins, by which it is named.
_KEY = "ccd_0123456789a"
_IS_KEY = re.compile(r"ccd_[0-9a-f]{11}\b")
# Values that each database makes for itself, by the name of their field.
_OWN: dict[str, Any] = {
    "id": 1,
    "cursor": "5379-2",
    "token": f"{_KEY}-told-this-once",
    "digest": "sha-256:6fb6764bdb69cf791c7d015970a6c32e9ba953ff801034c47a7345ce271a7e2d",
}


def main() -> int:
    with scratch_database():
        prepare()
        stored, missing = examples(), []
        places = {operation["operationId"]: (path, method, operation) for path, method, operation in operations()}
        for name, request, summary in asked(stored):
            if request is None:
                missing.append(name)
                continue
            example = answered(request, summary=summary)
            if example.status == 404 and name in places and (first := _first(*places[name])):
                # The address held a digest, which moves on with the data.
                example = answered(first, summary=summary)
            if example.status >= 400 and not name.startswith("problem_"):
                print(f"{name}: {request.method} {request.path} answers {example.status}: {example.answer}")
                missing.append(name)
            elif example != stored.get(name):
                write(name, example)
                print(f"wrote {name}")
    for name in missing:
        print(f"{name} needs a request in proposals/api/examples/{name}.json, as the other files have one.")
    return 1 if missing else 0


def asked(stored: dict[str, Example]) -> Iterator[tuple[str, Request | None, str]]:
    """Name, request and summary of every example there should be; None where people must write the request."""
    for path, method, operation in operations():
        name = operation["operationId"]
        if name in stored:
            yield name, stored[name].request, stored[name].summary
        else:
            yield name, _first(path, method, operation), f"{operation['summary']}: the shipped data"
    for name, example in stored.items():
        if name.startswith("problem_"):
            yield name, example.request, example.summary


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Path, method and operation of everything the OpenAPI document names."""
    from drf_spectacular.generators import SchemaGenerator

    document = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def answered(request: Request, *, summary: str) -> Example:
    """What the service answers; whatever it changes is taken back."""
    from django.db import transaction

    with transaction.atomic():
        response = _send(request)
        transaction.set_rollback(True)
    return Example(summary=summary, request=request, status=response.status_code, answer=_body(response))


def _body(response: Any) -> Any:
    """The decoded JSON, or the beginning of what is long; settled, so that a later run finds the same."""
    if not response.content:
        return None
    if "json" in response.headers.get("Content-Type", ""):
        body = json.loads(response.content)
        return settled(_shortened(body) if len(response.content) > _LARGE else body)
    text = settled(response.content.decode(errors="replace"))
    return text if len(text) <= _LONGEST else text[:_LONGEST] + " …"


def _shortened(value: Any, depth: int = 3) -> Any:
    """Only the first record of each list of something very long."""
    if isinstance(value, list):
        return value[:1]
    return (
        {name: _shortened(one, depth - 1) for name, one in value.items()}
        if isinstance(value, dict) and depth
        else value
    )


def settled(value: Any) -> Any:
    """The answer with its varying values, such as the moment of saving, made the same on every machine."""
    if isinstance(value, dict):
        own = {name: _OWN[name] for name, one in value.items() if name in _OWN and isinstance(one, type(_OWN[name]))}
        return {name: settled(one) for name, one in value.items()} | own
    if isinstance(value, list):
        return [settled(one) for one in value]
    if not isinstance(value, str):
        return value
    return _FROZEN.sub(r"\1" + _MOMENT[:10], _IS_KEY.sub(_KEY, _IS_MOMENT.sub(_MOMENT, value)))


def prepare() -> None:
    """Adds what the shipped data have none of: an editor, a token of theirs, a snapshot."""
    from django.contrib.auth.models import User
    from knox.models import AuthToken

    from proposals.comparison import freeze
    from proposals.models import Decision

    editor = User.objects.create_superuser("editor")
    AuthToken.objects.create(editor)
    AuthToken.objects.update(token_key=_KEY)
    _number_a_decision(Decision.objects)
    freeze(proposals=["us-28-point-2025-11", "e3-counter-2025-11"], topics=["sovereignty"])
    _align(["us-28-point-2025-11", "e3-counter-2025-11"])


def _align(slugs: list[str]) -> None:
    """An alignment that is done, with the number 1, and one that waits, with the number 2."""
    from django.db import connection

    from proposals.jobs import Asked, runs, start_run
    from proposals.jobs.aligning import align_job
    from proposals.models import AlignmentRun

    run = start_run(Asked(proposals=slugs))
    runs.begin(run.pk)
    for job in run.jobs.order_by("pk"):
        align_job(job.pk)
    AlignmentRun.objects.filter(pk=run.pk).update(id=1, queued_at=_MOMENT)
    waiting = start_run(Asked(proposals=slugs))
    AlignmentRun.objects.filter(pk=waiting.pk).update(id=2)
    with connection.cursor() as cursor:
        cursor.execute("select setval(pg_get_serial_sequence('proposals_alignmentrun', 'id'), 2)")


def _number_a_decision(decisions: Any) -> None:
    """Gives one of the shipped decisions the number by which the examples ask for one."""
    from django.db import connection
    from django.db.models import Max

    last = 1 + decisions.aggregate(last=Max("pk"))["last"]
    asked = decisions.get(left__proposal__slug="e3-counter-2025-11", left__key="c01", right__key="c01")
    decisions.filter(pk=_OWN["id"]).exclude(pk=asked.pk).update(id=last)
    decisions.filter(pk=asked.pk).update(id=_OWN["id"])
    with connection.cursor() as cursor:
        # The numbers were given by hand, and the next decision must not get one of them again.
        cursor.execute("select setval(pg_get_serial_sequence('proposals_decision', 'id'), %s)", [last])


def _first(path: str, method: str, operation: dict[str, Any]) -> Request | None:
    """A request for the first record, or the first few of a list; None where it cannot be guessed."""
    parameters = {one["name"]: one for one in operation.get("parameters", [])}
    if method != "get" or any(one.get("required") and one["in"] == "query" for one in parameters.values()):
        return None
    reader = "visitor" if {} in operation.get("security", [{}]) else "editor"
    while "{" in path:
        before, name, after = re.fullmatch(r"([^{]*)\{(\w+)\}(.*)", path).groups()  # type: ignore[union-attr]
        records = answered(Request(path=f"{before}?limit=1", reader=reader), summary="").answer.get("results")
        if not records:
            return None
        record = records[0]
        path = f"{before}{record.get(name) or record.get('slug') or record['id']}{after}"
    return Request(path=f"{path}?limit={_SHORT}" if "limit" in parameters else path, reader=reader)


def _send(request: Request) -> Any:
    from django.contrib.auth.models import User
    from django.test import Client

    client = Client(headers={"Host": HOST}, raise_request_exception=False)
    if request.reader == "editor":
        client.force_login(User.objects.get(username="editor"))
    headers = {}
    if request.method in ("put", "patch", "delete"):
        headers["If-Match"] = client.get(request.path).headers.get("ETag", "*")
    arguments = {} if request.body is None else {"data": request.body, "content_type": "application/json"}
    return getattr(client, request.method)(request.path, headers=headers, **arguments)


if __name__ == "__main__":
    sys.exit(main())
