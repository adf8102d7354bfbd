"""What comes before Django in every entry: settings that can be read, and in development a running database."""

import sys

from config.environment import UnableToStart


def prepare() -> None:
    """Ends the process with a plain sentence where the service cannot start."""
    try:
        from config import settings
    except UnableToStart as fault:
        sys.exit(str(fault))
    if settings.EMBEDDED_POSTGRES is None:
        return
    from config.postgres import UnableToStartPostgres, start

    try:
        start(settings.EMBEDDED_POSTGRES)
    except UnableToStartPostgres as fault:
        sys.exit(str(fault))
