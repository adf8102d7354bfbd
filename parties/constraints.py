"""Which of our named constraints the database refused a row by."""

import psycopg
from django.apps import apps
from django.db import IntegrityError
from django.db.models import BaseConstraint


def broken_constraint(error: IntegrityError) -> BaseConstraint | None:
    """The constraint, with its message and code; None where the database's own rule (a key, NOT NULL) was broken."""
    cause = error.__cause__
    name = cause.diag.constraint_name if isinstance(cause, psycopg.Error) else None
    if name is None:
        return None
    constraints = (constraint for model in apps.get_models() for constraint in model._meta.constraints)
    return next((constraint for constraint in constraints if constraint.name == name), None)
