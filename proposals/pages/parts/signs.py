"""The sign of each kind of row and point: told apart by its shape, never by its colour alone."""

from django.utils.safestring import SafeString

from proposals.pages.parts.markup import filled

_SHAPES = {"agree": "=", "diverge": "≠", "alone": "1", "mild": "~", "hint": "?", "gaps": "–"}


def sign(kind: str) -> SafeString:
    """Its meaning always stands beside it in words."""
    return _SIGNS.get(kind) or _sign(kind)


def _sign(kind: str) -> SafeString:
    return filled('<span class="sign sign-{}" aria-hidden="true">{}</span>', kind, _SHAPES.get(kind, ""))


_SIGNS = {kind: _sign(kind) for kind in _SHAPES}
