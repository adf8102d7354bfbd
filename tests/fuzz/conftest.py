"""Counts the cases and holds the memory of a long run against its bound; both are told at its end."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from proposals.exchange.importing import import_text
from tests.exchange.harbour import harbour
from tests.fuzz import profile
from tests.roles import make_user


@pytest.fixture(scope="session")
def _before() -> float:
    return profile.megabytes()


@pytest.fixture(autouse=True)
def _counted(request: pytest.FixtureRequest, record_property, _before: float) -> Iterator[None]:
    subject = request.node.originalname
    before, statuses = profile.counted[subject], Counter(profile.answered)
    yield
    record_property("statuses", json.dumps(profile.answered - statuses))
    record_property("cases", profile.counted[subject] - before)
    record_property("megabytes", round(profile.megabytes()))
    if profile.is_long():
        noted, profile.slow[:] = list(profile.slow), []
        assert noted == []
        grown = profile.megabytes() - _before
        assert grown < profile.MOST_GROWTH, f"The process has grown by {grown:.0f} MB."


@pytest.fixture
def harbour_is_imported(db: None) -> None:
    """All of the invented case, by an administrator."""
    merged: dict[str, Any] = {"format": "concordance/1"}
    for document in harbour().values():
        merged |= {key: merged.get(key, []) + value for key, value in document.items() if key != "format"}
    import_text(json.dumps(merged), by=make_user("administrator"))


def pytest_terminal_summary(terminalreporter) -> None:
    told = [dict(report.user_properties) for report in terminalreporter.getreports("") if report.when == "teardown"]
    told = [one for one in told if "cases" in one]
    if told and profile.is_long():
        seed = terminalreporter.config.getoption("hypothesis_seed", None)
        total, most = sum(one["cases"] for one in told), max(one["megabytes"] for one in told)
        statuses = sum((Counter(json.loads(one["statuses"])) for one in told), Counter())
        for report in sorted(terminalreporter.getreports(""), key=lambda one: one.nodeid):
            if report.when == "teardown":
                found = dict(report.user_properties)
                terminalreporter.write_line(f"{found['cases']:>6} {report.nodeid.split('::')[1]}: {found['statuses']}")
        terminalreporter.write_line(f"Answers by status: {dict(sorted(statuses.items()))}")
        terminalreporter.write_line(f"{total:,} cases, seed {seed}; no process ever held more than {most} MB.")
