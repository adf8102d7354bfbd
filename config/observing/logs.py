"""The log: JSON lines in production, plain lines in development, and never a secret in either.

Importing this loads no Django, so that gunicorn's first process can write such lines too.
"""

import logging
import sys
import traceback
from collections.abc import Collection
from typing import Any

import structlog

from config.observing.redaction import Redaction

FORMATS = ("json", "lines")
_OF_A_LINE = ("timestamp", "level", "logger", "event", "traceback")


def logging_settings(*, form: str, secrets: Collection[str] = ()) -> dict[str, Any]:
    """Django's LOGGING, also gunicorn's `logconfig_dict`. `secrets` are values that no line may hold."""
    production = form == "json"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": [
                    structlog.contextvars.merge_contextvars,
                    structlog.stdlib.add_log_level,
                    structlog.stdlib.add_logger_name,
                    _add_fields,
                    structlog.processors.TimeStamper(fmt="iso", utc=True),
                ],
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    _told_without_values if production else structlog.processors.format_exc_info,
                    Redaction(secrets),
                    structlog.processors.JSONRenderer(sort_keys=False, default=str) if production else _plain,
                ],
                # Otherwise logging would write the traceback a second time, with all values.
                "keep_exc_info": False,
                "keep_stack_info": False,
            }
        },
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": "line"},
            # Of a logger without any handler Python itself writes what is a warning or worse, just as it is.
            "nowhere": {"class": "logging.NullHandler"},
        },
        "root": {"handlers": ["console"], "level": "INFO"},
        "loggers": {
            "django": {"handlers": [], "propagate": True},
            # The access log has a line for each request, with its status.
            "django.request": {"level": "ERROR"},
            "django.server": {"handlers": ["nowhere"], "propagate": False},
            # It would tell of each connection that a request takes.
            "psycopg.pool": {"level": "WARNING"},
            # Each command would begin with a line about its tasks.
            "procrastinate.blueprints": {"level": "WARNING"},
            # Whoever scans the internet would fill the log with tracebacks.
            "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
            # Each try to sign in would stand there with its name and address.
            "axes": {"level": "ERROR"},
            "gunicorn.error": {"level": "INFO", "handlers": [], "propagate": True},
            # Ours is config.observing.requests.
            "gunicorn.access": {"handlers": ["nowhere"], "propagate": False},
        },
    }


def _add_fields(logger: Any, method: str, event: dict[str, Any]) -> dict[str, Any]:
    """What our own loggers give as `extra={"fields": {...}}`; the extras of others may be whole requests."""
    record: logging.LogRecord | None = event.get("_record")
    return {**event, **getattr(record, "fields", {})}


def _told_without_values(logger: Any, method: str, event: dict[str, Any]) -> dict[str, Any]:
    """The kind of exception and the lines of our programs, without its message: that often repeats what was sent."""
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()
    if isinstance(error, BaseException):
        error = (type(error), error, error.__traceback__)
    if isinstance(error, tuple) and error[1] is not None:
        event["error"] = f"{error[0].__module__}.{error[0].__qualname__}"
        event["traceback"] = "".join(_frames(error[1])).rstrip()
    event.pop("stack_info", None)
    return event


def _frames(error: BaseException, depth: int = 0) -> list[str]:
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    lines = [*_frames(before, depth + 1), "then\n"] if before is not None and depth < 5 else []
    return [*lines, *traceback.format_tb(error.__traceback__)[-40:], f"{type(error).__qualname__}\n"]


def _plain(logger: Any, method: str, event: dict[str, Any]) -> str:
    fields = " ".join(f"{name}={value}" for name, value in event.items() if name not in (*_OF_A_LINE, "exception"))
    line = f"{event['timestamp'][:19]} {event['level'].upper()} {event['logger']}: {event['event']}"
    return "\n".join(part for part in (f"{line} {fields}".rstrip(), event.get("exception", "")) if part)
