"""Defects told to a Sentry server, where SENTRY_DSN names one: where in the program, never whose or what request."""

from typing import Any

import structlog


def report_defects(*, dsn: str, release: str, transport: Any = None) -> None:
    """Begins to report. The packages are those of requirements-sentry.lock."""
    import sentry_sdk

    sentry_sdk.init(
        dsn=dsn,
        release=release,
        transport=transport,
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        traces_sample_rate=0,
        server_name="",
        before_send=_bare,  # type: ignore[arg-type]
    )


def _bare(event: dict[str, Any], hint: dict[str, Any]) -> dict[str, Any]:
    """Only what is named here leaves: what a later version of the package adds to an event does not."""
    exceptions = [
        {
            "type": one.get("type"),
            "module": one.get("module"),
            # The message often repeats what was sent.
            "value": "",
            "stacktrace": {"frames": [_frame(frame) for frame in (one.get("stacktrace") or {}).get("frames", [])]},
        }
        for one in (event.get("exception") or {}).get("values", [])
    ]
    kept = ("event_id", "timestamp", "level", "platform", "release", "sdk", "logger", "transaction")
    request_id = structlog.contextvars.get_contextvars().get("request_id")
    return {
        **{name: event[name] for name in kept if name in event},
        "exception": {"values": exceptions},
        "tags": {"request_id": request_id} if request_id else {},
    }


def _frame(frame: dict[str, Any]) -> dict[str, Any]:
    return {name: frame[name] for name in ("filename", "module", "function", "lineno", "in_app") if name in frame}
