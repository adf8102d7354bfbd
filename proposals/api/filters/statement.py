"""Parameters of the lists of positions, disputes, statements and decisions, and of a topic's timeline."""

from parties.api.parameters import CodesFilter, OrderFilter, ParameterSet, RecordsFilter, WordsFilter, YesNoFilter
from proposals.api.codes import EntryKind
from proposals.api.filters.records import (
    AsOfFilter,
    ClausesFilter,
    SpeakersFilter,
    by_group,
    by_party,
    by_person,
    by_position,
    by_process,
    by_proposal,
    by_source,
    by_topic,
    since,
    until,
)
from proposals.models import Confidence, Decision, Dispute, Evidence, Position, Statement
from proposals.querysets import DecisionQuerySet, PositionQuerySet

OF_A_PROCESS = "Processes (slugs) of the proposal it speaks of; what was said on a topic alone belongs to none."


class PositionParameters(ParameterSet):
    id = RecordsFilter.by_id(queryset=lambda request: Position.objects.visible_to(request.user), noun="position")
    party = by_party("party", help_text="Parties (slugs) whose position it is.")
    person = by_person("person")
    topic = by_topic("topic")
    topic_group = by_group("topic__group")
    process = by_process("proposal__process", help_text=OF_A_PROCESS)
    proposal = by_proposal("proposal")
    clause = ClausesFilter("clause")
    stance = CodesFilter("stance", choices=Position.Stance, help_text="Stances.")
    red_line = YesNoFilter("red_line", help_text="Whether the source presents it as not negotiable.")
    source = by_source("source")
    evidence = CodesFilter("evidence", choices=Evidence, help_text="How much of the source was seen.")
    confidence = CodesFilter("confidence", choices=Confidence, help_text="How sure the record is.")
    as_of = AsOfFilter()
    standing = YesNoFilter(
        method="by_standing",
        help_text="Whether neither a superseding statement nor a withdrawal is recorded, up to `as_of` where that is "
        "given. True says nothing about whether the party still holds it.",
    )
    date_from = since("last_day")
    date_to = until("date")
    q = WordsFilter("statement", help_text="Words in the statement.")
    ordering = OrderFilter(default="-date", date=["date", "last_day", "slug"])

    def by_standing(self, queryset: PositionQuerySet, name: str, wanted: bool) -> PositionQuerySet:
        return queryset.standing(wanted, user=self.request.user, day=self.form.cleaned_data["as_of"])


class OnePositionParameters(ParameterSet):
    as_of = AsOfFilter()


class DisputeParameters(ParameterSet):
    id = RecordsFilter.by_id(queryset=lambda request: Dispute.objects.visible_to(request.user), noun="dispute")
    topic = by_topic("topics", across=True)
    proposal = by_proposal("about__proposal", also=["about__clause__proposal"], across=True)
    clause = ClausesFilter("about__clause", across=True)
    position = by_position("about__position", across=True)
    process = by_process(
        "about__proposal__process",
        also=["about__clause__proposal__process", "about__position__proposal__process"],
        across=True,
    )
    topic_group = by_group("topics__group", across=True)
    person = by_person("about__person", also=["about__position__person"], across=True)
    source = by_source("claims__source", also=["about__source"], across=True)
    q = WordsFilter("subject", "slug", across=["claims__value"], help_text="Words in the subject, a value or the id.")
    ordering = OrderFilter(default="id", id=["slug"], subject=["subject", "slug"])


class StatementParameters(ParameterSet):
    id = RecordsFilter.by_id(queryset=lambda request: Statement.objects.visible_to(request.user), noun="statement")
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
    relation = CodesFilter("relation", choices=Decision.Relation, help_text="Relations, where an editor set one.")
    stale = YesNoFilter(help_text="Whether a clause changed since.", method="by_staleness")

    q = WordsFilter("note", "decided_by", help_text="Words in the note, or who decided.")
    ordering = OrderFilter(
        default="clauses",
        clauses=["left__proposal__slug", "left__order", "right__proposal__slug", "right__order"],
        decided_at=["decided_at"],
    )

    def by_staleness(self, queryset: DecisionQuerySet, name: str, wanted: bool) -> DecisionQuerySet:
        return queryset.stale() if wanted else queryset.up_to_date()


class TimelineParameters(ParameterSet):
    """They narrow what `proposals.timeline` looks for; the rows of a timeline cannot be filtered afterwards."""

    kind = CodesFilter("entry", choices=EntryKind, help_text="Kinds of entry.")
    party = by_party("party", help_text="Parties (slugs): their positions, and the clauses of what they proposed.")
    proposal = by_proposal("proposal")
    process = by_process("process", help_text=OF_A_PROCESS)
    as_of = AsOfFilter()
    date_from = since("closing_day")
    date_to = until("first_day")
