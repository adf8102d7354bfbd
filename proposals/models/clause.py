"""One entry of a proposal, and everything that is coded on it."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from parties.models import Change, Party
from parties.slugs import PATTERN
from parties.tracking import tracked
from proposals.models.noting import CLAUSE, PROPOSAL, WITH_A_CLAUSE
from proposals.models.proposal import Proposal
from proposals.models.retired import KeyNotRetired, retires_its_key
from proposals.models.searched import SearchedWords
from proposals.models.source import Confidence, Evidence, Source
from proposals.models.versioning import StagedRecord, count_changes, counts_towards
from proposals.models.vocabulary import Territory, Topic
from proposals.querysets import ClauseManager

_PART = counts_towards("proposals_clause", "clause_id")
# Where it stands, who sees it and where it comes from: a decision on what it says holds on.
_SAYS_NOTHING = ("order", "parent_id", "stage", "copied_from_id", "copied_address")


@tracked(part_of="proposal", record=True)
class Clause(StagedRecord):
    """A provision. Its public id is `{proposal}/{key}`; keys are stable and never reused."""

    class Kind(models.TextChoices):
        COMMITMENT = "commitment", "commitment"
        DECLARATION = "declaration", "declaration"
        DELETION = "deletion", "deletion"
        PLACEHOLDER = "placeholder", "placeholder (content unknown)"

    class Wording(models.TextChoices):
        VERBATIM = "verbatim", "verbatim"
        TRANSLATION = "translation", "translation"
        PARAPHRASE = "paraphrase", "paraphrase"

    class Modality(models.TextChoices):
        MUST = "must", "must"
        MUST_NOT = "must_not", "must not"
        MAY = "may", "may"
        AIMS = "aims", "aims"
        EXPECTS = "expects", "expects"

    class LegalEffect(models.TextChoices):
        IN_LAW = "in_law", "recognised in law"
        IN_FACT = "in_fact", "accepted in fact only"
        NONE = "none", "refused, not promised or put off"

    class Extent(models.TextChoices):
        ALL = "all", "all"
        PART = "part", "part"

    class Permanence(models.TextChoices):
        PERMANENT = "permanent", "permanent"
        TEMPORARY = "temporary", "temporary"

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="clauses")
    key = models.CharField(
        max_length=40,
        validators=[RegexValidator(PATTERN, "Write a key such as c07 or article-4.", code="not_a_key")],
        help_text="Stable, never reused: c07.",
    )
    number = models.CharField(max_length=40, help_text="Number in the source (10a), or unknown.")
    label = models.CharField(max_length=200, help_text="A few neutral words: Withdrawal from the bridge.")
    text = models.TextField(help_text="The provision. Say under wording whether it is quoted or paraphrased.")
    order = models.PositiveIntegerField(default=0, help_text="Place in the text, from 1.")
    # RESTRICT, here and on a dependency's target: what refers within a proposal never hinders deleting all of it.
    parent = models.ForeignKey(
        "self", on_delete=models.RESTRICT, null=True, blank=True, related_name="children", help_text="Enclosing clause."
    )
    kind = models.CharField(
        max_length=12,
        choices=Kind,
        default=Kind.COMMITMENT,
        help_text="A deletion names what it strikes out; a placeholder stands for a clause whose content is not known.",
    )
    strikes = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="struck_by",
        help_text="The clause of another proposal that this one strikes out or replaces as a whole.",
    )
    wording = models.CharField(
        max_length=12, choices=Wording, default=Wording.PARAPHRASE, help_text="What the text above is."
    )
    language = models.CharField(max_length=10, default="en", help_text="Language of the text as it stands here: en.")
    modality = models.CharField(
        max_length=10, choices=Modality, blank=True, help_text="Force of the wording. A recognition counts as must."
    )
    legal_effect = models.CharField(
        max_length=10, choices=LegalEffect, blank=True, help_text="Only where recognition or status is spoken of."
    )
    extent = models.CharField(max_length=5, choices=Extent, blank=True, help_text="Only where the text says so.")
    permanence = models.CharField(
        max_length=10, choices=Permanence, blank=True, help_text="Only where the text says so."
    )
    condition = models.TextField(blank=True, help_text="What the clause hangs on, in words: after both have signed.")
    note = models.TextField(blank=True, help_text="What a reader must know: how copies differ, what is unsure.")
    locator = models.CharField(max_length=300, blank=True, help_text="Where in the source: point 6.")
    evidence = models.CharField(
        max_length=20, choices=Evidence, default=Evidence.UNVERIFIED, help_text="How much of the source was seen."
    )
    confidence = models.CharField(
        max_length=10, choices=Confidence, default=Confidence.MEDIUM, help_text="That the text says this."
    )
    copied_from = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="copies", editable=False
    )
    # As it was when it was copied; it is all that is left once the original is deleted.
    copied_address = models.CharField(max_length=130, blank=True, editable=False)
    topics = models.ManyToManyField(Topic, through="ClauseTopic", related_name="clauses")
    territories = models.ManyToManyField(Territory, through="ClauseTerritory", related_name="clauses")
    sources = models.ManyToManyField(Source, through="ClauseSource", related_name="clauses")

    search = models.GeneratedField(expression=SearchedWords(), output_field=SearchVectorField(), db_persist=True)

    objects = ClauseManager()

    _stored_at: tuple[int | None, str | None] | None = None

    class Meta:
        triggers = [
            count_changes(computed=["search"], aside=_SAYS_NOTHING),
            *retires_its_key(),
            *counts_towards("proposals_proposal", "proposal_id", seen="stage = 'public'", owner=PROPOSAL),
            *CLAUSE.triggers(also=WITH_A_CLAUSE),
        ]
        indexes = [
            models.Index(fields=["proposal", "order", "id"], name="proposals_clause_reading_order"),
            # Which languages are in use is asked by every search.
            models.Index(fields=["language"], name="proposals_clause_language"),
            GinIndex(fields=["search"], name="proposals_clause_search"),
            GinIndex(
                fields=["label", "text"],
                opclasses=["gin_trgm_ops", "gin_trgm_ops"],
                name="proposals_clause_trigrams",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "key"],
                name="proposals_clause_key_once",
                violation_error_message="This key is in use in the proposal.",
                violation_error_code="key_twice",
            ),
            KeyNotRetired(),
            models.CheckConstraint(
                condition=Q(key__regex=PATTERN),
                name="proposals_clause_key_form",
                violation_error_message="Write a key such as c07 or article-4.",
                violation_error_code="not_a_key",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["deletion", "placeholder"]) | Q(modality=""),
                name="proposals_clause_modality_of_a_provision",
                violation_error_message="A deletion or placeholder has no modality.",
                violation_error_code="modality_without_provision",
            ),
            models.CheckConstraint(
                condition=~Q(kind="deletion") | Q(strikes__isnull=False),
                name="proposals_clause_deletion_strikes",
                violation_error_message="A deletion names the clause that it strikes out.",
                violation_error_code="deletion_of_nothing",
            ),
            models.CheckConstraint(
                condition=Q(strikes__isnull=True) | Q(kind__in=["deletion", "commitment"]),
                name="proposals_clause_strikes_kind",
                violation_error_message="Only a deletion or a commitment strikes out a clause.",
                violation_error_code="strikes_kind",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="proposals_clause_parent_not_itself",
                violation_error_message="A clause does not enclose itself.",
                violation_error_code="own_parent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal.slug}/{self.key}: {self.label}"

    @classmethod
    def from_db(cls, db: str | None, field_names: Any, values: Any, **kwargs: Any) -> Clause:
        clause = super().from_db(db, field_names, values, **kwargs)
        clause._stored_at = clause._address
        return clause

    @property
    def _address(self) -> tuple[int | None, str | None]:
        # Without a query where one of them was not loaded.
        return self.__dict__.get("proposal_id"), self.__dict__.get("key")

    def is_at_its_address(self) -> bool:
        """Whether it was loaded with the key, and from the proposal, that it has here."""
        return self._stored_at == self._address

    def clean(self) -> None:
        super().clean()
        faults = {}
        if self.parent_id and self.parent and self.parent.proposal_id != self.proposal_id:
            faults["parent"] = "The enclosing clause is one of the same proposal."
        elif self.parent_id != self.pk and self._is_among_those_above():
            faults["parent"] = "A clause cannot stand inside one that it encloses."
        if self.strikes_id and self.strikes and self.strikes.proposal_id == self.proposal_id:
            faults["strikes"] = "A clause strikes out one of another proposal, not of its own."
        if not (self._state.adding or self.is_at_its_address()):
            proposal, key = Clause.objects.values_list("proposal_id", "key").get(pk=self.pk)
            if proposal != self.proposal_id:
                faults["proposal"] = "A clause stays in its proposal: copy it into the other one."
            if key != self.key and Change.objects.filter(kind="clause", record=self.pk).ever_public().exists():
                faults["key"] = "The key of a public clause is fixed: addresses and citations use it."
        if faults:
            raise ValidationError(faults)

    def _is_among_those_above(self) -> bool:
        above, passed = self.parent, set()
        while above and above.pk not in passed:
            if above.pk == self.pk:
                return True
            passed.add(above.pk)
            above = above.parent
        return False


@tracked(part_of="clause")
class Dependency(models.Model):
    """A typed tie: this clause comes `after`, holds `during`, is `in_return_for` … the target."""

    class Relation(models.TextChoices):
        AFTER = "after", "comes after"
        WITH = "with", "goes together with"
        DURING = "during", "holds during"
        IN_RETURN_FOR = "in_return_for", "is given in return for"
        VOID_IF = "void_if", "says when it becomes void"
        REVOKES = "revokes", "takes back"
        QUALIFIES = "qualifies", "qualifies"
        EXCEPT_FOR = "except_for", "does not reach what it leaves out"
        INSTEAD_OF = "instead_of", "stands in the place of"
        IF = "if", "holds if it does"

    clause = models.ForeignKey(Clause, on_delete=models.CASCADE, related_name="dependencies")
    target = models.ForeignKey(Clause, on_delete=models.RESTRICT, related_name="dependants")
    relation = models.CharField(max_length=15, choices=Relation, help_text="What this clause is to the other one.")
    note = models.TextField(blank=True, help_text="The wording, where the code is wider than the text.")
    order = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "dependencies"
        triggers = _PART
        constraints = [
            models.UniqueConstraint(
                fields=["clause", "target", "relation"],
                name="proposals_dependency_once",
                violation_error_message="This dependency is recorded already.",
                violation_error_code="dependency_twice",
            ),
            models.CheckConstraint(
                condition=~Q(clause=F("target")),
                name="proposals_dependency_not_itself",
                violation_error_message="A clause does not depend on itself.",
                violation_error_code="depends_on_itself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_relation_display()} {self.target}"


@tracked(part_of="clause")
class Contest(models.Model):
    """A party's recorded objection to a clause of a draft."""

    clause = models.ForeignKey(Clause, on_delete=models.CASCADE, related_name="contests")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="contests")
    objection = models.TextField(help_text="What the party objects to, in our words.")
    order = models.PositiveIntegerField(default=0)

    class Meta:
        triggers = _PART
        constraints = [
            models.UniqueConstraint(
                fields=["clause", "party", "objection"],
                name="proposals_contest_once",
                violation_error_message="This objection is recorded already.",
                violation_error_code="contest_twice",
            )
        ]

    def __str__(self) -> str:
        return f"contested by {self.party}"
