"""One text, or one reported offer, put forward on a date."""

import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from parties.models import Party
from parties.slugs import SlugRecord
from parties.tracking import tracked
from proposals.models.dates import DatedRecord
from proposals.models.noting import PROPOSAL, WITH_A_PROPOSAL
from proposals.models.realigning import realigns
from proposals.models.source import Source
from proposals.models.versioning import Stage, StagedRecord, count_changes, counts_towards
from proposals.models.vocabulary import Process, Topic
from proposals.querysets import ProposalQuerySet

_PART = counts_towards("proposals_proposal", "proposal_id")
# Clauses retire their keys when they are deleted (proposals/models/retired.py), those too that go with their proposal.
_FORGET_RETIRED_KEYS = pgtrigger.Trigger(
    name="forget_retired_keys",
    level=pgtrigger.Statement,
    when=pgtrigger.After,
    operation=pgtrigger.Delete,
    referencing=pgtrigger.Referencing(old="old_rows"),
    func="DELETE FROM proposals_retiredkey WHERE proposal_id IN (SELECT id FROM old_rows); RETURN NULL;",
)


@tracked()
class Proposal(SlugRecord, DatedRecord, StagedRecord):
    """A communiqué, draft treaty, points plan, memorandum, offer; `stage` is our record's state, not the text's."""

    class Kind(models.TextChoices):
        COMMUNIQUE = "communique", "communiqué"
        DRAFT_TREATY = "draft_treaty", "draft treaty"
        FRAMEWORK = "framework", "framework"
        POINTS_PLAN = "points_plan", "points plan"
        MEMORANDUM = "memorandum", "memorandum"
        COUNTER_PROPOSAL = "counter_proposal", "counter-proposal"
        FORMULA = "formula", "formula"
        POSITION_PAPER = "position_paper", "position paper"
        UNILATERAL_OFFER = "unilateral_offer", "unilateral offer"
        JOINT_STATEMENT = "joint_statement", "joint statement"
        DECLARATION = "declaration", "declaration"
        LIMITED_TRUCE = "limited_truce", "limited truce"
        BILATERAL_AGREEMENT = "bilateral_agreement", "bilateral agreement"
        TALKS_ROUND = "talks_round", "talks round"
        REPORTED_CONDITION = "reported_condition", "reported condition"
        INFORMAL_IDEA = "informal_idea", "informal idea"
        COMMENTATOR_PROPOSAL = "commentator_proposal", "commentator's proposal"

    class TextStatus(models.TextChoices):
        SIGNED = "signed", "signed"
        PUBLISHED = "published", "published"
        LEAKED = "leaked", "leaked"
        REPORTED = "reported", "reported"

    class Completeness(models.TextChoices):
        YES = "yes", "yes: every clause is recorded"
        PARTLY = "partly", "partly"
        NO = "no", "no: the text is not known"

    class Outcome(models.TextChoices):
        OPEN = "open", "open"
        SUPERSEDED = "superseded", "superseded"
        REJECTED = "rejected", "rejected"
        ACCEPTED_IN_PART = "accepted_in_part", "accepted in part"
        CONDITIONAL = "conditional", "conditional"
        IN_FORCE = "in_force", "in force"
        EXPIRED = "expired", "expired"
        NOT_IMPLEMENTED = "not_implemented", "not implemented"
        DISOWNED = "disowned", "disowned"
        UNKNOWN = "unknown", "unknown"

    class Verification(models.TextChoices):
        PAGE_EXCERPT = "page_excerpt", "seen in an excerpt of a page or in an article"
        MOSTLY = "mostly", "most of it seen"
        PARTLY = "partly", "part of it seen"

    process = models.ForeignKey(
        Process, on_delete=models.PROTECT, related_name="proposals", help_text="The negotiation track it belongs to."
    )
    title = models.CharField(max_length=300, help_text="In full, with whose it is: Twelve points of the Council.")
    short_title = models.CharField(max_length=60, help_text="For column heads: Northern 12 points.")
    kind = models.CharField(max_length=30, choices=Kind, help_text="What the text is, not how it is known.")
    date_note = models.TextField(blank=True, help_text="How the date is known; other dates that belong to it.")
    text_status = models.CharField(max_length=10, choices=TextStatus, help_text="How the text is known.")
    clauses_complete = models.CharField(
        "clause set complete",
        max_length=6,
        choices=Completeness,
        help_text="Only with 'yes' may a reader conclude that what is not here is absent.",
    )
    outcome = models.CharField(
        max_length=20, choices=Outcome, default=Outcome.OPEN, help_text="What came of it, as far as sources say."
    )
    outcome_note = models.TextField(blank=True, help_text="Who answered what, and when.")
    proposer_note = models.TextField(blank=True, help_text="How sure it is whose proposal this is.")
    verification = models.CharField(
        max_length=15, choices=Verification, blank=True, help_text="How much of the clause set was seen in a source."
    )
    verification_note = models.TextField(blank=True, help_text="What was compared with what, and what was not seen.")
    summary = models.TextField(help_text="Two or three sentences in our own words.")
    parties = models.ManyToManyField(Party, through="ProposalParty", related_name="proposals")
    sources = models.ManyToManyField(Source, through="ProposalSource", related_name="proposals")

    objects = ProposalQuerySet.as_manager()

    class Meta:
        constraints = [*SlugRecord.Meta.constraints, *DatedRecord.Meta.constraints]
        indexes = [models.Index(fields=["date", "last_day", "slug"], name="proposals_in_date_order")]
        triggers = [
            count_changes(),
            *PROPOSAL.triggers(also=WITH_A_PROPOSAL),
            _FORGET_RETIRED_KEYS,
            *realigns(),
        ]
        # On records of every kind; access/roles.py says who has them.
        permissions = [
            ("preview_records", "Can see records that are not public"),
            ("publish_records", "Can make records public"),
            ("withdraw_records", "Can withdraw records, take them up again, and delete those that are no drafts"),
            ("restore_records", "Can restore records to an earlier state"),
            ("import_records", "Can import records"),
            ("overwrite_records", "Can import over what was edited here, and remove what an import lacks"),
        ]

    def __str__(self) -> str:
        return f"{self.short_title} ({self.slug})"

    def clean(self) -> None:
        super().clean()
        stored = Proposal.objects.filter(pk=self.pk, stage=Stage.PUBLIC).exclude(slug=self.slug)
        if self.pk and stored.exists():
            raise ValidationError({"slug": "The id of a public proposal is fixed: addresses and citations use it."})


