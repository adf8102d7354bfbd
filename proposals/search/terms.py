"""What a query asks for: its words, and its phrases in quotation marks. Nothing in it acts as an operator."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from proposals.models.searched import JOINERS, THOUSANDS

MAX_TERMS = 16
# Below this, too many words begin alike: "UN" is not asked for to find "under".
_SHORTEST_BEGINNING = 3

_MARKS = "".join(chr(one) for one in range(0x300, 0x1E00) if unicodedata.category(chr(one)).startswith("M"))
WORD = re.compile(f"[^\\W_](?:[^\\W_]|[{_MARKS}])*")
_PARTED = re.compile(f"(?<=\\d)[{THOUSANDS}](?=\\d{{3}}(?!\\d))")
_POSSESSIVE = re.compile("['\u2019\u02bc]s\\b")
_JOINED = str.maketrans(dict.fromkeys(JOINERS, " "))
_QUOTED = re.compile('["“”„«»]([^"“”„«»]*)["“”„«»]')
# Scripts that set no spaces between words: Thai, Lao, Burmese, Khmer, Japanese, Chinese.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


class TooManyWords(ValueError):
    """A query of more than `MAX_TERMS` words and phrases."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """A word, or words that follow each other: a phrase in quotation marks, or one word's parts (cease-fire)."""

    words: tuple[str, ...]
    quoted: bool = False

    @property
    def text(self) -> str:
        return " ".join(self.words)

    @property
    def begins_words(self) -> bool:
        """Whether it also finds longer words that begin with it."""
        return (
            len(self.words) == 1
            and not self.quoted
            and len(self.text) >= _SHORTEST_BEGINNING
            and not self.text.isdigit()
        )

    @property
    def spellings(self) -> tuple[tuple[str, ...], ...]:
        """The ways in which its own words are written: cease-fire is also ceasefire."""
        return (self.words,) if self.quoted or len(self.words) == 1 else (self.words, ("".join(self.words),))

    @property
    def unspaced(self) -> bool:
        """Whether it is looked for within words, as its script parts none."""
        return _UNSPACED.search(self.text) is not None


def terms_of(query: str) -> list[Term]:
    """The terms of a query in their order, each once; none where it holds no letter or digit. Raises TooManyWords."""
    terms = list(dict.fromkeys(_terms(unicodedata.normalize("NFC", query))))
    if len(terms) > MAX_TERMS:
        raise TooManyWords(f"At most {MAX_TERMS} words and phrases can be searched for, not {len(terms)}.")
    return terms


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text as the search vector holds them, in small letters."""
    return tuple(WORD.findall(_PARTED.sub("", text.lower()).translate(_JOINED)))


def _terms(query: str) -> Iterator[Term]:
    bounds = [0, *(edge for found in _QUOTED.finditer(query) for edge in found.span()), len(query)]
    for place, (start, end) in enumerate(pairwise(bounds)):
        part, quoted = query[start:end], place % 2 == 1
        for chunk in [part] if quoted else part.split():
            if words := words_of(_POSSESSIVE.sub("", chunk)):
                yield Term(words=words, quoted=quoted)
