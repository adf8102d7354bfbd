#!/usr/bin/env python3
"""Django's commands; `make manage do="..."` runs them with the settings of development."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from config.entry import prepare, run

    prepare()
    run(sys.argv)


if __name__ == "__main__":
    main()
