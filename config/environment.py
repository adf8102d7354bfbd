"""What the process environment says about this installation, with every fault told at once."""

import re
from collections.abc import Collection, Mapping
from importlib.util import find_spec
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

SWITCH = "CONCORDANCE_ENV"
_PROFILES = ("production", "development")


class UnableToStart(ImproperlyConfigured):
    """The environment lacks what the service cannot do without; the message is meant for whoever starts it."""


class Environment:
    """Reads settings from variables, and gathers faults until `check()` so that all of them are named together.

    It is production unless `CONCORDANCE_ENV=development`. An empty variable counts as a missing one.
    """

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = variables
        self._faults: list[str] = []
        profile = self.text(SWITCH, default="production")
        self.development = profile == "development"
        if profile not in _PROFILES:
            self._faults.append(f"{SWITCH} is {profile!r}; it can be {' or '.join(_PROFILES)}")

    def text(self, name: str, *, default: str = "") -> str:
        return self._variables.get(name, "").strip() or default

    def required(self, name: str, *, meaning: str, in_development: str) -> str:
        """The value of a variable that production must set."""
        value = self.text(name)
        if not value and not self.development:
            self._faults.append(f"{name} is not set: {meaning}")
        return value or in_development

    def words(self, name: str, *, default: str = "") -> list[str]:
        """The comma-separated entries of a variable."""
        return [word.strip() for word in self.text(name, default=default).split(",") if word.strip()]

    def number(self, name: str, *, default: int) -> int:
        value = self.text(name, default=str(default))
        if value.isascii() and value.isdigit():
            return int(value)
        self._faults.append(f"{name} is {value!r}; it must be a whole number")
        return default

    def switch(self, name: str, *, default: bool) -> bool:
        value = self.text(name, default="on" if default else "off")
        if value not in ("on", "off"):
            self._faults.append(f"{name} is {value!r}; it can be on or off")
        return value == "on"

    def choice(self, name: str, *, among: Collection[str]) -> str:
        """One of these words, or "" where the variable is missing."""
        value = self.text(name)
        if value and value not in among:
            self._faults.append(f"{name} is {value!r}; it can be {' or '.join(among)}, or nothing")
        return value

    def secret(self, name: str, *, least: int) -> str:
        """A word that is hard to guess, or "" where the variable is missing. A fault does not repeat it."""
        value = self.text(name)
        if value and not re.fullmatch(rf"[A-Za-z0-9._~-]{{{least},}}", value):
            self._faults.append(f"{name} must be {least} or more letters, digits, dots, dashes and underscores")
        return value

    def sentry(self, name: str) -> str:
        """Where defects are reported to, or ""."""
        value = self.text(name)
        if value and not re.fullmatch(r"https?://[^\s@/]+@[^\s@/]+/\S+", value):
            self._faults.append(f"{name} is no address of a Sentry project: https://key@host/number")
        if value and find_spec("sentry_sdk") is None:
            self._faults.append(f"{name} is set, and the packages of requirements-sentry.lock are not installed")
        return value

    def reports(self, name: str, *, in_development: str) -> str:
        """Where readers report errors to: mailto: and an address, or a page; nowhere where production does not say."""
        value = self.text(name) or (in_development if self.development else "")
        if value and not re.fullmatch(r"mailto:[^\s@?]+@[^\s@?]+|https?://\S+", value):
            self._faults.append(f"{name} is {value!r}; it can be mailto:name@host or the address of a page")
        return value

    def database(self, name: str, *, url: str) -> dj_database_url.DBConfig:
        """Django's settings of the PostgreSQL database at an address; another kind of database is a fault."""
        try:
            settings = dj_database_url.parse(url, conn_health_checks=True)
        except (dj_database_url.ParseError, dj_database_url.UnknownSchemeError, ValueError):
            settings = {}
        if url and settings.get("ENGINE") != "django.db.backends.postgresql":
            self._faults.append(
                f"{name} is not the address of a PostgreSQL database: postgresql://user:password@host/name"
            )
        return settings

    def rate(self, name: str, *, default: str) -> str | None:
        """A number of requests in a period, such as 30/min; None where the variable says off."""
        value = self.text(name, default=default)
        if value == "off":
            return None
        if not re.fullmatch(r"[1-9][0-9]{0,8}/(s|min|hour|day)", value):
            self._faults.append(
                f"{name} is {value!r}; it can be a rate such as 30/min, 5/s, 100/hour or 500/day, or off"
            )
            return default
        return value

    def origins(self, name: str) -> list[str]:
        """The comma-separated origins of a variable; none where it is missing or *."""
        values = self.words(name, default="*")
        if values == ["*"]:
            return []
        for value in values:
            if not re.fullmatch(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?", value):
                self._faults.append(
                    f"{name} holds {value!r}; an origin is written https://front.example, without a path"
                )
        return values

    def cache(self, name: str) -> dict[str, Any]:
        """Django's settings of the cache at an address: memory of each process unless named."""
        url = self.text(name)
        # Django's own bound of 300 entries would forget what it counted as soon as 300 clients ask.
        many = {"OPTIONS": {"MAX_ENTRIES": 100_000}}
        if url == "database":
            return {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache", **many}
        if re.match(r"rediss?://", url):
            if find_spec("redis") is None:
                missing = "the package redis is not installed: it is in requirements-redis.lock"
                self._faults.append(f"{name} names a Redis server, and {missing}")
            # Seconds that a request waits for it at most; by default it would wait for ever.
            patience = {"socket_connect_timeout": 1, "socket_timeout": 1}
            return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": url, "OPTIONS": patience}
        if url:
            # It may hold a password, so it is not repeated.
            self._faults.append(f"{name} is no address of a cache: database or redis://host:6379/0, or nothing")
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", **many}

    def check(self) -> None:
        """Raises `UnableToStart` with every fault met so far."""
        if not self._faults:
            return
        listed = "\n".join(f"  - {fault}" for fault in self._faults)
        raise UnableToStart(
            f"Concordance cannot start:\n{listed}\n"
            "For work on this machine use `make run` or `make test`, which need none of these; "
            ".env.example explains each variable."
        )
