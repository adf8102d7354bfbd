import pytest
from django.db import OperationalError, connection
from django.test import Client, override_settings


def test_the_process_answers_without_a_database_and_under_any_name() -> None:
    with override_settings(ALLOWED_HOSTS=["council.example"], SECURE_SSL_REDIRECT=True):
        response = Client().get("/healthz", headers={"Host": "10.0.0.7"})

    assert response.json() == {"status": "ok"}


@pytest.mark.django_db
def test_it_is_ready_when_the_database_answers() -> None:
    assert Client().get("/readyz").json() == {"status": "ok"}


@pytest.mark.django_db
def test_it_is_not_ready_while_the_database_is_down() -> None:
    def refuse(*arguments: object) -> None:
        raise OperationalError("the connection is lost")

    with connection.execute_wrapper(refuse):
        response = Client().get("/readyz")

    assert (response.status_code, response.json()) == (503, {"status": "the database does not answer"})
