"""Why a record was not written, told as problems: by JSON pointer into what was sent."""

from typing import Any

from rest_framework.exceptions import APIException

from proposals.exchange.editing import StillReferredTo, UnableToWrite
from proposals.exchange.faults import LISTED, Fault, UnableToImport


class NotWritten(APIException):
    """Every fault of a body, up to 200 of them; `fault_count` is the number of all."""

    status_code = 400
    default_code = "invalid"

    def __init__(self, error: UnableToImport) -> None:
        faults = error.faults
        clash = isinstance(error, UnableToWrite) and error.clash
        detail = _alone(faults[0]) if len(faults) == 1 else f"{len(faults):,} values are not valid."
        super().__init__(detail, code="conflict" if clash else None)
        self.status_code = 409 if clash else 400
        self.members: dict[str, Any] = {"errors": [_told(fault) for fault in faults[:LISTED]]}
        if len(faults) > LISTED:
            self.members["fault_count"] = len(faults)


class NotDeleted(APIException):
    status_code = 409
    default_code = "still_referred_to"
    default_detail = "Other records refer to this one."

    def __init__(self, error: StillReferredTo) -> None:
        super().__init__()
        self.members = {"holders": list(error.holders[:LISTED])}


def _alone(fault: Fault) -> str:
    """A fault as a sentence: reasons that begin with a small letter speak of their place."""
    place = fault.pointer.removeprefix("/") or "the body"
    return _sentence(f"{place}: {fault.reason}" if fault.reason[:1].islower() else fault.reason)


def _told(fault: Fault) -> dict[str, str]:
    return {"detail": _sentence(fault.reason), "code": fault.code, "pointer": f"#{fault.pointer}"}


def _sentence(reason: str) -> str:
    return reason if reason.endswith((".", "?")) else f"{reason}."
