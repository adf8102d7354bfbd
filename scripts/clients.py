"""Writes the clients of the API from openapi.yaml into clients/, as packages that can be installed: make clients

TypeScript gets types by openapi-typescript around openapi-fetch; Python gets modules by openapi-python-client. What is
written is not committed. docs/clients.md shows the use of both.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
CLIENTS = ROOT / "clients"
TYPESCRIPT = CLIENTS / "typescript"
PYTHON = CLIENTS / "python"
_MODULES = ROOT / "node_modules" / ".bin"


def main() -> None:
    document = ROOT / "openapi.yaml"
    schema = TYPESCRIPT / "src" / "schema.ts"
    _run(_MODULES / "openapi-typescript", document, "--root-types", "--root-types-no-schema-prefix", "--output", schema)
    _run(_MODULES / "tsc", "--project", TYPESCRIPT)
    with tempfile.TemporaryDirectory() as folder:
        readable = Path(folder) / "openapi.yaml"
        readable.write_text(_for_python(document.read_text(encoding="utf-8")), encoding="utf-8")
        options: list[str | Path] = [
            "--meta",
            "uv",
            "--config",
            CLIENTS / "python.yaml",
            "--overwrite",
            "--fail-on-warning",
        ]
        options += ["--custom-template-path", CLIENTS / "python.templates", "--output-path", PYTHON]
        _run("openapi-python-client", "generate", "--path", readable, *options)
    print(f"wrote {TYPESCRIPT.relative_to(ROOT)} and {PYTHON.relative_to(ROOT)}")


def _for_python(text: str) -> str:
    """The document in the words that the generator of the Python client reads.

    It takes any way of logging in for a must, and would want one for public addresses too; it looks for the
    description of a parameter in its schema; an answer without a body would make every result Any; and of media types
    it knows JSON, text and bytes.
    """
    document = yaml.safe_load(text)
    for operations in document["paths"].values():
        for operation in operations.values():
            if {} in operation.get("security", []):
                del operation["security"]
            operation["responses"]["500"] = operation["responses"].pop("default")
            operation["responses"].pop("304", None)
            for response in operation["responses"].values():
                response["content"] = _known(response.get("content", {}))
            for parameter in operation.get("parameters", []):
                _describe(parameter)
    return yaml.safe_dump(document, sort_keys=False, allow_unicode=True)


def _known(contents: dict[str, Any]) -> dict[str, Any]:
    """JSON where it is offered, else one text or file in its place."""
    for media_type, content in contents.items():
        if media_type.endswith("json"):
            return {media_type: content}
    for content in contents.values():
        is_file = content.get("schema", {}).get("format") == "binary"
        return {"application/octet-stream" if is_file else "text/plain": content}
    return {}


def _describe(parameter: dict[str, Any]) -> None:
    if "$ref" not in parameter["schema"]:
        parameter["schema"]["description"] = parameter["description"]


def _run(*command: str | Path) -> None:
    # The generator of the Python client formats with the ruff that it finds.
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | {"PATH": path}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"{Path(command[0]).name} could not write the client:\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    main()
