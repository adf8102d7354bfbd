"""What a file is: by its name, and whether its first bytes agree."""

import re

from proposals.documents.faults import UnreadableDocument

MAX_BYTES = 5 * 1024 * 1024
_KINDS = {
    ".txt": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".docx": "word",
    ".html": "web_page",
    ".htm": "web_page",
    ".pdf": "pdf",
}
SUFFIXES = tuple(_KINDS)
_REFUSED = {
    ".docm": ("macros", "A .docm file may hold macros. Save it as .docx, or paste its text."),
    ".dotm": ("macros", "A .dotm file may hold macros. Save it as .docx, or paste its text."),
    ".doc": ("unknown_kind", "Word's old .doc is not read. Save it as .docx, or paste its text."),
}
# What begins with these bytes is something else than text, whatever it is called.
_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old or encrypted office document"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)
_TAG = re.compile(rb"<[a-zA-Z!?/]")


def kind_of(name: str, content: bytes) -> str:
    """One of text, markdown, word, web_page, pdf. Raises UnreadableDocument where the content is something else."""
    stem, dot, ending = name.rpartition(".")
    suffix = f"{dot}{ending}".lower() if stem else ""
    if suffix in _REFUSED:
        raise UnreadableDocument(*_REFUSED[suffix])
    if suffix not in _KINDS:
        raise UnreadableDocument("unknown_kind", f"Files of this kind are not read; those that are: {_named_kinds()}.")
    if len(content) > MAX_BYTES:
        raise UnreadableDocument("too_large", f"The file has more than {MAX_BYTES // 1024**2} MB.")
    if not content.strip():
        raise UnreadableDocument("empty", "The file is empty.")
    kind = _KINDS[suffix]
    holds = next((what for signature, what in _SIGNATURES if content.startswith(signature)), "")
    if kind == "pdf":
        agrees = b"%PDF-" in content[:1024]
    elif kind == "word":
        agrees = content.startswith(b"PK\x03\x04")
    else:
        # In UTF-16 every other byte is a NUL.
        agrees = not holds and (kind != "web_page" or bool(_TAG.search(content.replace(b"\0", b""))))
    if not agrees:
        told = f"it holds {holds}" if holds else "its content is something else"
        raise UnreadableDocument("not_what_it_says", f"The file is called {suffix}, but {told}.")
    return kind


def _named_kinds() -> str:
    return ", ".join(SUFFIXES)
