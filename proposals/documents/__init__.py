"""A file that somebody was given, as plain text ready for proposals.splitting. Nothing in it is executed or fetched.

No Django here: what is hostile in a file is met in a short-lived process that holds nothing else (apart.py).
"""

from proposals.documents.faults import UnreadableDocument
from proposals.documents.kinds import MAX_BYTES, SUFFIXES
from proposals.documents.reading import MAX_TEXT, read_document, tidy

__all__ = ["MAX_BYTES", "MAX_TEXT", "SUFFIXES", "UnreadableDocument", "read_document", "tidy"]
