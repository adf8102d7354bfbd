"""The words of a text with their places, in the folded form that the engine reads, and ways back to the text."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from proposals.alignment.text import read

READ = 20_000
"""Characters of a text that are read; a clause is never longer."""
_SHOWN = 4  # words that a code is shown to rest on
_TELLING = 0.3  # of the weight of the weightiest word
_WORD = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")
_SENTENCE = re.compile(r"(?<=[.!?;。；])\s+(?=[^\W\d_a-z])|\n{2,}")
_DASHES = str.maketrans("\u2010\u2011\u2012\u2013\u2014\u2212\u2019\u02bc", "------''")


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word of a text; `meanings` are its stem and its concept, none for words that say nothing."""

    start: int
    end: int
    meanings: tuple[str, ...]


def words_of(text: str) -> list[Word]:
    return [
        Word(start=hit.start(), end=hit.end(), meanings=meanings_of(hit.group())) for hit in _WORD.finditer(text[:READ])
    ]


def meanings_of(text: str) -> tuple[str, ...]:
    """Stems and concepts of a text, each once: what clauses on one matter have in common."""
    features = read(text)
    return tuple(dict.fromkeys((*features.stems, *(f"={concept}" for concept in features.concepts))))


def telling_places(words: Sequence[Word], telling: Mapping[str, float]) -> list[tuple[int, int]]:
    """The places of the few words that weigh most, the weightiest first."""
    weights = [max((telling.get(meaning, 0.0) for meaning in word.meanings), default=0.0) for word in words]
    least = max(_TELLING * max(weights, default=0.0), 1e-9)
    kept = sorted((n for n, weight in enumerate(weights) if weight >= least), key=lambda n: (-weights[n], n))
    return [(words[n].start, words[n].end) for n in kept[:_SHOWN]]


def sentences(text: str) -> list[tuple[int, int]]:
    """Where the sentences of a text begin and end."""
    ends = [hit.start() for hit in _SENTENCE.finditer(text)]
    return list(zip([0, *ends], [*ends, len(text)], strict=True))


class Folded:
    """A text as `fold` makes it, with the place of each of its characters in the text."""

    def __init__(self, text: str) -> None:
        self.folded, self._places = _folded(text[:READ])
        self._next = 0

    def find(self, words: str) -> tuple[int, int] | None:
        """Where folded words stand in the text, from the place of the last ones on; else where their beginning does."""
        tokens = words.split(" ")
        for count in range(len(tokens), 0, -1):
            start = self.folded.find(" ".join(tokens[:count]), self._next)
            if start >= 0:
                end = start + len(" ".join(tokens[:count]))
                self._next = start + 1
                return self.place(start, end)
        return None

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The place in the text of a stretch of the folded one."""
        return self._places[start], self._places[end - 1] + 1


@lru_cache(maxsize=1024)
def _folded(text: str) -> tuple[str, Sequence[int]]:
    characters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        folded = unicodedata.normalize("NFKC", character).translate(_DASHES).casefold()
        if not folded.strip():
            folded = " " if characters and characters[-1] != " " else ""
        elif unicodedata.category(character) == "Cf":
            continue
        characters += folded
        places += [place] * len(folded)
    return "".join(characters), places
