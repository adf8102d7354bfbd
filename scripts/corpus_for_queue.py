"""A corpus for measuring: copies of the shipped clauses, dealt out anew and varied, in proposals of about thirty."""

import datetime
import random
import re
from io import StringIO

from django.core.management import call_command
from django.db import connection

from scripts.scratch import FIXTURES


def make_corpus(proposals: int, chance: random.Random) -> int:
    """So many public proposals beside the shipped ones; returns the number of all clauses."""
    from proposals.models import Clause, ClauseTopic, Process, Proposal, Stage

    call_command("import_proposals", FIXTURES, stdout=StringIO())
    call_command("freeze_vocabulary", stdout=StringIO())
    process = Process.objects.order_by("pk").first()
    pool = list(Clause.objects.filter(kind="commitment").prefetch_related("topic_links").order_by("pk"))
    words = [word for clause in pool for word in re.findall(r"[a-z]{5,}", clause.text)]
    made = Proposal.objects.bulk_create(
        Proposal(
            slug=f"made-plan-{number:04}",
            process=process,
            title=f"Made plan {number}",
            short_title=f"Made {number}",
            kind="points_plan",
            date=datetime.date(2001, 1, 1) + datetime.timedelta(days=number),
            date_precision="day",
            text_status="published",
            clauses_complete="yes",
            summary="Made for measuring.",
            stage=Stage.PUBLIC,
        )
        for number in range(max(0, proposals - Proposal.objects.count()))
    )
    for proposal in made:
        size = max(4, min(120, round(chance.lognormvariate(3.2, 0.6))))
        chosen = chance.sample(pool, min(size, len(pool)))
        clauses = Clause.objects.bulk_create(
            Clause(
                proposal=proposal,
                key=f"c{place:03}",
                number=str(place),
                order=place,
                label=model.label,
                text=_varied(model.text, words, chance),
                modality=model.modality,
                evidence="full_text",
                confidence="high",
                stage=Stage.PUBLIC,
            )
            for place, model in enumerate(chosen, 1)
        )
        ClauseTopic.objects.bulk_create(
            ClauseTopic(clause=clause, topic_id=link.topic_id, order=link.order)
            for clause, model in zip(clauses, chosen, strict=True)
            for link in model.topic_links.all()
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return Clause.objects.count()


def _varied(text: str, words: list[str], chance: random.Random) -> str:
    """A third of the words are others."""
    return re.sub(r"[a-z]{5,}", lambda word: chance.choice(words) if chance.random() < 1 / 3 else word[0], text)
