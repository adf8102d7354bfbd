"""What a comparison cannot be made of, told as problems: by parameter for GET, by JSON pointer for POST."""

from collections.abc import Sequence

from rest_framework.exceptions import APIException

from proposals.api.compared_texts import MOST_FAULTS, UnreadableTexts
from proposals.comparison import Fault, UnableToCompare, UnknownProposals

# Faults in the words that were sent lie at the entry; those of its name at its slug.
_OF_SLUG = {"unknown_proposal", "proposal_twice", "slug_taken"}


class _Refused(APIException):
    status_code = 400
    default_code = "invalid"

    def __init__(self, errors: Sequence[dict[str, str]], **members: object) -> None:
        least = "At least " if len(errors) == MOST_FAULTS else ""
        super().__init__(errors[0]["detail"] if len(errors) == 1 else f"{least}{len(errors)} values are not valid.")
        self.members = {"errors": errors, **members}


class NotComparable(_Refused):
    """The proposals named by parameters were found, but cannot be compared."""

    def __init__(self, error: UnableToCompare) -> None:
        super().__init__([_of_parameter(fault) for fault in error.faults])


class NoSuchProposal(_Refused):
    """A parameter names nothing, or nothing that the reader may see; `near` maps it to those most like it."""

    status_code = 404
    default_code = "not_found"

    def __init__(self, error: UnknownProposals) -> None:
        super().__init__([_of_parameter(fault) for fault in error.faults], near=error.near)


class NotComparableTexts(_Refused):
    """The body cannot be read, or not be compared."""

    def __init__(self, error: UnreadableTexts | UnableToCompare) -> None:
        if isinstance(error, UnableToCompare):
            errors = [_of_body(fault) for fault in error.faults]
        else:
            errors = [{"detail": one.detail, "code": one.code, "pointer": one.pointer} for one in error.faults]
        super().__init__(errors)


class NotFreezable(_Refused):
    """The body of a snapshot names what cannot be compared."""

    def __init__(self, error: UnableToCompare) -> None:
        super().__init__([_of_frozen(fault) for fault in error.faults])


def _of_frozen(fault: Fault) -> dict[str, str]:
    place = "#/topics" if fault.code == "unknown_topic" else "#/proposals"
    pointer = place if fault.index is None else f"{place}/{fault.index}"
    return {"detail": fault.detail, "code": fault.code, "pointer": pointer}


def _of_parameter(fault: Fault) -> dict[str, str]:
    return {"detail": fault.detail, "code": fault.code, "parameter": "proposals"}


def _of_body(fault: Fault) -> dict[str, str]:
    pointer = "#/proposals" if fault.index is None else f"#/proposals/{fault.index}"
    return {
        "detail": fault.detail,
        "code": fault.code,
        "pointer": f"{pointer}/slug" if fault.code in _OF_SLUG else pointer,
    }
