"""What a text says word by word: folded form, stems, concepts and the hashed slots that are compared.

Pure and cached by text. Works on any script: words are runs of letters and digits, and character grams need no words.
Stemming and stop words are English; other languages are compared by their grams and whole words.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

import numpy as np
import numpy.typing as npt

from proposals.alignment.lexicon import CONCEPT_OF, STOP_WORDS

SLOTS = 32_768
GRAM_LENGTHS = (3, 4, 5)
STEM_LENGTH = 7

Slots = npt.NDArray[np.int64]
Counts = npt.NDArray[np.float64]

_DASHES = str.maketrans({dash: "-" for dash in "\u2010\u2011\u2012\u2013\u2014\u2212"} | {"\u2019": "'", "\u02bc": "'"})
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_SPACE = re.compile(r"\s+")
_SUFFIXES = (
    *("isations", "izations", "isation", "ization", "ations", "ation", "ments", "ment", "ingly"),
    *("ities", "ings", "ions", "ing", "ion", "ity", "ies", "ied", "als", "al", "ers", "er", "ors", "or"),
    *("ed", "es", "ly", "s", "e", "y"),
)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class TextFeatures:
    """The comparable surface of one text. `*_slots` are sorted and unique; `*_weights` are 1 + log(count)."""

    folded: str
    stems: tuple[str, ...]
    word_of_slot: dict[int, str]
    word_slots: Slots
    word_weights: Counts
    gram_slots: Slots
    gram_weights: Counts
    concepts: tuple[str, ...]
    concept_slots: Slots
    concept_weights: Counts


def fold(text: str) -> str:
    """The text without case, with one kind of dash, apostrophe and space."""
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES).casefold()
    return _SPACE.sub(" ", plain).strip()


def words(folded: str) -> tuple[str, ...]:
    """The words of a folded text, possessive endings cut off."""
    return tuple(word[:-2] if word.endswith("'s") else word for word in _WORD.findall(folded))


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The word without its English ending, at most seven letters: coarse on purpose, so that forms of a word meet."""
    if not word.isascii() or not word.isalpha() or len(word) < 4:
        return word
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            return word[: -len(suffix)][:STEM_LENGTH]
    return word[:STEM_LENGTH]


@lru_cache(maxsize=32_768)
def read(text: str) -> TextFeatures:
    """The features of a text. The empty text has none."""
    folded = fold(text)
    tokens = words(folded)
    kept = [token for token in tokens if token not in STOP_WORDS]
    stems = tuple(stem(token) for token in kept)
    spelt: dict[int, str] = {}
    hashed = []
    for token, root in zip(kept, stems, strict=True):
        slot = crc32(root.encode()) % SLOTS
        hashed.append(slot)
        spelt.setdefault(slot, token)
    word_slots, word_weights = _weigh(np.array(hashed, dtype=np.int64))
    gram_slots, gram_weights = _weigh(_grams(" " + " ".join(kept) + " " if kept else ""))
    concepts = [concept for token in kept for concept in _concepts(token)]
    concept_slots, concept_weights = _weigh(np.array([crc32(c.encode()) % SLOTS for c in concepts], dtype=np.int64))
    return TextFeatures(
        folded=folded,
        stems=stems,
        word_of_slot=spelt,
        word_slots=word_slots,
        word_weights=word_weights,
        gram_slots=gram_slots,
        gram_weights=gram_weights,
        concepts=tuple(dict.fromkeys(concepts)),
        concept_slots=concept_slots,
        concept_weights=concept_weights,
    )


_CONCEPT_OF_STEM = {stem(word): concept for word, concept in CONCEPT_OF.items()}


def _concepts(token: str) -> tuple[str, ...]:
    """The concept of a word, or the word's own stem: a text is compared by concepts where it has them."""
    return (CONCEPT_OF.get(token) or _CONCEPT_OF_STEM.get(stem(token)) or stem(token),)


def _grams(padded: str) -> Slots:
    """Slots of all character grams, by a rolling polynomial over code points (no Python loop over characters)."""
    codes = np.frombuffer(padded.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    found = []
    for length in GRAM_LENGTHS:
        if len(codes) < length:
            continue
        value = np.full(len(codes) - length + 1, length, dtype=np.uint64)
        for offset in range(length):
            value = (value * np.uint64(1_000_003)) ^ codes[offset : len(codes) - length + 1 + offset]
        value ^= value >> np.uint64(29)
        found.append((value * np.uint64(0x9E3779B97F4A7C15) >> np.uint64(40)) % np.uint64(SLOTS))
    return np.concatenate(found).astype(np.int64) if found else np.zeros(0, dtype=np.int64)


def _weigh(slots: Slots) -> tuple[Slots, Counts]:
    unique, counts = np.unique(slots, return_counts=True)
    return unique, 1.0 + np.log(counts.astype(np.float64)) if len(unique) else np.zeros(0)
