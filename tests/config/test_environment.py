import pytest

from config.environment import Environment, UnableToStart


def test_it_is_production_unless_told_otherwise() -> None:
    assert not Environment({}).development
    assert not Environment({"CONCORDANCE_ENV": "production"}).development
    assert Environment({"CONCORDANCE_ENV": "development"}).development


def test_a_mistyped_switch_is_refused_rather_than_taken_for_production() -> None:
    environment = Environment({"CONCORDANCE_ENV": "developement"})

    with pytest.raises(UnableToStart, match="'developement'; it can be production or development"):
        environment.check()


def test_all_faults_are_named_at_once() -> None:
    environment = Environment({"THREADS": "four", "HTTPS": "perhaps", "DATABASE_URL": "sqlite:///file"})
    environment.required("SECRET_KEY", meaning="random characters", in_development="x")
    environment.number("THREADS", default=4)
    environment.switch("HTTPS", default=True)
    environment.database("DATABASE_URL", url="sqlite:///file")

    with pytest.raises(UnableToStart) as refusal:
        environment.check()

    assert [line for line in str(refusal.value).splitlines() if line.startswith("  - ")] == [
        "  - SECRET_KEY is not set: random characters",
        "  - THREADS is 'four'; it must be a whole number",
        "  - HTTPS is 'perhaps'; it can be on or off",
        "  - DATABASE_URL is not the address of a PostgreSQL database: postgresql://user:password@host/name",
    ]


@pytest.mark.parametrize(
    ("variables", "value"),
    [
        ({"CONCORDANCE_ENV": "development"}, "stand-in"),  # missing
        ({"CONCORDANCE_ENV": "development", "KEY": "  "}, "stand-in"),  # blank counts as missing
        ({"CONCORDANCE_ENV": "development", "KEY": "own"}, "own"),  # set
        ({"KEY": "own"}, "own"),  # set in production
    ],
)
def test_a_required_value_has_a_stand_in_for_development_alone(variables: dict[str, str], value: str) -> None:
    environment = Environment(variables)

    assert environment.required("KEY", meaning="anything", in_development="stand-in") == value
    environment.check()


def test_words_are_separated_by_commas() -> None:
    environment = Environment({"HOSTS": "council.example, front.example,"})

    assert environment.words("HOSTS") == ["council.example", "front.example"]
    assert environment.words("OTHERS") == []


def test_a_choice_is_one_of_a_few_words_or_none() -> None:
    environment = Environment({"KIND": "large", "OTHER": "tiny"})

    assert environment.choice("MISSING", among=("large", "small")) == ""
    assert environment.choice("KIND", among=("large", "small")) == "large"
    environment.check()

    environment.choice("OTHER", among=("large", "small"))
    with pytest.raises(UnableToStart, match="OTHER is 'tiny'; it can be large or small, or nothing"):
        environment.check()


def test_a_rate_is_a_number_in_a_period_or_off() -> None:
    environment = Environment({"SLOW": "5/hour", "NONE": "off", "ODD": "often"})

    assert environment.rate("MISSING", default="10/min") == "10/min"
    assert environment.rate("SLOW", default="10/min") == "5/hour"
    assert environment.rate("NONE", default="10/min") is None
    environment.check()

    environment.rate("ODD", default="10/min")
    with pytest.raises(UnableToStart, match="ODD is 'often'; it can be a rate such as 30/min"):
        environment.check()


def test_an_origin_has_a_scheme_and_no_path() -> None:
    environment = Environment({"ALL": "*", "SOME": "https://front.example,http://localhost:5173"})

    assert environment.origins("MISSING") == environment.origins("ALL") == []
    assert environment.origins("SOME") == ["https://front.example", "http://localhost:5173"]
    environment.check()


@pytest.mark.parametrize("value", ["front.example", "https://front.example/", "https://front.example,*"])
def test_what_is_no_origin_is_refused(value: str) -> None:
    environment = Environment({"ORIGINS": value})
    environment.origins("ORIGINS")

    with pytest.raises(UnableToStart, match=r"an origin is written https://front\.example, without a path"):
        environment.check()


def test_a_cache_is_memory_the_database_or_a_server() -> None:
    environment = Environment({"SHARED": "database", "ODD": "memcached://secret@host"})

    assert environment.cache("MISSING")["BACKEND"].endswith("LocMemCache")
    assert environment.cache("SHARED") == {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
    environment.check()

    environment.cache("ODD")
    with pytest.raises(UnableToStart, match="ODD is no address of a cache") as refusal:
        environment.check()
    assert "secret" not in str(refusal.value)
