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

from proposals.alignment.lexicon import CONCEPT_OF, STOP_WORDS, STRUCTURE

SLOTS = 32_768
GRAM_LENGTHS = (3, 4, 5)
STEM_LENGTH = 7

Slots = npt.NDArray[np.int64]
Counts = npt.NDArray[np.float64]

_DASHES = str.maketrans("\u2010\u2011\u2012\u2013\u2014\u2212\u2019\u02bc", "------''")
_MARKS = "".join(chr(code) for code in range(0x0300, 0xFE30) if unicodedata.category(chr(code)) in ("Mn", "Mc"))
_LETTERS = rf"[^\W_](?:[^\W_]|[{_MARKS}])*"
_WORD = re.compile(rf"{_LETTERS}(?:'{_LETTERS})?")
# Scripts that set no spaces between words: Thai, Lao, Burmese, Khmer, Japanese, Chinese.
_UNSPACED = re.compile("([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+)")
_UNSEEN = {code: None for code in range(0x10000) if unicodedata.category(chr(code)) == "Cf"}
_JOINT = re.compile(r"[ -](?:(?:of|the|and|of the) )?")
_OPENING = re.compile(r"(?<!\b[^\W\d])[.!?:;]['\"”’)]?\s*$")  # not after an initial
_SPACE = re.compile(r"\s+")
_SUFFIXES = (
    *("isations", "izations", "isation", "ization", "ations", "ation", "ments", "ment", "ingly"),
    *("ities", "ings", "ions", "ing", "ion", "ity", "ies", "ied", "als", "al", "ers", "er", "ors", "or"),
    *("ed", "es", "ly", "s", "e", "y"),
)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class TextFeatures:
    """The comparable surface of one text. `*_slots` are sorted and unique; `*_weights` are 1 + log(count).

    `content` are the stems and concepts that can make a text a provision: not numbers, nor the words of headings and
    signatures. `names` are the stems of words that are written as names. `said`
    are the concepts as a set.
    """

    folded: str
    stems: tuple[str, ...]
    word_of_slot: dict[int, str]
    word_slots: Slots
    gram_slots: Slots
    gram_weights: Counts
    names: frozenset[str]
    content: frozenset[str]
    concepts: tuple[str, ...]
    said: frozenset[str]
    concept_slots: Slots
    concept_weights: Counts

    def spelling(self, concept: str) -> str:
        """A concept fit to show: where it is only the stem of a word, the word as this text has it."""
        return self.word_of_slot.get(slot_of(concept), concept)


def slot_of(meaning: str) -> int:
    """The slot that a stem or concept is hashed to."""
    return crc32(meaning.encode()) % SLOTS


def fold(text: str) -> str:
    """The text without case, with one kind of dash, apostrophe and space."""
    plain = _legible(text).translate(_DASHES).casefold()
    return _SPACE.sub(" ", plain).strip()


def _legible(text: str) -> str:
    """The text with one writing of each letter, and without characters that nobody sees."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).translate(_UNSEEN))


def words(folded: str) -> tuple[str, ...]:
    """The words of a folded text, possessive endings cut off; pairs of characters where a script has no spaces."""
    found: list[str] = []
    for word in _WORD.findall(folded):
        if _UNSPACED.search(word):
            for run in _UNSPACED.split(word):
                paired = _UNSPACED.fullmatch(run) and len(run) > 1
                found += [run[n : n + 2] for n in range(len(run) - 1)] if paired else [run] if run else []
        else:
            found.append(word[:-2] if word.endswith("'s") else word)
    return tuple(found)


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The word without its English ending, at most seven letters: coarse on purpose, so that forms of a word meet."""
    if not word.isascii() or not word.isalpha() or len(word) < 4:
        return word
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            return word[: -len(suffix)][:STEM_LENGTH]
    return word[:STEM_LENGTH]


@lru_cache(maxsize=8_192)
def read(text: str) -> TextFeatures:
    """The features of a text. The empty text has none."""
    folded = fold(text)
    tokens = words(folded)
    kept = [token for token in tokens if token not in STOP_WORDS]
    stems = tuple(stem(token) for token in kept)
    spelt: dict[int, str] = {}
    hashed = []
    for token, root in zip(kept, stems, strict=True):
        slot = slot_of(root)
        hashed.append(slot)
        spelt.setdefault(slot, token)
    word_slots, _ = _weigh(np.array(hashed, dtype=np.int64))
    gram_slots, gram_weights = _weigh(_grams(" " + " ".join(kept) + " " if kept else ""))
    concepts = [_concept(token) for token in kept]
    concept_slots, concept_weights = _weigh(np.array([slot_of(concept) for concept in concepts], dtype=np.int64))
    return TextFeatures(
        folded=folded,
        stems=stems,
        word_of_slot=spelt,
        word_slots=word_slots,
        gram_slots=gram_slots,
        gram_weights=gram_weights,
        names=_names(text),
        content=frozenset(
            meaning
            for token, root in zip(kept, stems, strict=True)
            if token not in STRUCTURE and not token.isnumeric() and len(token) > 1
            for meaning in (root, _concept(token))
        ),
        concepts=tuple(dict.fromkeys(concepts)),
        said=frozenset(concepts),
        concept_slots=concept_slots,
        concept_weights=concept_weights,
    )


_CONCEPT_OF_STEM = {stem(word): concept for word, concept in CONCEPT_OF.items()}


def _concept(token: str) -> str:
    """The concept of a word, or the word's own stem: a text is compared by concepts where it has them."""
    return CONCEPT_OF.get(token) or _CONCEPT_OF_STEM.get(stem(token)) or stem(token)


def _names(text: str) -> frozenset[str]:
    """Stems and concepts of words that are written as names.

    These are runs of words with a capital, words in capitals, and single words with a capital inside a sentence unless
    the lexicon knows them (drafters like to write "the Ceasefire"). Scripts without capitals have no such names.
    """
    found: set[str] = set()
    plain = _legible(text)
    for run in _runs_of_capitals(plain):
        parts = [word for word in run if word.group().casefold() not in STOP_WORDS]
        opens = bool(_OPENING.search(plain[: run[0].start()][-8:])) or run[0].start() == 0
        for part in parts:
            word = part.group().casefold()
            known = _concept(word) != stem(word)
            if len(parts) > 1 or (len(word) > 1 and part.group().isupper()) or not (opens or known):
                found.update((stem(word), _concept(word)))
    return frozenset(found)


def _runs_of_capitals(text: str) -> list[list[re.Match[str]]]:
    """Words with a capital, those in one list that follow each other directly or after "of", "the" or "and"."""
    runs: list[list[re.Match[str]]] = []
    end = -1
    for word in _WORD.finditer(text):
        if word.group()[0].isupper():
            if runs and end >= 0 and _JOINT.fullmatch(text[end : word.start()]):
                runs[-1].append(word)
            else:
                runs.append([word])
            end = word.end()
    return runs


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
