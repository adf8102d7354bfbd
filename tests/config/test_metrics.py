"""What Prometheus is told, and whom it is told to."""

import pytest
from django.db import connection
from django.test import Client, override_settings
from prometheus_client.parser import text_string_to_metric_families

from config import readiness
from config.observing import exposition

_TOKEN = "prometheus-of-the-council"


@pytest.fixture(autouse=True)
def _asked_without_a_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asks over the connection of the test, which alone sees what the test wrote."""

    def rows(statement: str) -> list:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall()

    monkeypatch.setattr(exposition, "ask", rows)
    monkeypatch.setattr(
        exposition, "readiness", lambda: dict.fromkeys(("database", "migrations", "data"), readiness.OK)
    )


def _scrape(client: Client) -> dict[tuple, float]:
    with override_settings(METRICS_TOKEN=_TOKEN):
        response = client.get("/metrics", headers={"Authorization": f"Bearer {_TOKEN}", "Host": "10.0.0.7"})
    assert response.status_code == 200, response.content
    return {
        (sample.name, *sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(response.text)
        for sample in family.samples
    }


@pytest.mark.parametrize(
    ("token", "given"), [("", "Bearer "), ("", ""), (_TOKEN, ""), (_TOKEN, f"Bearer {_TOKEN}x"), (_TOKEN, "Bearer é")]
)
def test_nobody_without_the_token_learns_that_there_are_metrics(token: str, given: str, client: Client) -> None:
    with override_settings(METRICS_TOKEN=token):
        response = client.get("/metrics", headers={"Authorization": given})

    assert (response.status_code, response.content) == (404, b"")


@pytest.mark.django_db
def test_requests_are_counted_by_route_and_never_by_address(client: Client) -> None:
    before = _scrape(client)
    client.get("/api/v1/proposals/of-the-northern-council/")
    client.get("/api/v1/proposals/of-the-coastal-front/")
    client.get("/nowhere/in/particular/")
    after = _scrape(client)

    made = {key[1:]: after[key] - before.get(key, 0) for key in after if key[0] == "concordance_requests_total"}
    counted = {key: number for key, number in made.items() if number}
    assert sorted(counted.values()) == [1, 2]
    assert not [key for key in after if "council" in str(key) or "particular" in str(key)]
    assert any(key[0] == "concordance_request_seconds_bucket" for key in after)


@pytest.mark.django_db
def test_an_answer_that_was_kept_is_told_from_one_that_was_made(client: Client) -> None:
    def answers() -> dict[str, float]:
        scraped = _scrape(client)
        return {made: scraped.get(("concordance_answers_total", ("made", made)), 0) for made in kinds}

    kinds = ("computed", "kept", "unchanged")
    before = answers()
    first = client.get("/api/v1/parties/")
    client.get("/api/v1/parties/", headers={"If-None-Match": first.headers["ETag"]})
    after = answers()

    assert (after["computed"] - before["computed"], after["unchanged"] - before["unchanged"]) == (1, 1)


@pytest.mark.django_db
def test_the_database_and_jobs_are_told_where_there_is_a_queue(client: Client) -> None:
    told = _scrape(client)
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('procrastinate_jobs') IS NOT NULL")
        has_queue = cursor.fetchone()[0]
        if not has_queue:
            cursor.execute("CREATE TEMPORARY TABLE procrastinate_jobs (status text)")
            cursor.execute("INSERT INTO procrastinate_jobs VALUES ('todo'), ('todo'), ('failed'), ('succeeded')")
    with_queue = _scrape(client)

    assert told[("concordance_database_up",)] == told[("concordance_ready",)] == 1
    jobs = {key[1][1]: value for key, value in with_queue.items() if key[0] == "concordance_jobs"}
    assert jobs.keys() == {"todo", "doing", "aborting", "failed"}
    if not has_queue:
        assert jobs == {"todo": 2, "doing": 0, "aborting": 0, "failed": 1}
