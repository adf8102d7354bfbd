"""manage.py compare: the concordance of stored proposals and files, offline."""

import dataclasses
import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from proposals.comparison import INCLUDES, Draft, UnableToCompare, compare
from proposals.exchange.drafts import read_draft_file
from proposals.exchange.faults import UnableToImport
from proposals.rendering.characters import one_line
from proposals.rendering.files import FILES, comparison_file
from proposals.rendering.text import comparison_text


class Command(BaseCommand):
    help = "Lay two to eight proposals side by side: what agrees, what differs and how, what each leaves out."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "proposals",
            nargs="+",
            metavar="A",
            help="the id of a stored proposal, or a file: one proposal in the exchange format, or one object of "
            "POST /api/v1/comparisons/ as JSON",
        )
        parser.add_argument("--json", action="store_true", help="print the document that the API answers")
        parser.add_argument("--format", choices=FILES, help="write it as a file of this format; needs --output")
        parser.add_argument("--output", metavar="FILE", help="where that file is written")

    def handle(self, *args: Any, proposals: list[str], **options: Any) -> None:
        wanted, target = options["format"], options["output"] and Path(options["output"])
        if bool(wanted) != bool(target):
            raise CommandError("--format and --output belong together.")
        include = INCLUDES if wanted else ()
        try:
            document = compare(
                proposals=[_proposal(name, place) for place, name in enumerate(proposals, 1)], include=include
            )
        except UnableToImport as refused:
            raise CommandError("\n".join(one_line(str(fault)) for fault in refused.faults)) from refused
        except UnableToCompare as refused:
            raise CommandError("\n".join(one_line(fault.detail) for fault in refused.faults)) from refused
        if wanted:
            try:
                target.write_bytes(comparison_file(document, name=wanted))
            except OSError as error:
                raise CommandError(f"{target}: {error.strerror}") from None
        elif options["json"]:
            self.stdout.write(json.dumps(document, ensure_ascii=False, indent=2))
        else:
            self.stdout.write(comparison_text(document), ending="")


def _proposal(name: str, place: int) -> str | Draft:
    """A slug holds no dot and no slash, so anything that does, or that is there as a file, is one."""
    is_file = "." in name or "/" in name or Path(name).is_file()
    return dataclasses.replace(read_draft_file(name, place=place), stands_in=True) if is_file else name
