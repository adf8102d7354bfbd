"""Plain text into clauses, by its numbering. Pure: the standard library alone, no Django, no I/O."""

from proposals.splitting.split import Division, LeftOut, Piece, divide, split

__all__ = ["Division", "LeftOut", "Piece", "divide", "split"]
