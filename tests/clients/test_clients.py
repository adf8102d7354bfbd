"""The same ten calls with both clients, compiled and checked as strictly as their languages have it."""

import json
import re
import shutil
import sys
from collections import Counter
from functools import partial
from pathlib import Path

import pytest

from scripts import clients
from tests.clients.conftest import run

_HERE = Path(__file__).parent
_TSC = clients.ROOT / "node_modules" / ".bin" / "tsc"
_MYPY = (sys.executable, "-m", "mypy", "--strict", "--config-file", "")
_SNIPPET = re.compile(r"^```(ts|python)\n(.+?)^```$", re.MULTILINE | re.DOTALL)
_STRICT = (
    *("--strict", "--exactOptionalPropertyTypes", "--noUncheckedIndexedAccess", "--noEmitOnError"),
    *("--target", "ES2022", "--module", "NodeNext", "--moduleResolution", "NodeNext", "--types", "node"),
)


def in_typescript(project: Path, script: Path, address: str) -> str:
    """What a script prints, once it has compiled."""
    shutil.copy(script, project / script.name)
    run(_TSC, *_STRICT, script.name, cwd=project)
    return run("node", f"{script.stem}.js", address, cwd=project)


def in_python(python: Path, script: Path, address: str) -> str:
    """What a script prints, once its types have been checked."""
    run(*_MYPY, "--python-executable", python, script, cwd=script.parent)
    return run(python, script, address, cwd=script.parent)


@pytest.fixture(scope="module", params=["typescript", "python"])
def answers(request, site, tmp_path_factory):
    """What the ten calls found, in each language."""
    if request.param == "typescript":
        project = request.getfixturevalue("typescript")
        return json.loads(in_typescript(project, _HERE / "ten_calls.ts", site))
    script = shutil.copy(_HERE / "ten_calls.py", tmp_path_factory.mktemp("calls"))
    return json.loads(in_python(request.getfixturevalue("python"), Path(script), site))


def test_a_list(answers):
    assert answers["list"]["count"] > len(answers["list"]["slugs"]) == 3


def test_a_filter_with_typed_codes(answers):
    assert ["us-28-point-2025-11/c06", [["army_personnel", 600_000]]] in answers["filter"]


def test_every_page_to_the_end(answers):
    pages = answers["pages"]

    assert pages["all"] is True
    assert pages["different"] > 200
    assert pages["pages"] == -(-pages["different"] // 50)


def test_one_record(answers):
    assert answers["record"] == {"title": "US 28-point peace plan", "date": "2025-11-20", "kind": "points_plan"}


def test_the_clauses_of_a_proposal(answers):
    assert answers["clauses"]["count"] == answers["clauses"]["known"] == 38
    assert answers["clauses"]["first"]


def test_a_comparison_of_three_with_typed_rows(answers):
    comparison = answers["comparison"]

    assert comparison["columns"] == ["us-28-point-2025-11", "e3-counter-2025-11", "framework-20-point-2025-12"]
    assert Counter(comparison["states"]).total() == 3 * comparison["rows"]
    assert comparison["states"]["regulated"] > comparison["rows"] > 28
    assert comparison["relations"].keys() == {"equivalent", "overlap", "conflict"}
    assert comparison["kinds"]["quantity"] > 0
    assert {600_000, 800_000} <= set(comparison["figures"])
    assert comparison["sticking_points"] > 0


def test_a_pasted_draft(answers):
    assert ["diverge", [["us-28-point-2025-11/c06"], ["leaked-text/c01"]]] in answers["draft"]


def test_what_was_said_up_to_a_day(answers):
    days = [day for _, day, _ in answers["positions"]]

    assert len(days) == 5
    assert days == sorted(days, reverse=True)
    assert days[0] <= "2025-12-31"


def test_errors_are_typed(answers):
    assert answers["errors"] == [404, "/problems/not_found", [["topic", "unknown_topic"]]]


def test_a_conditional_request_is_answered_without_a_body(answers):
    assert answers["conditional"] == [200, 304, 0]


def test_the_whole_python_client_passes_mypy_strict(python):
    run(*_MYPY, "--python-executable", python, "--package", "concordance_client", cwd=python.parents[1])


def test_the_guide_shows_each_language_in_twenty_lines(typescript, python, site, tmp_path):
    snippets = dict(_SNIPPET.findall((clients.ROOT / "docs" / "clients.md").read_text(encoding="utf-8")))
    shown = {}

    for language, run_script in (("ts", partial(in_typescript, typescript)), ("python", partial(in_python, python))):
        script = tmp_path / f"guide.{language.removesuffix('thon')}"
        script.write_text(snippets[language].replace("http://127.0.0.1:8000", site), encoding="utf-8")
        shown[language] = run_script(script, site).splitlines()

    assert all(snippet.count("\n") <= 20 for snippet in snippets.values())
    assert shown["ts"] == shown["python"]
    assert "army-size: quantity" in shown["ts"][0]
    assert shown["ts"][-1].startswith("There is no proposal 'us-28-point-2025'. Near it: us-28-point-2025-11")
