"""What clauses are coded with: processes, topics, territories, measures; and the engine's frozen snapshot of it."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from parties.models import Party
from parties.slugs import SlugRecord
from parties.tracking import tracked
from proposals.models.noting import MEASURE, PROCESS, TERRITORY, TOPIC, TOPIC_GROUP, VOCABULARY
from proposals.models.realigning import realigns
from proposals.querysets import TerritoryQuerySet, TopicQuerySet

_CODE = r"^[a-z0-9]+(_[a-z0-9]+)*$"


@tracked()
class Process(SlugRecord):
    """One negotiation track or conflict that proposals belong to."""

    name = models.CharField(max_length=200, help_text="As in headings: Northern Coast.")
    summary = models.TextField(help_text="One sentence: what the process is about and its time.")
    parties = models.ManyToManyField(
        Party, blank=True, related_name="processes", help_text="Those between whom it is about, not every mediator."
    )

    class Meta(SlugRecord.Meta):
        verbose_name_plural = "processes"
        triggers = PROCESS.triggers()

    def __str__(self) -> str:
        return f"{self.name} ({self.slug})"


@tracked()
class TopicGroup(SlugRecord):
    """A heading of the taxonomy."""

    name = models.CharField(max_length=200, help_text="As in headings: Security and armed forces.")
    definition = models.TextField(help_text="Which topics stand under it.")
    order = models.PositiveIntegerField(default=0, help_text="Place among the groups, from 1.")

    class Meta(SlugRecord.Meta):
        triggers = TOPIC_GROUP.triggers()

    def __str__(self) -> str:
        return f"{self.name} ({self.slug})"


@tracked()
class Topic(SlugRecord):
    """A matter that clauses regulate."""

    group = models.ForeignKey(TopicGroup, on_delete=models.PROTECT, related_name="topics", help_text="Its heading.")
    name = models.CharField(max_length=200, help_text="The matter in a few neutral words: Prisoners of war.")
    definition = models.TextField(help_text="What belongs under it, so that two editors tag alike.")
    core = models.BooleanField(default=True, help_text="Whether a full settlement is expected to regulate it.")
    order = models.PositiveIntegerField(default=0, help_text="Place in the taxonomy, from 1.")

    objects = TopicQuerySet.as_manager()

    class Meta(SlugRecord.Meta):
        triggers = TOPIC.triggers()

    def __str__(self) -> str:
        return f"{self.name} ({self.slug})"


@tracked()
class Territory(SlugRecord):
    """A named place or line that clauses touch. Who holds or claims it is said by clauses and positions only."""

    class Kind(models.TextChoices):
        STATE = "state", "state"
        REGION = "region", "region"
        CITY = "city", "city"
        AREA = "area", "area"
        WATERWAY = "waterway", "river or sea"
        INSTALLATION = "installation", "plant or dam"
        LINE = "line", "line"

    name = models.CharField(max_length=200, help_text="The form used in headings: Old Harbour.")
    kind = models.CharField(max_length=20, choices=Kind, help_text="What it is on the map, whoever holds it.")
    note = models.TextField(blank=True, help_text="Where it lies or runs. Not who holds or claims it.")

    objects = TerritoryQuerySet.as_manager()

    class Meta(SlugRecord.Meta):
        verbose_name_plural = "territories"
        triggers = TERRITORY.triggers()

    def __str__(self) -> str:
        return f"{self.name} ({self.slug})"


@tracked(part_of="territory")
class TerritoryAlias(models.Model):
    """Another form of a place name met in sources."""

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=200, help_text="As sources write it, such as another language's form.")
    used_by = models.ManyToManyField(
        Party, blank=True, related_name="+", help_text="Only where a form is used by some parties alone."
    )

    class Meta:
        verbose_name_plural = "territory aliases"
        triggers = TERRITORY.triggers_of_part("territory_id")
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "name"],
                name="proposals_territoryalias_once",
                violation_error_message="This alias is recorded already.",
                violation_error_code="alias_twice",
            )
        ]

    def __str__(self) -> str:
        return self.name


# Proxies of the tables behind `parties` and `used_by`, for their triggers alone.
@tracked(part_of="process")
class ProcessPartyLink(Process.parties.through):  # type: ignore[name-defined]
    class Meta:
        proxy = True
        triggers = PROCESS.triggers_of_part("process_id")


@tracked(part_of="territoryalias")
class TerritoryAliasUse(TerritoryAlias.used_by.through):  # type: ignore[name-defined]
    class Meta:
        proxy = True
        triggers = TERRITORY.triggers_of_part("territoryalias_id", owner="proposals_territoryalias.territory_id")


@tracked()
class Measure(models.Model):
    """What a term measures: strength of forces, width of a zone, time to elections."""

    class Kind(models.TextChoices):
        QUANTITY = "quantity", "quantity"
        DURATION = "duration", "duration or deadline"
        DATE = "date", "date"

    code = models.CharField(
        max_length=60,
        unique=True,
        validators=[RegexValidator(_CODE, "Write a code such as zone_width.", code="not_a_code")],
        help_text="Stable code: zone_width.",
    )
    kind = models.CharField(max_length=10, choices=Kind, help_text="Terms of this measure are of the same kind.")
    name = models.CharField(max_length=200, help_text="What is counted, in words: width of a zone.")

    class Meta:
        triggers = MEASURE.triggers()
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=_CODE),
                name="proposals_measure_code_form",
                violation_error_message="Write a code such as zone_width.",
                violation_error_code="not_a_code",
            )
        ]

    def __str__(self) -> str:
        return self.code


class VocabularySnapshot(models.Model):
    """The vocabulary that the engine weighs words and topics by, frozen under a name.

    Comparisons use the current one. It is rebuilt on purpose (`freeze_vocabulary`), never by an import, so that a new
    document changes no old answer.
    """

    name = models.CharField(max_length=40, unique=True)
    content = models.TextField(help_text="The snapshot as the engine writes it: canonical JSON.")
    is_current = models.BooleanField(default=False)
    frozen_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        triggers = [*VOCABULARY.triggers(), *realigns()]
        constraints = [
            models.UniqueConstraint(
                fields=["is_current"],
                condition=Q(is_current=True),
                name="proposals_vocabularysnapshot_one_current",
                violation_error_message="Only one snapshot is current.",
                violation_error_code="two_current",
            )
        ]

    def __str__(self) -> str:
        return self.name
