"""What was probably meant by a word that is found nowhere: the words most like it in the texts and names themselves."""

import difflib
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from parties.readers import Reader
from proposals.models import Clause
from proposals.search.plans import first_of_each
from proposals.search.terms import Term, words_of

MAX_CORRECTED = 4
_SHORTEST, _LONGEST = 4, 40
# From here on trigrams are many enough to stand two wrong letters.
_LONG = 7
# Texts read for each word; those with the word that was meant are as good as any.
_READ = 40
_ALIKE = 0.75
_MOST_MEANT = 3


def can_be_corrected(term: Term) -> bool:
    """Whether a word is long enough to tell what it was meant to be."""
    return (
        len(term.words) == 1
        and not term.quoted
        and _SHORTEST <= len(term.text) <= _LONGEST
        and not any(letter.isdigit() for letter in term.text)
    )


def meant(words: Collection[str], *, user: Reader | None, named: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """For each word the words that it may be a slip for, of what the reader may see; none where none is near.

    `named` are the words of names. At most `MAX_CORRECTED` words are looked at, by two queries at most.
    """
    asked, named = sorted(words)[:MAX_CORRECTED], set(named)
    found = {word: _one_slip_away(word, named | read) for word, read in _read(asked, _holding_near, user).items()}
    # Two slips are looked for only then: to tell how like each other words are takes PostgreSQL long.
    lost = [word for word in asked if len(word) >= _LONG and not found[word]]
    found |= {word: _alike(word, named | read) for word, read in _read(lost, _holding_like, user).items()}
    return {word: tuple(near) for word, near in found.items()}


def _read(words: Sequence[str], way: Callable[[str], QuerySet[Any, Any]], user: Reader | None) -> dict[str, set[str]]:
    """For each word the words of some texts found that way."""
    read: dict[str, set[str]] = {word: set() for word in words}
    with transaction.atomic(), connection.cursor() as cursor:
        # Of so many patterns PostgreSQL expects so much that it would rather read every text.
        cursor.execute("SET LOCAL enable_seqscan = off")
        for place, label, text in first_of_each(
            [way(word) for word in words], columns=("label", "text"), most=_READ, user=user
        ):
            read[words[place]].update(words_of(f"{label} {text}"))
        cursor.execute("SET LOCAL enable_seqscan TO DEFAULT")
    return read


def _holding_near(word: str) -> QuerySet[Any, Any]:
    near = sorted(_one_slip_off(word))
    return Clause._base_manager.filter(Q(text__holds_one_of=near) | Q(label__holds_one_of=near)).values("pk")


def _holding_like(word: str) -> QuerySet[Any, Any]:
    like = Q(text__trigram_word_similar=word) | Q(label__trigram_word_similar=word)
    return Clause._base_manager.filter(like).values("pk")


def _one_slip_off(word: str) -> set[str]:
    """Patterns of all texts that hold the word with one letter wrong, missing, too many, or swapped with the next."""
    patterns = set()
    for place in range(len(word)):
        before, after = word[:place], word[place + 1 :]
        patterns |= {f"%{before}_{after}%", f"%{before}{after}%"}
        if place:
            patterns.add(f"%{before}_{word[place:]}%")
        if after:
            patterns.add(f"%{before}{after[0]}{word[place]}{after[1:]}%")
    return patterns


def _one_slip_away(word: str, known: Iterable[str]) -> list[str]:
    near = sorted(one for one in known if abs(len(one) - len(word)) <= 1 and _is_one_slip(word, one))
    # The first letter is seldom wrong.
    return sorted(near, key=lambda one: one[0] != word[0])[:_MOST_MEANT]


def _alike(word: str, known: Iterable[str]) -> list[str]:
    close = sorted(one for one in known if abs(len(one) - len(word)) <= 3 and one[0] == word[0])
    return difflib.get_close_matches(word, close, n=_MOST_MEANT, cutoff=_ALIKE)


def _is_one_slip(left: str, right: str) -> bool:
    if left == right:
        return False
    start = next((i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))
    left, right = left[start:], right[start:]
    return (
        left[1:] == right[1:]  # a wrong letter
        or left[1:] == right  # one too many
        or left == right[1:]  # one missing
        or (len(left) > 1 and left[:2] == right[1::-1] and left[2:] == right[2:])  # two swapped
    )
