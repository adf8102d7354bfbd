"""Counts the cases and holds the memory of a long run against its bound; both are told at its end."""

from collections.abc import Iterator

import pytest

from tests.fuzz import profile


@pytest.fixture(scope="session")
def _before() -> float:
    return profile.megabytes()


@pytest.fixture(autouse=True)
def _counted(request: pytest.FixtureRequest, record_property, _before: float) -> Iterator[None]:
    subject = request.node.originalname
    before = profile.counted[subject]
    yield
    record_property("cases", profile.counted[subject] - before)
    record_property("megabytes", round(profile.megabytes()))
    if profile.is_long():
        grown = profile.megabytes() - _before
        assert grown < profile.MOST_GROWTH, f"The process has grown by {grown:.0f} MB."


def pytest_terminal_summary(terminalreporter) -> None:
    told = [dict(report.user_properties) for report in terminalreporter.getreports("") if report.when == "teardown"]
    told = [one for one in told if "cases" in one]
    if told and profile.is_long():
        seed = terminalreporter.config.getoption("hypothesis_seed", None)
        total, most = sum(one["cases"] for one in told), max(one["megabytes"] for one in told)
        terminalreporter.write_line(f"{total:,} cases, seed {seed}; no process ever held more than {most} MB.")
