"""`make run`: a database with the data set in it, a local staff user, and a server, all from nothing.

Every step looks before it acts, so that a later start changes nothing.
"""

import os
import secrets
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

import django
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.models import Count

from config.entry import prepare

_ROOT = Path(__file__).resolve().parent.parent
_HOST = "127.0.0.1"
_STAFF = "staff"
# Any number that nobody else uses for advisory locks on this database.
_STARTING = 1_648_513


def main() -> None:
    """Prepares everything and becomes the server."""
    from config import settings

    if not settings.DEVELOPMENT:
        sys.exit("This makes a user with a known password, so it works in development only: make run")
    port = os.environ.get("PORT", "8000")
    _refuse_used_port(port)
    django.setup()
    with _alone():
        call_command("migrate", verbosity=0)
        if is_empty():
            print("Loading the data set from fixtures/ ...", flush=True)
            call_command("import_proposals", _ROOT / "fixtures")
        call_command("freeze_vocabulary", if_missing=True, stdout=StringIO())
        password = staff_password(settings.STAFF_PASSWORD_FILE)
    print(_welcome(f"http://{_HOST}:{port}", password), flush=True)
    os.environ["DJANGO_RUNSERVER_HIDE_WARNING"] = "true"
    os.execv(  # noqa: S606  (the process becomes the server, so that Ctrl-C and signals reach it)
        sys.executable, [sys.executable, str(_ROOT / "manage.py"), "runserver", f"{_HOST}:{port}"]
    )


def is_empty() -> bool:
    """Whether no record of any kind is there: a load never mixes with existing work."""
    models = [model for label in ("parties", "proposals") for model in apps.get_app_config(label).get_models()]
    return not any(model._default_manager.exists() for model in models)


def staff_password(file: Path) -> str | None:
    """The password of the local staff user, who is made when there is no user at all.

    It is random and kept in a file that only this account reads; None where somebody has changed it since.
    """
    from django.contrib.auth import get_user_model

    users = get_user_model().objects
    if not users.exists():
        file.unlink(missing_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(12) + "\n")
        users.create_superuser(_STAFF, password=file.read_text().strip())
    user = users.filter(username=_STAFF).first()
    password = file.read_text().strip() if file.exists() else ""
    return password if user and user.check_password(password) else None


def first_comparison() -> str | None:
    """A query worth a first look: the earliest complete proposal and the longest of the later ones."""
    from proposals.models import Proposal

    complete = Proposal.objects.visible_to(None).filter(clauses_complete=Proposal.Completeness.YES)
    earliest = complete.in_date_order().first()
    if earliest is None:
        return None
    longest = (
        complete.filter(date__gt=earliest.date)
        .annotate(length=Count("clauses"))
        .order_by("-length", "date", "slug")
        .first()
    )
    return f"proposals={earliest.slug},{longest.slug}" if longest else None


def _welcome(address: str, password: str | None) -> str:
    query = first_comparison()
    lines = [("Proposals", f"{address}/")]
    if query:
        lines.append(("A first comparison", f"{address}/compare/?{query}"))
        lines.append(("The same as JSON", f"{address}/api/v1/comparisons/?{query}"))
    lines.append(("API documentation", f"{address}/api/docs/"))
    lines.append(("Admin", f"{address}/admin/"))
    how = f"user {_STAFF}, password {password}" if password else "with your own user and password"
    lines.append(("", f"({how})"))
    width = max(len(name) for name, _ in lines)
    return "\n".join(["", *(f"  {name:{width}}  {text}" for name, text in lines), "", "Stop with Ctrl-C.", ""])


@contextmanager
def _alone() -> Iterator[None]:
    """One start at a time prepares the database; the server frees the lock when its holder ends, however it ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_lock(%s)", [_STARTING])
        yield
        cursor.execute("select pg_advisory_unlock(%s)", [_STARTING])


def _refuse_used_port(port: str) -> None:
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        sys.exit(f"PORT is {port!r}; it must be a number from 1 to 65535: make run PORT=8001")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_HOST, int(port)))
        except OSError as error:
            sys.exit(
                f"Port {port} cannot be used ({error.strerror}). Name another: make run PORT={int(port) % 65535 + 1}"
            )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    prepare()
    main()