@tracked(part_of="proposal")
class ProposalParty(models.Model):
    """The part a party has in a proposal."""

    class Role(models.TextChoices):
        PROPOSER = "proposer", "proposer"
        ADDRESSEE = "addressee", "addressee"
        MEDIATOR = "mediator", "mediator"
        SIGNATORY = "signatory", "signatory"
        GUARANTOR = "guarantor", "guarantor"
        ENDORSER = "endorser", "endorser"

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="roles")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="proposal_roles")
    role = models.CharField(max_length=10, choices=Role, help_text="A party may have several roles.")
    order = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "proposal parties"
        triggers = _PART
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "role", "party"],
                name="proposals_proposalparty_once",
                violation_error_message="This party has this role already.",
                violation_error_code="role_twice",
            )
        ]

    def __str__(self) -> str:
        return f"{self.party} as {self.role}"


@tracked(part_of="proposal")
class ProposalSource(models.Model):
    """A source of a proposal, the main one first."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="citations")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="proposal_citations")
    order = models.PositiveIntegerField(default=0)

    class Meta:
        triggers = _PART
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "source"],
                name="proposals_proposalsource_once",
                violation_error_message="This source is cited already.",
                violation_error_code="source_twice",
            )
        ]

    def __str__(self) -> str:
        return str(self.source)


@tracked(part_of="proposal")
class TextVersion(models.Model):
    """A circulating copy or numbering of a text, where copies differ."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="text_versions")
    name = models.CharField(max_length=200, help_text="How the copy is called: agency print of 3 May.")
    note = models.TextField(blank=True, help_text="How it differs: splits point 5 in two.")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, blank=True, related_name="text_versions")
    followed = models.BooleanField(
        "the clauses follow it", default=False, help_text="One copy at most: the one whose words and numbers we give."
    )
    order = models.PositiveIntegerField(default=0)

    class Meta:
        triggers = _PART
        constraints = [
            models.UniqueConstraint(
                fields=["proposal"],
                condition=Q(followed=True),
                name="proposals_textversion_one_followed",
                violation_error_message="The clauses follow one text version only.",
                violation_error_code="two_followed",
            ),
            models.UniqueConstraint(
                fields=["proposal", "name"],
                name="proposals_textversion_once",
                violation_error_message="This text version is recorded already.",
                violation_error_code="text_version_twice",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@tracked(part_of="proposal")
class Lineage(models.Model):
    """A typed relation, stored once, from the later to the earlier proposal."""

    class Relation(models.TextChoices):
        SUPERSEDES = "supersedes", "supersedes"
        REVISES = "revises", "revises"
        ANSWERS = "answers", "answers"
        BUILDS_ON = "builds_on", "builds on"
        RIVALS = "rivals", "rivals"
        ACCOMPANIES = "accompanies", "accompanies"
        REFERS_TO = "refers_to", "refers to"

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="lineage")
    earlier = models.ForeignKey(
        Proposal, on_delete=models.PROTECT, related_name="descendants", help_text="The earlier of the two proposals."
    )
    relation = models.CharField(max_length=15, choices=Relation, help_text="What this one does to the earlier one.")
    note = models.TextField(blank=True, help_text="In which part, or who says so.")
    order = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "lineage"
        triggers = _PART
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "earlier"],
                name="proposals_lineage_once",
                violation_error_message="A relation to this proposal is recorded already.",
                violation_error_code="lineage_twice",
            ),
            models.CheckConstraint(
                condition=~Q(proposal=F("earlier")),
                name="proposals_lineage_not_itself",
                violation_error_message="A proposal does not descend from itself.",
                violation_error_code="lineage_to_itself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal} {self.get_relation_display()} {self.earlier}"

    def clean(self) -> None:
        super().clean()
        if not (hasattr(self, "proposal") and hasattr(self, "earlier")):
            return
        # In a form whose date is missing or no date, the proposal has none yet.
        if self.proposal.date and self.proposal.date < self.earlier.date:
            raise ValidationError({"earlier": "Lineage is stored on the later proposal, and this one is later still."})


@tracked(part_of="proposal")
class Silence(models.Model):
    """A recorded absence: somebody read the text for a topic and found that it leaves it out."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="silences")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="silences")
    reason = models.TextField(help_text="What was looked for and why nothing stands there.")
    checked_by = models.CharField(max_length=150, help_text="Who read the text for it.")
    checked_on = models.DateField(help_text="The day of that reading.")
    source = models.ForeignKey(
        Source,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="silences",
        help_text="The copy that was read.",
    )

    class Meta:
        triggers = _PART
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "topic"],
                name="proposals_silence_once",
                violation_error_message="A silence on this topic is recorded already.",
                violation_error_code="silence_twice",
            )
        ]

    def __str__(self) -> str:
        return f"{self.proposal} is silent on {self.topic}"
