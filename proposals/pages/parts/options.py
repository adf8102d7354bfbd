"""What a list to choose from offers."""

from collections.abc import Iterable
from typing import Protocol

from django.utils.safestring import SafeString

from proposals.pages.parts.markup import filled, joined


class Option(Protocol):
    """One thing to choose, with how many rows it leaves."""

    @property
    def slug(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def count(self) -> int: ...
    @property
    def is_chosen(self) -> bool: ...


def options(offered: Iterable[Option]) -> SafeString:
    return joined(
        filled(
            '<option value="{}"{}>{} ({})</option>\n',
            *(one.slug, SafeString(" selected" if one.is_chosen else ""), one.name, one.count),
        )
        for one in offered
    )
