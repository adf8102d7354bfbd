"""All-pairs alignment of the corpus: who asked for it, the jobs that it is cut into, and what was found.

What is found is derived and can be made again at any time: none of these tables has a history, and none is exported.
All in them is about public records alone.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import ExpressionWrapper, F, Q
from django.db.models.functions import Now

from proposals.models.proposal import Proposal
from proposals.models.vocabulary import Process


class AlignmentRun(models.Model):
    """One time that all pairs of some proposals are aligned, as far as they are not yet. One is active at a time."""

    class Scope(models.TextChoices):
        ALL = "all", "all public proposals"
        PROCESS = "process", "those of a process"
        NAMED = "named", "those named"

    class State(models.TextChoices):
        QUEUED = "queued", "queued"
        RUNNING = "running", "running"
        DONE = "done", "done"
        FAILED = "failed", "failed in part"
        CANCELLED = "cancelled", "cancelled"

    ACTIVE = (State.QUEUED, State.RUNNING)

    scope = models.CharField(max_length=10, choices=Scope, default=Scope.ALL, help_text="Which proposals it is about.")
    process = models.ForeignKey(
        Process, on_delete=models.CASCADE, null=True, blank=True, related_name="+", help_text="With the scope process."
    )
    proposals = ArrayField(
        models.CharField(max_length=80), default=list, blank=True, help_text="Their ids, with the scope named."
    )
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED, editable=False)
    active = models.GeneratedField(
        expression=ExpressionWrapper(Q(state__in=ACTIVE), output_field=models.BooleanField()),
        output_field=models.BooleanField(),
        db_persist=True,
        editable=False,
    )
    after_edits = models.BooleanField(
        default=False, editable=False, help_text="Whether edits started it, and nobody in person."
    )
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    method = models.CharField(max_length=60, blank=True, editable=False, help_text="Name, version and digests.")
    vocabulary = models.CharField(max_length=40, blank=True, editable=False)
    pairs_total = models.PositiveIntegerField(default=0, editable=False)
    pairs_fresh = models.PositiveIntegerField(
        default=0, editable=False, help_text="Pairs aligned before, nothing of which changed since."
    )
    pairs_done = models.PositiveIntegerField(default=0, editable=False)
    pairs_failed = models.PositiveIntegerField(default=0, editable=False)
    pairs_left_out = models.PositiveIntegerField(default=0, editable=False, help_text="Too large to be aligned here.")
    error = models.TextField(blank=True, editable=False, help_text="Of the run itself; jobs have their own.")
    queued_at = models.DateTimeField(db_default=Now(), editable=False)
    began_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["active"],
                condition=Q(active=True),
                name="proposals_alignmentrun_one_active",
                violation_error_message="An alignment is under way; wait for it, or cancel it first.",
                violation_error_code="already_running",
            ),
            models.CheckConstraint(
                condition=Q(scope="process", process__isnull=False, proposals=[])
                | Q(scope="named", process__isnull=True) & ~Q(proposals=[])
                | Q(scope="all", process__isnull=True, proposals=[]),
                name="proposals_alignmentrun_scope",
                violation_error_message="Name a process or proposals with the scope that takes them, and no other.",
                violation_error_code="scope_mismatch",
            ),
        ]
        indexes = [models.Index(fields=["-queued_at", "-id"], name="proposals_alignmentrun_newest")]
        permissions = [("align_corpus", "Can start and cancel alignments of the corpus")]

    def __str__(self) -> str:
        return f"{self.pk}: {self.get_scope_display()}, {self.get_state_display()}"

    @property
    def pairs_ended(self) -> int:
        """Those that need nothing more, whatever came of them."""
        return self.pairs_fresh + self.pairs_done + self.pairs_failed


class AlignmentJob(models.Model):
    """One job of a run: a proposal against some others. Which of them are stale it asks again when it begins."""

    class State(models.TextChoices):
        WAITING = "waiting", "waiting"
        DONE = "done", "done"
        FAILED = "failed", "failed"

    run = models.ForeignKey(AlignmentRun, on_delete=models.CASCADE, related_name="jobs")
    # Ids and no foreign keys: a proposal that is deleted meanwhile has nothing more to align.
    proposal = models.BigIntegerField()
    others = ArrayField(models.BigIntegerField())
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0, help_text="Those that failed.")
    error = models.TextField(blank=True, help_text="Why the last attempt failed.")

    class Meta:
        indexes = [models.Index(fields=["run", "state"], name="proposals_alignmentjob_of_run")]

    def __str__(self) -> str:
        return f"{self.proposal} against {len(self.others)} others, {self.get_state_display()}"


class AlignedText(models.Model):
    """What the engine is given of a public proposal, as a digest, and by which change of the proposal it was read."""

    proposal = models.OneToOneField(Proposal, on_delete=models.CASCADE, primary_key=True, related_name="aligned_text")
    number = models.BigIntegerField(help_text="That of the proposal in the log of changes.")
    inputs = models.BigIntegerField(help_text="Digest of its clauses.")
    clauses = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.proposal_id}: {self.clauses} clauses"


class AlignedPair(models.Model):
    """The links of two proposals, and digests of all that they were computed from. Stored once, the lower id left."""

    left = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="+", db_index=False)
    right = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="+")
    left_inputs = models.BigIntegerField()
    right_inputs = models.BigIntegerField()
    decided = models.BigIntegerField(help_text="Digest of the decisions on the pair; 0 without any.")
    made_by = models.BigIntegerField(help_text="Digest of method and vocabulary.")
    nearness = models.FloatField(help_text="The share of all their clauses that have a link, from 0 to 1.")
    links = models.TextField(blank=True, help_text="A line each, in reading order: proposals/jobs/stored_links.py.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["left", "right"],
                name="proposals_alignedpair_once",
                violation_error_message="This pair is stored already.",
                violation_error_code="pair_twice",
            ),
            models.CheckConstraint(
                condition=Q(left__lt=F("right")),
                name="proposals_alignedpair_in_order",
                violation_error_message="The proposal with the lower id stands left.",
                violation_error_code="pair_turned",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.left_id} and {self.right_id}"
