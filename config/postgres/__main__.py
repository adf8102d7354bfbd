"""`python -m config.postgres start|stop` for make and for hand."""

import sys
from pathlib import Path

from config.database import embedded_folder
from config.postgres import UnableToStartPostgres, start, stop
from config.postgres.place import address

_ROOT = Path(__file__).resolve().parent.parent.parent


def main(arguments: list[str]) -> int:
    folder = embedded_folder(_ROOT)
    match arguments:
        case ["start"]:
            try:
                start(folder)
            except UnableToStartPostgres as error:
                print(error, file=sys.stderr)
                return 1
            place = address(folder)
            print(f"PostgreSQL answers at postgresql://postgres@/concordance?host={place['HOST']}&port={place['PORT']}")
        case ["stop"]:
            print("PostgreSQL is stopped." if stop(folder) else "PostgreSQL was not running.")
        case _:
            print("usage: python -m config.postgres start|stop", file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
