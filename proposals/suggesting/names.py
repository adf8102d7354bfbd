"""Parties and places by their names: whole words, the longest name first, in any script."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from proposals.alignment.text import fold
from proposals.suggesting.words import Folded

_BRACKETS = re.compile(r"\s*\([^)]*\)")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_KINDS_OF_PLACES = frozenset(
    "bay city coast county dam district island islands oblast peninsula plant province region river strait".split()
)
_LEAST = 3  # letters of a name without its last word
_SHORT = 4  # letters of an abbreviation that may be a word of its own: US, us
_FULL, _SHORTENED, _DERIVED = 1.0, 0.8, 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A record that a text names. `score` says how much like its name the words are."""

    slug: str
    start: int
    end: int
    score: float


class Names:
    """Finds records of one kind by their names.

    Besides names and aliases these are: names without what is in brackets, names without a last word that several of
    them have (the oblast of Donetsk oblast), and of single words the forms that make an adjective (Russian).
    """

    def __init__(self, names: Mapping[str, Sequence[str]]) -> None:
        self._owners: dict[str, tuple[str, float]] = {}
        self._capitals: set[str] = set()
        endings = _shared_endings(names)
        for forms, score in ((_whole, _FULL), (_shortened, _SHORTENED), (_adjectives, _DERIVED)):
            for slug in sorted(names):
                for name in names[slug]:
                    for form in forms(name, endings):
                        self._owners.setdefault(fold(form), (slug, score))
                    if name.isupper() and len(name) <= _SHORT:
                        self._capitals.add(fold(name))
        self._owners.pop("", None)
        longest_first = sorted(self._owners, key=lambda name: (-len(name), name))
        self._pattern = re.compile("|".join(_bounded(name) for name in longest_first)) if longest_first else None

    def find(self, text: str) -> list[Mention]:
        """All mentions in the order of the text; none inside another."""
        if self._pattern is None:
            return []
        read = Folded(text)
        found = []
        for hit in self._pattern.finditer(read.folded):
            start, end = read.place(*hit.span())
            if hit.group() in self._capitals and not text[start:end].isupper():
                continue
            slug, score = self._owners[hit.group()]
            if score < _FULL and text[start].islower():
                continue
            found.append(Mention(slug=slug, start=start, end=end, score=score))
        return found


def _bounded(name: str) -> str:
    """The pattern of a name: whole words only, where words have spaces between them."""
    if _UNSPACED.search(name):
        return re.escape(name)
    return rf"(?<!\w){re.escape(name)}(?!\w)"


def _shared_endings(names: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """Last words that the names of several records share."""
    owners: dict[str, set[str]] = {}
    for slug, several in names.items():
        for name in several:
            words = fold(_BRACKETS.sub("", name)).split()
            if len(words) > 1:
                owners.setdefault(words[-1], set()).add(slug)
    return frozenset(word for word, slugs in owners.items() if len(slugs) > 1)


def _whole(name: str, _endings: frozenset[str]) -> list[str]:
    return [name]


def _shortened(name: str, endings: frozenset[str]) -> list[str]:
    without = _BRACKETS.sub("", name).strip()
    words = without.split()
    if len(words) == 2 and fold(words[-1]) in endings | _KINDS_OF_PLACES and len(words[0]) >= _LEAST:
        return [without, words[0]]
    return [without]


def _adjectives(name: str, _endings: frozenset[str]) -> list[str]:
    if not name.isalpha() or len(name) <= _SHORT or name.isupper() or not name.isascii() or name[0].islower():
        return []
    base = name.rstrip("aeiou")
    return [name + "n", name + "ns", base + "ian", base + "ians", base + "ish", base + "ese", base + "i"]
