"""docs/api.md: every curl line runs, and what it shows of the answer is there."""

import json
import re
import shlex
from pathlib import Path

import pytest
from django.test import Client

_GUIDE = Path(__file__).resolve().parents[2] / "docs" / "api.md"
_BLOCK = re.compile(r"^```sh\ncurl ([^\n]+)\n```\n(?:\n```json\n(.+?)\n```)?", re.MULTILINE | re.DOTALL)
_ROOT = "http://127.0.0.1:8000"
STEPS = [(shlex.split(command), excerpt) for command, excerpt in _BLOCK.findall(_GUIDE.read_text(encoding="utf-8"))]


def send(arguments):
    client = Client(headers={"Host": _ROOT.removeprefix("http://")})
    (address,) = [one.removeprefix(_ROOT) for one in arguments if one.startswith(_ROOT)]
    if "-d" not in arguments:
        return client.get(address)
    header, body = arguments[arguments.index("-H") + 1], arguments[arguments.index("-d") + 1]
    return client.post(address, data=body, content_type=header.removeprefix("Content-Type: "))


def holds(whole, part):
    """Whether an answer holds an excerpt: named fields as shown, entries of lists in the order shown."""
    if isinstance(part, dict):
        return isinstance(whole, dict) and all(name in whole and holds(whole[name], part[name]) for name in part)
    if isinstance(part, list):
        rest = iter(whole)
        return all(any(holds(entry, wanted) for entry in rest) for wanted in part)
    return whole == part


def test_the_guide_has_a_line_for_each_task():
    assert len(STEPS) == _GUIDE.read_text(encoding="utf-8").count("```sh") >= 8


@pytest.mark.parametrize(("arguments", "excerpt"), STEPS)
def test_a_line_of_the_guide_answers_what_it_shows(shipped, settings, arguments, excerpt):
    settings.ALLOWED_HOSTS = ["127.0.0.1"]

    answer = send(arguments)

    line = " ".join(arguments)
    assert answer.status_code == (400 if "rejcts" in line else 201 if "/snapshots/" in line else 200)
    assert holds(answer.json(), json.loads(excerpt or "{}")), answer.content.decode()[:3000]
