"""What can keep a backup from being made or read, in words for whoever asked for it."""

from collections.abc import Sequence


class UnableToBackUp(Exception):
    """No backup was made, and no file of that name."""


class UnableToRestore(Exception):
    """Nothing was restored; the database is as it was. `faults` names each reason."""

    def __init__(self, *faults: str) -> None:
        super().__init__("\n".join(faults))
        self.faults: Sequence[str] = faults


class Damaged(UnableToRestore):
    """The file is not what was written."""
