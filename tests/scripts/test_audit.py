"""What could not be looked up is never told as clean."""

from scripts.audit import Findings, node_findings, python_findings, told

_CLEAN = {"name": "django", "version": "5.2.1", "vulns": []}
_FAULTY = {"name": "harbour", "version": "1.0", "vulns": [{"id": "PYSEC-2031-1", "fix_versions": ["1.1"]}]}
_SKIPPED = {"name": "quay", "skip_reason": "Dependency not found on PyPI"}


def test_all_looked_up_and_none_with_a_fault_is_clean() -> None:
    found = python_findings({"dependencies": [_CLEAN]})

    assert told({"Python": found}) == (["Python: 1 looked up, 0 known vulnerabilities."], 0)


def test_a_vulnerability_is_named_with_the_version_that_mends_it() -> None:
    lines, ends = told(
        {"Python": python_findings({"dependencies": [_CLEAN, _FAULTY, _SKIPPED]}), "Node.js": Findings()}
    )

    assert ends == 1
    assert "  harbour 1.0: PYSEC-2031-1, fixed in 1.1" in lines


def test_what_could_not_be_looked_up_is_not_clean() -> None:
    skipped, unreachable = python_findings({"dependencies": [_SKIPPED]}), node_findings({"message": "405"})

    for found in (skipped, unreachable, Findings(unknown=["no network"])):
        lines, ends = told({"Python": found})
        assert ends == 2
        assert "NOT AUDITED" in lines[1]
        assert lines[2].startswith("NOTHING WAS AUDITED: ")


def test_what_was_looked_up_in_part_is_told_as_no_more_than_that() -> None:
    lines, ends = told({"Python": python_findings({"dependencies": [_CLEAN, _SKIPPED]})})

    assert ends == 2
    assert not any("NOTHING" in line for line in lines)
    assert lines[-1].startswith("This is no clean result")


def test_npm_tells_the_severity() -> None:
    report = {"vulnerabilities": {"pier": {"severity": "high"}}, "metadata": {"dependencies": {"total": 9}}}

    assert told({"Node.js": node_findings(report)})[0] == [
        "Node.js: 9 looked up, 1 known vulnerabilities.",
        "  pier: high",
    ]
