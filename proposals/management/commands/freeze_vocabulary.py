"""Freeze the vocabulary that comparisons weigh words and topics by."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from parties.turns import wait_for_turn
from proposals.comparison import vocabulary_of_public_records
from proposals.models import VocabularySnapshot


class Command(BaseCommand):
    help = (
        "Build the vocabulary from the public clauses, the taxonomy and the names of places and parties, and let "
        "comparisons use it from now on. Answers may change; each names the vocabulary that it was made with."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-missing", action="store_true", help="Keep the current vocabulary if there is one.")

    def handle(self, *_args: Any, **options: Any) -> None:
        with transaction.atomic():
            wait_for_turn()
            snapshots = VocabularySnapshot.objects.filter(is_current=True)
            current = snapshots.first()
            if current and options["if_missing"]:
                name = current.name
            else:
                vocabulary = vocabulary_of_public_records()
                name = vocabulary.id
                if not current or current.name != name:
                    snapshots.update(is_current=False)
                    VocabularySnapshot.objects.update_or_create(
                        name=name,
                        defaults={"is_current": True},
                        create_defaults={"is_current": True, "content": vocabulary.to_json()},
                    )
        self.stdout.write(name)
