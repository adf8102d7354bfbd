"""Which PostgreSQL the service uses: the one that `DATABASE_URL` names, or in development an embedded one."""

import os
from pathlib import Path
from typing import Any

from config.environment import Environment

FOLDER_VARIABLE = "CONCORDANCE_POSTGRES"
# Without bounds a process hangs for minutes on a server that has gone silent.
_NETWORK = {
    "connect_timeout": 5,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
# A request waits less long. Of what the server bounds, the statement comes first, so that it ends with a clear error.
_WEB_NETWORK = {
    "connect_timeout": 3,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 8_000,
}
# That a page out of order costs little more than the next one, as on any disk without moving parts: PostgreSQL expects
# four times as much, and reads whole tables where an index leads to a third of them.
_SESSION = {"random_page_cost": "1.1"}
_WEB_SESSION = {"statement_timeout": "7s", "lock_timeout": "5s", "idle_in_transaction_session_timeout": "20s"}


def embedded_folder(base_dir: Path) -> Path:
    """Where the embedded server keeps its data: `CONCORDANCE_POSTGRES`, or .postgres in the checkout."""
    return Path(os.environ.get(FOLDER_VARIABLE) or base_dir / ".postgres").absolute()


def databases(environment: Environment, *, base_dir: Path) -> dict[str, dict[str, Any]]:
    """Django's DATABASES. It starts no server: manage.py and the test plugin do that before Django is set up."""
    url = environment.required(
        "DATABASE_URL", meaning="postgresql://user:password@host/name of a PostgreSQL 18 database", in_development=""
    )
    settings: dict[str, Any]
    if url:
        settings = {**environment.database("DATABASE_URL", url=url)}
        settings["OPTIONS"] = {**_NETWORK, **settings.get("OPTIONS", {})}
    else:
        settings = _embedded(base_dir) if environment.development else {}
    if settings:
        _begin_with(_SESSION, settings["OPTIONS"])
    if not environment.development and settings:
        # A pool rides out a restart of the server without failed requests; it excludes persistent connections.
        threads = environment.number("WEB_THREADS", default=4)
        settings["OPTIONS"]["pool"] = {"min_size": 1, "max_size": threads, "timeout": 5}
    settings |= {"CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": True}
    return {"default": settings}


def bound_waiting(settings: dict[str, Any]) -> None:
    """Makes the settings of a database those of a web process, where nobody waits long: before the first connection."""
    options = settings["OPTIONS"]
    if "pool" not in options:
        return
    from config.web_database.connection import PatientConnection

    settings["ENGINE"] = "config.web_database"
    options |= _WEB_NETWORK
    _begin_with(_WEB_SESSION, options)
    # Attempts to connect slow down with time; given up early, the next request starts them anew.
    options["pool"] |= {"connection_class": PatientConnection, "reconnect_timeout": 4}


def _begin_with(session: dict[str, str], options: dict[str, Any]) -> None:
    """Each connection begins with these settings; what the address itself asks for comes last, and wins."""
    asked = " ".join(f"-c {name}={value}" for name, value in session.items())
    options["options"] = f"{asked} {options.get('options', '')}".strip()


def _embedded(base_dir: Path) -> dict[str, Any]:
    from config.postgres import DATABASE, USER, address

    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": DATABASE,
        "USER": USER,
        "OPTIONS": {},
        **address(embedded_folder(base_dir)),
    }
