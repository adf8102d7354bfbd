"""Parameters of the lists of processes, topics, territories, measures and sources."""

from parties.api.parameters import CodesFilter, OrderFilter, ParameterSet, RecordsFilter, WordsFilter, YesNoFilter
from proposals.api.filters.records import by_group, by_party, by_proposal, since, until
from proposals.models import Evidence, Measure, Process, Source, Territory, Topic, TopicGroup


class ProcessParameters(ParameterSet):
    slug = RecordsFilter.by_id(queryset=lambda request: Process.objects.all(), noun="process")
    party = by_party("parties", across=True, help_text="Parties (slugs) to the process.")
    q = WordsFilter("name", "summary", "slug", help_text="Words in the name, summary or slug.")
    ordering = OrderFilter(default="slug", slug=["slug"], name=["name"])


class TopicGroupParameters(ParameterSet):
    slug = RecordsFilter.by_id(queryset=lambda request: TopicGroup.objects.all(), noun="topic group")
    q = WordsFilter("name", "definition", "slug", help_text="Words in the name, definition or slug.")
    ordering = OrderFilter(default="taxonomy", taxonomy=["order", "slug"], name=["name"], slug=["slug"])


class TopicParameters(ParameterSet):
    slug = RecordsFilter.by_id(queryset=lambda request: Topic.objects.all(), noun="topic")
    group = by_group("group")
    core = YesNoFilter("core", help_text="Whether a full settlement is expected to regulate it.")
    q = WordsFilter("name", "definition", "slug", help_text="Words in the name, definition or slug.")
    ordering = OrderFilter(default="taxonomy", taxonomy=["group__order", "order", "slug"], name=["name"], slug=["slug"])


class TerritoryParameters(ParameterSet):
    slug = RecordsFilter.by_id(queryset=lambda request: Territory.objects.all(), noun="territory")
    kind = CodesFilter("kind", choices=Territory.Kind, help_text="Kinds of territory.")
    q = WordsFilter("name", "slug", across=["aliases__name"], help_text="Words in the name, an alias or the slug.")
    ordering = OrderFilter(default="name", name=["name"], slug=["slug"], kind=["kind", "name"])


class MeasureParameters(ParameterSet):
    code = RecordsFilter.by_id(queryset=lambda request: Measure.objects.all(), noun="measure", key="code")
    kind = CodesFilter("kind", choices=Measure.Kind, help_text="Kinds of measure.")
    q = WordsFilter("name", "code", help_text="Words in the name or code.")
    ordering = OrderFilter(default="code", code=["code"], name=["name"], kind=["kind", "code"])


class SourceParameters(ParameterSet):
    slug = RecordsFilter.by_id(queryset=lambda request: Source.objects.all(), noun="source")
    proposal = by_proposal("proposal_citations__proposal", across=True)
    reliability = CodesFilter("reliability", choices=Source.Reliability, help_text="Grades, A the best.")
    access = CodesFilter("access", choices=Evidence, help_text="How much of it was read.")
    publisher = WordsFilter("publisher", help_text="Words in the publisher's name.")
    date_from = since("date")
    date_to = until("date")
    q = WordsFilter(
        "title", "publisher", "slug", "covers", help_text="Words in the title, publisher, slug or what it covers."
    )
    ordering = OrderFilter(
        default="slug",
        slug=["slug"],
        date=["date", "slug"],
        publisher=["publisher", "slug"],
        reliability=["reliability", "slug"],
    )
