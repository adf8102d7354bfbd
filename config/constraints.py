"""What the database's refusals mean, in the words of the model's own constraint."""

import psycopg.errors
from django.db import IntegrityError
from django.http import HttpResponse

from config.problem import Fault, problem
from parties.constraints import broken_constraint

_CLASHES = (psycopg.errors.UniqueViolation, psycopg.errors.ExclusionViolation)


def refused_by_database(error: IntegrityError) -> HttpResponse:
    """A problem that carries the message and code of the constraint: 409 for a clash with other records, else 400.

    Where serializers validate all that they can, this is met in a race between two writers.
    """
    if isinstance(error.__cause__, psycopg.errors.ForeignKeyViolation):
        return problem(status=409, code="still_referred_to", detail="Another record refers to this one, or is gone.")
    clash = isinstance(error.__cause__, _CLASHES)
    status = 409 if clash else 400
    constraint = broken_constraint(error)
    if constraint is None:
        return problem(
            status=status, detail="A record with these values exists." if clash else "A value is not allowed here."
        )
    message = str(constraint.get_violation_error_message())
    fault = Fault(detail=message, code=constraint.violation_error_code or "invalid")
    return problem(status=status, detail=message, errors=[fault])
