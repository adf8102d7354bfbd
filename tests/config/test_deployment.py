"""The files of a deployment: what can be said of them without an engine for containers."""

import ast
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from check_jsonschema.builtin_schemas import get_builtin_schema
from jsonschema import validators

_ROOT = Path(__file__).resolve().parents[2]
_COMPOSE = (_ROOT / "docker-compose.yml").read_text(encoding="utf-8")
_ENV_EXAMPLE = (_ROOT / ".env.example").read_text(encoding="utf-8")
# What the processes tell each other; nobody sets these.
_INTERNAL = {"CONCORDANCE_ANSWERS", "CONCORDANCE_WORKER", "PROMETHEUS_MULTIPROC_DIR"}


def _explained() -> set[str]:
    return set(re.findall(r"^(?:# )?([A-Z][A-Z0-9_]+)=", _ENV_EXAMPLE, re.M))


def _services() -> dict[str, dict[str, Any]]:
    return yaml.safe_load(_COMPOSE)["services"]


def test_compose_is_what_the_specification_allows() -> None:
    schema = get_builtin_schema("vendor.compose-spec")

    faults = validators.validator_for(schema)(schema).iter_errors(yaml.safe_load(_COMPOSE))

    assert not [f"{fault.json_path}: {fault.message}" for fault in faults]


def test_every_variable_of_compose_is_explained_and_reaches_the_settings() -> None:
    used = set(re.findall(r"\$\{([A-Z0-9_]+)", _COMPOSE))
    given = set(_services()["web"]["environment"])

    assert used <= _explained()
    # The image or the file itself sets these.
    assert _read_by_settings() - given <= {"CONCORDANCE_ENV", "CONCORDANCE_POSTGRES", *_INTERNAL}


def test_every_setting_is_explained_and_nothing_else_is() -> None:
    read = _read_by_settings() | set(re.findall(r'environ(?:\.get)?[\[(]"([A-Z_]+)"', _text("config/gunicorn.py")))
    for_compose = {"POSTGRES_PASSWORD", "WEB_ADDRESS", "IMAGE_TAG"}

    assert _explained() == (read - _INTERNAL) | for_compose


@pytest.mark.parametrize("name", ["web", "worker", "migrate", "database"])
def test_each_container_has_least_privilege_and_bounds(name: str) -> None:
    service = _services()[name]

    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["read_only"] is True
    assert service.keys() >= {"mem_limit", "cpus", "pids_limit", "tmpfs", "restart"}
    assert name == "database" or service["user"] == "1000:1000"
    # Nobody outside reaches it, but the web.
    assert ("outside" in service["networks"], "ports" in service) == (name == "web", name == "web")
    assert "privileged" not in service


def test_nothing_starts_before_the_migrations_are_applied() -> None:
    services = _services()

    for name in ("web", "worker"):
        assert services[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
    assert yaml.safe_load(_COMPOSE)["networks"]["inside"] == {"internal": True}


def test_the_image_holds_no_secret_and_its_process_hears_signals() -> None:
    lines = _text("Dockerfile").splitlines()

    (command,) = [line for line in lines if line.startswith("CMD ")]
    assert ast.literal_eval(command.removeprefix("CMD "))[0] == "gunicorn"
    assert not [line for line in lines if re.match(r"(?:ARG|ENV).*(?:SECRET|PASSWORD|TOKEN|DSN)", line)]
    copied = {word for line in lines if line.startswith("COPY ") for word in line.split()[1:-1]}
    let_through = {line[1:] for line in _text(".dockerignore").splitlines() if line.startswith("!")}
    assert {word for word in copied if not word.startswith(("--", "/"))} == let_through


def test_units_of_a_bare_server_are_hardened() -> None:
    units = sorted((_ROOT / "deploy").glob("*.service"))

    assert [unit.name for unit in units] == [
        "concordance-backup.service",
        "concordance-web.service",
        "concordance-worker.service",
    ]
    for unit in units:
        text = unit.read_text(encoding="utf-8")
        for line in ("User=concordance", "NoNewPrivileges=yes", "ProtectSystem=strict", "CapabilityBoundingSet="):
            assert re.search(rf"^{re.escape(line)}$", text, re.M), (unit.name, line)


def test_systemd_listens_where_the_proxy_asks_so_that_a_restart_refuses_nobody() -> None:
    (listening,) = re.findall(r"^ListenStream=(.+)$", _text("deploy/concordance-web.socket"), re.M)
    (asked,) = re.findall(r"upstream concordance \{\s+server (.+);", _text("deploy/nginx.conf"))

    assert listening == asked
    assert re.search(r"^Requires=concordance-web.socket$", _text("deploy/concordance-web.service"), re.M)


def _read_by_settings() -> set[str]:
    """The variables that config/settings.py and what it calls ask the environment for."""
    text = "".join(_text(f"config/{name}.py") for name in ("settings", "database", "environment"))
    asked = re.findall(
        r'\.(?:text|required|words|number|switch|choice|rate|reports|origins|cache|database|secret|sentry)\(\s*"([A-Z_]+)"',
        text,
    )
    return {*asked, *re.findall(r'^(?:SWITCH|FOLDER_VARIABLE) = "([A-Z_]+)"', text, re.M)}


def _text(path: str) -> str:
    return (_ROOT / path).read_text(encoding="utf-8")
