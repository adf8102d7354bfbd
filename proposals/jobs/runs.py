"""Runs: asked for, begun, cancelled, ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Case, F, When
from django.db.models.functions import Now

from parties.constraints import broken_constraint
from proposals.comparison import current_method
from proposals.jobs.planning import Plan, plan_of
from proposals.jobs.queue import queue_begin, queue_jobs, queue_realign, take_back_jobs
from proposals.jobs.texts import refresh_texts
from proposals.models import AlignmentJob, AlignmentRun, Process, Proposal
from proposals.querysets import ProposalQuerySet

# Rows written at once.
_AT_ONCE = 1_000


class AlreadyRunning(Exception):
    """Another run is queued or under way."""


class NotActive(Exception):
    """The run has ended already."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which proposals to align with each other: those named (slugs), those of a process, or all public ones."""

    process: Process | None = None
    proposals: Sequence[str] = ()

    @property
    def scope(self) -> AlignmentRun.Scope:
        if self.process:
            return AlignmentRun.Scope.PROCESS
        return AlignmentRun.Scope.NAMED if self.proposals else AlignmentRun.Scope.ALL


def start_run(asked: Asked, *, by: AbstractUser | None = None) -> AlignmentRun:
    """A new run, queued: it begins as soon as a worker is free. Raises AlreadyRunning, or ValidationError."""
    run = AlignmentRun(
        scope=asked.scope, process=asked.process, proposals=sorted(set(asked.proposals)), started_by=cast(Any, by)
    )
    with transaction.atomic():
        _insert(run)
        queue_begin(run.pk)
    return run


def active_run(asked: Asked) -> AlignmentRun | None:
    """The run under way, if it is about the same proposals."""
    same = {"scope": asked.scope, "process": asked.process, "proposals": sorted(set(asked.proposals))}
    return AlignmentRun.objects.filter(active=True, **same).first()


def cancel_run(run: AlignmentRun) -> None:
    """What is aligned stays. A job that a worker is at ends by itself within seconds. Raises NotActive."""
    with transaction.atomic():
        if not _end(run.pk, AlignmentRun.State.CANCELLED):
            raise NotActive
        take_back_jobs(run.pk)
        AlignmentJob.objects.filter(run=run, state=AlignmentJob.State.WAITING).delete()
    run.refresh_from_db()


def begin(pk: int) -> None:
    """Plans a queued run and queues its jobs; one that was begun or cancelled meanwhile is left alone."""
    if not AlignmentRun.objects.filter(pk=pk, state=AlignmentRun.State.QUEUED).exists():
        return
    refresh_texts()
    with transaction.atomic():
        run = AlignmentRun.objects.select_for_update().get(pk=pk)
        if run.state == AlignmentRun.State.QUEUED:
            _begin(run, plan_of(_in_scope(run)))


def realign() -> AlignmentRun | None:
    """Aligns again what edits made stale, within what people asked for; the run that it began, or None.

    While another run is active there is nothing to do: its end asks for this again.
    """
    active = AlignmentRun.objects.filter(active=True).exists()
    asked = AlignmentRun.objects.filter(after_edits=False).order_by(
        # The widest: what was asked for in part since does not narrow what is kept fresh.
        Case(When(scope=AlignmentRun.Scope.ALL, then=0), default=1),
        "-pk",
    )
    followed = asked.first()
    if active or followed is None:
        return None
    refresh_texts()
    run = AlignmentRun(scope=followed.scope, process=followed.process, proposals=followed.proposals, after_edits=True)
    with transaction.atomic():
        plan = plan_of(_in_scope(run))
        if not plan.jobs:
            return None
        try:
            _insert(run)
        except AlreadyRunning:
            return None
        _begin(run, plan)
    return run


def end_if_all_ended(pk: int) -> None:
    """Called in the transaction that ended a job, after it wrote the counts of the run: so one caller is the last."""
    if AlignmentJob.objects.filter(run=pk, state=AlignmentJob.State.WAITING).exists():
        return
    failed = AlignmentJob.objects.filter(run=pk, state=AlignmentJob.State.FAILED).exists()
    if _end(pk, AlignmentRun.State.FAILED if failed else AlignmentRun.State.DONE):
        AlignmentJob.objects.filter(run=pk, state=AlignmentJob.State.DONE).delete()
        # What was edited since it began. What failed would be tried again without end: that waits for the next edit.
        if not failed:
            queue_realign()


def progress_of(run: AlignmentRun) -> float:
    """The share of its pairs that have ended, from 0 to 1."""
    if run.pairs_total:
        return round(run.pairs_ended / run.pairs_total, 4)
    return float(run.state == AlignmentRun.State.DONE)


def _begin(run: AlignmentRun, plan: Plan) -> None:
    *names, vocabulary = current_method()
    run.method, run.vocabulary = " ".join(name for name in names if name), vocabulary
    run.pairs_total, run.pairs_left_out = plan.pairs, plan.left_out
    run.pairs_fresh = plan.pairs - plan.stale
    run.state, run.began_at = AlignmentRun.State.RUNNING, Now()
    run.save()
    for start in range(0, len(plan.jobs), _AT_ONCE):
        jobs = AlignmentJob.objects.bulk_create(
            AlignmentJob(run=run, proposal=proposal, others=others)
            for proposal, others in plan.jobs[start : start + _AT_ONCE]
        )
        queue_jobs(run.pk, [job.pk for job in jobs])
    if not plan.jobs:
        end_if_all_ended(run.pk)


def _insert(run: AlignmentRun) -> None:
    run.full_clean(validate_unique=False, validate_constraints=False)
    try:
        with transaction.atomic():
            run.save()
    except IntegrityError as error:
        constraint = broken_constraint(error)
        if constraint is None:
            raise
        message = str(constraint.get_violation_error_message())
        if constraint.violation_error_code == "already_running":
            raise AlreadyRunning(message) from error
        raise ValidationError(message, code=constraint.violation_error_code) from error


def _end(pk: int, state: AlignmentRun.State) -> bool:
    return bool(AlignmentRun.objects.filter(pk=pk, active=True).update(state=state, ended_at=Now()))


def _in_scope(run: AlignmentRun) -> list[int]:
    public: ProposalQuerySet = Proposal.objects.visible_to(None)
    if run.scope == AlignmentRun.Scope.PROCESS:
        public = public.filter(process=run.process)
    elif run.scope == AlignmentRun.Scope.NAMED:
        public = public.filter(slug__in=run.proposals)
    return sorted(public.values_list("pk", flat=True))


def count_ended(pk: int, *, done: int = 0, failed: int = 0) -> None:
    AlignmentRun.objects.filter(pk=pk).update(
        pairs_done=F("pairs_done") + done, pairs_failed=F("pairs_failed") + failed
    )
