"""Texts that a spreadsheet must not take for formulas."""

import unicodedata

_STARTS = frozenset("=+-@")
_GUARD = "'"


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet might calculate it: blanks and unseen characters apart, it begins with = + - or @."""
    if text[:1] in ("\t", "\r", "\n"):
        return True
    first = next((one for one in text if unicodedata.category(one)[0] not in "ZC"), "")
    # Wide and small forms are read like the plain ones.
    return unicodedata.normalize("NFKC", first)[:1] in _STARTS if first else False


def guarded(text: str) -> str:
    """The text with an apostrophe before it where it looks like a formula, or begins with an apostrophe itself.

    So nothing is lost: whoever takes one apostrophe away from each cell that begins with one has the texts again.
    """
    return _GUARD + text if text.startswith(_GUARD) or looks_like_formula(text) else text


def unguarded(cell: str) -> str:
    """The text that `guarded` was given."""
    return cell.removeprefix(_GUARD)
