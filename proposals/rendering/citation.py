"""How a comparison is cited."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from proposals.licence import LICENCE
from proposals.rendering.headings import Heading


@dataclass(frozen=True, kw_only=True, slots=True)
class Frozen:
    """What a snapshot says of itself: how it is cited, and label and text of what a reader of it must know."""

    citation: str
    remarks: tuple[tuple[str, str], ...]


def citation(headings: Sequence[Heading], *, method: Mapping[str, Any], address: str) -> str:
    """One line that names the texts, what compared them and what went in; `address` may be empty."""
    names = ", ".join(f"{one.title} ({one.date})" if one.date else one.title for one in headings)
    made = gettext("Method %(name)s %(version)s, vocabulary %(vocabulary)s, inputs %(inputs_digest)s") % dict(method)
    told = gettext("Concordance of %(names)s. %(made)s. %(licence)s.") % {
        "names": names,
        "made": made,
        "licence": LICENCE,
    }
    return f"{told} {address}".strip()
