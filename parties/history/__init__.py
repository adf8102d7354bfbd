"""Who changed a record, when, from where, and what: read from what the triggers of parties/tracking.py keep.

A record's history takes in all that is a part of it, removed parts too; a proposal's that of its clauses.
"""

from parties.history.changes import ChangeSet, changers_of, changes_of, last_public
from parties.history.events import mark
from parties.history.rows import Item

__all__ = ["ChangeSet", "Item", "changers_of", "changes_of", "last_public", "mark"]
