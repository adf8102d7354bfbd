"""docs/writing.md: every curl line runs, in its order, and what it shows of the answer is there."""

import json
import re
import shlex
from pathlib import Path

from django.test import Client

from tests.api.test_guide import holds
from tests.roles import make_user

_GUIDE = Path(__file__).resolve().parents[2] / "docs" / "writing.md"
_BLOCK = re.compile(r"^```sh\ncurl ([^\n]+)\n```\n(?:\n```json\n(.+?)\n```)?", re.MULTILINE | re.DOTALL)
_ROOT = "http://127.0.0.1:8000"
STEPS = _BLOCK.findall(_GUIDE.read_text(encoding="utf-8"))


def send(command, known):
    for name, value in known.items():
        command = command.replace(f"${name}", value.replace('"', '\\"') if name == "ETAG" else value)
    words = iter(shlex.split(command))
    method, headers, body, address = "GET", {}, None, ""
    for word in words:
        if word == "-X":
            method = next(words)
        elif word == "-H":
            name, _, value = next(words).partition(": ")
            headers[name] = value
        elif word == "-d":
            body = next(words)
        elif word != "-i":
            address = word.removeprefix(_ROOT)
    content_type = headers.pop("Content-Type", "application/json")
    return Client(headers={"Host": "127.0.0.1:8000", **headers}).generic(
        method, address, data=body or "", content_type=content_type
    )


def test_every_line_of_the_guide_does_what_it_shows(shipped, settings):
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    make_user("administrator", "staff", password="harbour and wall")
    known = {"PASSWORD": "harbour and wall"}

    for command, shown in STEPS:
        answer = send(command, known)

        expected = json.loads(shown or "{}")
        body = answer.json() if answer.content else {}
        assert (answer.status_code < 400) == ("status" not in expected), (command, body)
        assert holds(body, expected), (command, body)
        known |= {"TOKEN": body["token"]} if "token" in body else {}
        known |= {"ETAG": answer.headers["ETag"]} if "ETag" in answer.headers else {}


def test_the_guide_shows_every_way_of_writing():
    text = _GUIDE.read_text(encoding="utf-8")

    assert len(STEPS) == text.count("```sh") >= 12
    for kind in ("tokens", "proposals", "clauses", "positions", "decisions", "imports"):
        assert f"/{kind}/" in text
