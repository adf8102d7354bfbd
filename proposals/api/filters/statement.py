"""Parameters of the lists of positions, disputes, statements and decisions, and of a topic's timeline."""

from parties.api.parameters import CodesFilter, DayFilter, OrderFilter, ParameterSet, WordsFilter, YesNoFilter
from proposals.api.codes import EntryKind
from proposals.api.filters.records import (
    ClausesFilter,
    SpeakersFilter,
    by_party,
    by_person,
    by_position,
    by_proposal,
    by_source,
    by_topic,
    since,
    until,
)
from proposals.models import Decision, Position, Statement
from proposals.querysets import DecisionQuerySet


class PositionParameters(ParameterSet):
    party = by_party("party", help_text="Parties (slugs) whose position it is.")
    person = by_person("person")
    topic = by_topic("topic")
    proposal = by_proposal("proposal")
    clause = ClausesFilter("clause")
    stance = CodesFilter("stance", choices=Position.Stance, help_text="Stances.")
    red_line = YesNoFilter("red_line", help_text="Whether the source presents it as not negotiable.")
    as_of = DayFilter("date", "lte", help_text="Statements up to this day. Left out: everything recorded.")
    date_from = since("last_day")
    date_to = until("date")
    q = WordsFilter("statement", help_text="Words in the statement.")
    ordering = OrderFilter(default="-date", date=["date", "last_day", "slug"])


class DisputeParameters(ParameterSet):
    topic = by_topic("topics", across=True)
    proposal = by_proposal("about__proposal", also=["about__clause__proposal"], across=True)
    clause = ClausesFilter("about__clause", across=True)
    source = by_source("claims__source", also=["about__source"], across=True)
    q = WordsFilter("subject", help_text="Words in the subject.")


class StatementParameters(ParameterSet):
    kind = CodesFilter("kind", choices=Statement.Kind, help_text="Kinds of statement.")
    topic = by_topic("topic_links__topic", across=True)
    source = by_source(
        "source", also=["about__source"], across=True, help_text="Sources (slugs) that say it, or that it is about."
    )
    proposal = by_proposal(
        "about__proposal", also=["about__clause__proposal", "about__position__proposal"], across=True
    )
    clause = ClausesFilter("about__clause", also=["about__position__clause"], across=True)
    position = by_position("about__position", across=True)
    party = by_party(
        "party",
        also=["person__party"],
        help_text="Parties (slugs) whom the source has say it, themselves or by a person who speaks for them.",
    )
    person = by_person(
        "person", also=["about__person"], across=True, help_text="Persons (slugs) who say it, or whom it is about."
    )
    said_by = SpeakersFilter("party", "person", help_text="Parties or persons (slugs) whom the source has say it.")
    reported_by = WordsFilter(
        "reported_by", help_text="Words in the name of the outlet, institute or expert named for it."
    )
    # A statement without a date is left out by both: the source judges, and tells nothing of a day.
    date_from = since("last_day")
    date_to = until("date")
    q = WordsFilter(
        "subject", "claim", "reported_by", "note", help_text="Words in subject, claim, note and who reports it."
    )
    ordering = OrderFilter(
        default="slug", slug=["slug"], date=["date", "last_day", "slug"], source=["source__slug", "slug"]
    )


class DecisionParameters(ParameterSet):
    proposal = by_proposal("left__proposal", also=["right__proposal"])
    clause = ClausesFilter("left", also=["right"])
    verdict = CodesFilter("verdict", choices=Decision.Verdict, help_text="Verdicts.")
    stale = YesNoFilter(help_text="Whether a clause changed since.", method="by_staleness")

    def by_staleness(self, queryset: DecisionQuerySet, name: str, wanted: bool) -> DecisionQuerySet:
        return queryset.stale() if wanted else queryset.up_to_date()


class TimelineParameters(ParameterSet):
    """They narrow what `proposals.timeline` looks for; the rows of a timeline cannot be filtered afterwards."""

    kind = CodesFilter("entry", choices=EntryKind, help_text="Kinds of entry.")
    date_from = since("closing_day")
    date_to = until("first_day")
