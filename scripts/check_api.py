"""Sends thousands of good and bad requests to every operation, as the OpenAPI document has them: make check-api

The service runs in this process on a database of its own with the shipped data. Every answer must have a status, a
media type and a shape that the document names, and none may be a 500. First comes a visitor, then an editor who is
logged in. The same seed makes the same requests.

    python -m scripts.check_api           some 20,000 requests
    python -m scripts.check_api quick     some 9,500, as an editor alone: for every commit
"""

import logging
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from scripts.scratch import scratch_database

_SEED = 1648
# Drawn for each operation and reader, on top of the bounds of every parameter, which are some 9,000 requests.
_EXAMPLES = 20
_SHOWN = 1200  # characters
# What a check calls a fault, and why it is none here. Nothing is switched off.
_CHECKS: dict[str, Any] = {
    # A slug that fits the schema but names nothing is refused by name with 400, as is a period that ends before it
    # starts: neither can be said in a schema, and an empty list would hide the mistake.
    "positive_data_acceptance": {"expected-statuses": ["2xx", "3xx", "400", "401", "403", "404", "409", "429", "5xx"]},
}


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What is wrong, at which operation; and one request that shows it, which does not tell faults apart."""

    what: str
    sample: str = field(default="", compare=False)


def main(*, quick: bool) -> int:
    sent, faults = 0, Counter[Fault]()
    with scratch_database():
        readers = {"an editor": _editor()} if quick else {"a visitor": {}, "an editor": _editor()}
        for reader, headers in readers.items():
            started = time.monotonic()
            cases, found = _run(headers, quick=quick)
            print(f"As {reader}: {cases:,} requests in {time.monotonic() - started:.0f} s, {found.total()} faults.")
            sent += cases
            faults += found
    for fault, number in faults.most_common():
        print(f"\n{number} x {fault.what}\n{fault.sample}")
    print(f"\n{sent:,} requests, {len(faults)} kinds of fault.")
    return 1 if faults or not sent else 0


def _run(headers: dict[str, str], *, quick: bool) -> tuple[int, Counter[Fault]]:
    """How many requests were sent, and the faults, each told once with how often it was met."""
    import schemathesis
    from schemathesis.config import SchemathesisConfig
    from schemathesis.engine import events, from_schema

    from config.wsgi import application

    # Each request would be a line of the log.
    logging.getLogger("config.observing.requests").setLevel(logging.ERROR)
    config = SchemathesisConfig.from_dict(
        {
            "seed": _SEED,
            "headers": headers,
            "workers": 1,
            "continue-on-failure": True,
            "generation": {"max-examples": 1 if quick else _EXAMPLES, "database": "none"},
            "phases": {"stateful": {"enabled": not quick}},
            "checks": _CHECKS,
        }
    )
    schema = schemathesis.openapi.from_wsgi("/api/schema/?format=json", _fit_to_be_asked(application), config=config)
    sent, faults = 0, Counter[Fault]()
    for event in from_schema(schema).execute():
        if isinstance(event, events.NonFatalError | events.FatalError):
            problem = event.value if isinstance(event, events.NonFatalError) else event.exception
            faults[Fault(what=f"the run itself: {problem!r}")] += 1
        elif isinstance(event, events.ScenarioFinished):
            sent += len(event.recorder.interactions)
            for checks in event.recorder.checks.values():
                for check in checks:
                    if check.failure_info is not None and not _is_yaml_as_text(check.failure_info.failure):
                        faults[_told(event.recorder.label, check.failure_info)] += 1
    return sent, faults


def _is_yaml_as_text(failure: Any) -> bool:
    """YAML is declared as the text that it is; the check decodes it first, and then a record is no string."""
    return failure.message.startswith('{"format":"concordance/1"') and 'is not of type "string"' in failure.message


def _told(label: str, info: Any) -> Fault:
    what = f"{label}: {info.failure.title}"
    return Fault(what=what, sample=f"{info.failure.message}\n{info.code_sample}"[:_SHOWN])


def _editor() -> dict[str, str]:
    """The headers of a session of somebody who may do everything."""
    from django.contrib.auth.models import User
    from django.test import Client

    client = Client()
    client.force_login(User.objects.create_superuser("editor"))
    token = "e" * 32
    return {"Cookie": f"sessionid={client.cookies['sessionid'].value}; csrftoken={token}", "X-CSRFToken": token}


def _fit_to_be_asked(application: Callable[..., Any]) -> Callable[..., Any]:
    """The service without what stands in the way: throttles, and gzip, which the asker takes but cannot read."""
    from django.core.cache import cache

    def asked(environ: dict[str, Any], start_response: Any) -> Any:
        cache.clear()
        environ.pop("HTTP_ACCEPT_ENCODING", None)
        return application(environ, start_response)

    return asked


if __name__ == "__main__":
    sys.exit(main(quick=sys.argv[1:] == ["quick"]))
