"""Promises about the project as a whole, each with the command that mends it."""

import difflib
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from django.core.management import call_command
from django.test import Client

from scripts import contract

_ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    said = io.StringIO()

    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=said)
    except SystemExit:
        pytest.fail(f"Models have changed. Write the migrations: make manage do=makemigrations\n{said.getvalue()}")


def test_the_committed_schema_is_what_the_api_does() -> None:
    said = io.StringIO()

    call_command("spectacular", validate=True, fail_on_warn=True, stdout=said)

    committed = (_ROOT / "openapi.yaml").read_text(encoding="utf-8")
    difference = difflib.unified_diff(
        committed.splitlines(), said.getvalue().splitlines(), "openapi.yaml", "the API", lineterm="", n=2
    )
    assert said.getvalue() == committed, "\n".join(["Write the schema anew: make openapi", *difference])


def test_nothing_breaks_the_clients_of_the_last_release() -> None:
    released = contract.last_released()

    broken = contract.breaking_changes(contract.load(released), contract.load(contract.CURRENT)) if released else []

    advice = "Take it back, keep the old beside the new (docs/contract.md), or give the API a new major version:"
    assert not broken, "\n".join([advice, *broken])


def test_the_service_gives_the_committed_document_in_both_notations(client: Client) -> None:
    committed = contract.load(contract.CURRENT)

    as_yaml, as_json = client.get("/api/schema/"), client.get("/api/schema/?format=json")

    assert as_yaml.headers["Content-Type"].startswith("application/vnd.oai.openapi")
    assert yaml.safe_load(as_yaml.content) == committed
    assert json.loads(as_json.content) == committed


def test_npm_packages_are_locked_without_an_address() -> None:
    lock = json.loads((_ROOT / "package-lock.json").read_text(encoding="utf-8"))

    packages = {name: package for name, package in lock["packages"].items() if name}
    assert (
        lock["packages"][""]["devDependencies"] == json.loads((_ROOT / "package.json").read_text())["devDependencies"]
    )
    assert not [name for name, package in packages.items() if "resolved" in package or "integrity" not in package]


def test_the_rooms_import_each_other_as_agreed() -> None:
    linter = Path(sys.executable).parent / "lint-imports"

    process = subprocess.run([linter, "--no-cache"], cwd=_ROOT, capture_output=True, text=True, check=False)

    assert process.returncode == 0, process.stdout + process.stderr


@pytest.mark.parametrize(
    "narrow",
    ["requirements.lock", *(f"requirements-{name}.lock" for name in ("local", "embedding", "redis", "sentry"))],
)
def test_what_runs_is_what_was_tested(narrow: str) -> None:
    tested = _pins("requirements-dev.lock")

    assert _pins(narrow).items() <= tested.items(), "Write the lock files anew: make lock"


@pytest.mark.parametrize(
    "name",
    ["requirements.lock", "requirements-local.lock", "requirements-embedding.lock", "requirements-dev.lock"],
)
def test_lock_files_carry_hashes_and_no_address(name: str) -> None:
    text = (_ROOT / name).read_text(encoding="utf-8")

    assert "://" not in text
    assert text.count("--hash=sha256:") >= len(_pins(name)) > 0


def _pins(name: str) -> dict[str, str]:
    return dict(
        re.findall(r"^([a-z0-9._\[\],-]+)==([^ \\;]+)", (_ROOT / name).read_text(encoding="utf-8"), flags=re.MULTILINE)
    )
