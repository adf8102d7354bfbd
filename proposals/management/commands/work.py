"""Run a worker, which does the jobs of the queue."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from proposals.jobs.worker import Habits, work


class Command(BaseCommand):
    help = (
        "Do the jobs of the queue until SIGTERM or SIGINT. Run as many workers as there are processors to spare, on "
        "as many hosts as reach the database. The site works without any."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--concurrency",
            type=int,
            default=1,
            help="Jobs at once, in threads. They share one processor: for more speed run more workers.",
        )
        parser.add_argument(
            "--heartbeat",
            type=float,
            default=1,
            help="Seconds between signs of life; a worker that misses four loses its jobs to others.",
        )
        parser.add_argument(
            "--grace", type=float, default=30, help="Seconds to finish what is begun when asked to stop."
        )
        parser.add_argument("--until-empty", action="store_true", help="End when there is nothing left to do.")

    def handle(self, *_args: Any, **options: Any) -> None:
        work(
            Habits(
                concurrency=options["concurrency"],
                heartbeat=options["heartbeat"],
                grace=options["grace"],
                until_empty=options["until_empty"],
            )
        )
