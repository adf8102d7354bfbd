"""Places as readers are shown them: each under all its names, with who uses which."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from proposals.pages.addresses import territory_address
from proposals.pages.records.facts import Named, also_called, party_names
from proposals.payloads import TerritoryPayload


class Places:
    """The territories of a page by slug, as payloads; one query for those who use their names, or none."""

    def __init__(self, territories: Mapping[str, TerritoryPayload]) -> None:
        self._territories = territories
        self._names = party_names(*(one["aliases"] for one in territories.values()))

    def of(self, clause: Mapping[str, Any]) -> tuple[Named, ...]:
        """The places of a clause in the order they are coded; the note of each tells its other names."""
        return tuple(self._named(clause["territories"]))

    def _named(self, slugs: Iterable[str]) -> Iterator[Named]:
        for slug in slugs:
            one = self._territories.get(slug)
            if one is None:
                # Of a pasted text, which may name what is not recorded.
                yield Named(text=slug)
                continue
            note = also_called(one["aliases"], names=self._names)
            yield Named(text=one["name"], address=territory_address(slug), note=note)
