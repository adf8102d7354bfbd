"""Asks public databases whether any locked dependency has a known vulnerability: make audit

Ends with 0 where all were looked up and none has one, 1 where some have, and 2 where some could not be looked up: what
nobody could be asked about is never told as clean. make itself ends with 2 for both; the last lines tell them apart.
It needs the network, and is no part of the tests.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).resolve().parent.parent
_LOCKS = ("requirements.lock", "requirements-local.lock", "requirements-embedding.lock", "requirements-dev.lock")
# Run by uv in an environment of its own, so that the auditor's dependencies are not among those audited.
_AUDITOR = "pip-audit==2.10.1"
_SECONDS = 300


@dataclass
class Findings:
    """Of one kind of dependencies: how many were looked up, what is known of them, and why others were not."""

    looked_up: int = 0
    vulnerable: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def python_findings(report: dict[str, Any]) -> Findings:
    """What pip-audit's JSON says."""
    found = Findings()
    for one in report["dependencies"]:
        if "skip_reason" in one:
            found.unknown.append(f"{one['name']}: {one['skip_reason']}")
            continue
        found.looked_up += 1
        for fault in one.get("vulns", []):
            fixed = ", ".join(fault.get("fix_versions", [])) or "no version yet"
            found.vulnerable.append(f"{one['name']} {one['version']}: {fault['id']}, fixed in {fixed}")
    return found


def node_findings(report: dict[str, Any]) -> Findings:
    """What npm's JSON says."""
    if "vulnerabilities" not in report:
        return Findings(unknown=[str(report.get("message") or report.get("error") or "npm gave no report.")])
    counts = report.get("metadata", {}).get("dependencies", {})
    told = [f"{name}: {one['severity']}" for name, one in report["vulnerabilities"].items()]
    return Findings(looked_up=int(counts.get("total", 0)), vulnerable=told)


def _asked(command: Sequence[str]) -> dict[str, Any] | str:
    """The JSON that a program prints, or why there is none."""
    try:
        done = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, timeout=_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    try:
        found = json.loads(done.stdout)
    except ValueError:
        return (done.stderr.strip().splitlines() or ["It printed nothing."])[-1]
    return found if isinstance(found, dict) else "It printed no report."


def _of_python() -> Findings:
    locks = [part for lock in _LOCKS if (_ROOT / lock).exists() for part in ("-r", lock)]
    uvx = str(Path(sys.executable).with_name("uvx"))
    options = ["--disable-pip", "--no-deps", "--progress-spinner", "off", "--format", "json"]
    report = _asked([uvx, _AUDITOR, *options, *locks])
    return Findings(unknown=[report]) if isinstance(report, str) else python_findings(report)


def _of_node() -> Findings:
    report = _asked(["npm", "audit", "--package-lock-only", "--json"])
    return Findings(unknown=[report]) if isinstance(report, str) else node_findings(report)


def told(named: dict[str, Findings]) -> tuple[list[str], int]:
    """The lines of the report, and how the program ends."""
    lines, ends = [], 0
    for name, found in named.items():
        lines.append(f"{name}: {found.looked_up} looked up, {len(found.vulnerable)} known vulnerabilities.")
        lines += [f"  {one}" for one in found.vulnerable]
        if found.unknown:
            lines.append(f"  NOT AUDITED: {len(found.unknown)} could not be looked up, such as: {found.unknown[0]}")
        ends = 1 if found.vulnerable or ends == 1 else 2 if found.unknown else ends
    if ends == 2:
        if not any(found.looked_up for found in named.values()):
            lines.append("NOTHING WAS AUDITED: no database of vulnerabilities can be reached from here.")
        lines.append("This is no clean result: try again where the databases can be reached.")
    return lines, ends


if __name__ == "__main__":
    report, code = told({"Python": _of_python(), "Node.js": _of_node()})
    print("\n".join(report))
    sys.exit(code)
