"""Plain text out of a file of any kind that is read."""

import re

from proposals.documents.apart import read_apart
from proposals.documents.encodings import decoded
from proposals.documents.faults import UnreadableDocument
from proposals.documents.kinds import kind_of
from proposals.documents.markdown import without_marks

MAX_TEXT = 1_000_000  # bytes in UTF-8, as in a comparison of pasted texts
_LINE_ENDS = re.compile("\r\n|[\r\v\x85\u2028\u2029]")
# Signs that say nothing in a text; a NUL is refused by the database.
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ud800-\udfff]")
_BLANK_LINES = re.compile(r"\n{3,}")


def read_document(name: str, content: bytes) -> str:
    """The text of an uploaded file, its lines ended by line feeds, paragraphs apart by an empty line.

    `name` is what the file was called and says its kind; `content` is the whole of it. Raises UnreadableDocument.
    Word, HTML and PDF cost a process of their own, a few tenths of a second.
    """
    kind = kind_of(name, content)
    if kind == "text":
        text = decoded(content)
    elif kind == "markdown":
        text = without_marks(decoded(content))
    else:
        text = read_apart(kind, content)
    text = tidy(text)
    if not text:
        raise UnreadableDocument("no_text", "The file holds no text.")
    if len(text.encode()) > MAX_TEXT:
        raise UnreadableDocument("too_much_text", f"The file holds more than {MAX_TEXT // 1_000_000} MB of text.")
    return text


def tidy(text: str) -> str:
    """A text with line feeds alone, form feeds between pages, no other controls, and no runs of empty lines."""
    text = _CONTROLS.sub("", _LINE_ENDS.sub("\n", text))
    text = "\n".join(line.rstrip(" \t\xa0") for line in text.split("\n"))
    return _BLANK_LINES.sub("\n\n", text).strip("\n\f")
