"""Plain text into clauses, by its numbering. Pure: the standard library alone, no Django, no I/O."""

from proposals.splitting.split import Piece, split

__all__ = ["Piece", "split"]
