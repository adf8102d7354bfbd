#!/usr/bin/env python3
"""Django's commands; `make manage do="..."` runs them with the settings of development."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    from config.entry import prepare

    prepare()
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
