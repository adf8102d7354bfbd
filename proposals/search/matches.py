"""Where and how clauses match a query: marked segments of their words, and the fields that matched."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypedDict

from proposals.models.searched import THOUSANDS
from proposals.payloads import ClausePayload
from proposals.search.clauses import ClauseSearch
from proposals.search.clues import KINDS, Clue
from proposals.search.languages import stems
from proposals.search.terms import WORD, words_of

# Characters of an excerpt, about three lines on a page.
LONGEST_EXCERPT = 240
WORD_FIELDS = ("text", "label", "condition", "number")
_TOKEN = re.compile(f"\\d{{1,3}}(?:[{THOUSANDS}]\\d{{3}})+(?!\\d)|{WORD.pattern}")
_CUT = "…"

Span = tuple[int, int]


class Segment(TypedDict):
    text: str
    marked: bool


class Match(TypedDict):
    rank: float
    snippet: list[Segment]
    fields: list[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Pattern:
    """Words that stand for a term when they follow each other; `begins` where a longer word will do."""

    words: tuple[str, ...]
    begins: bool
    within: bool


def matches(search: ClauseSearch, clauses: Sequence[tuple[ClausePayload, float]]) -> list[Match]:
    """For each clause, given with its rank, how it matches. One query for the page."""
    patterns = list(dict.fromkeys(pattern for clue in search.clues for pattern in _patterns(clue)))
    texts = [_words_of_fields(payload) for payload, _ in clauses]
    words = {word for fields in texts for text in fields.values() for word in words_of(text)}
    marker = _Marker(patterns, search.clues, words)
    return [
        _match(search.clues, payload, rank, {field: marker.spans(text) for field, text in fields.items()})
        for (payload, rank), fields in zip(clauses, texts, strict=True)
    ]


def marked(search: ClauseSearch, texts: Sequence[str]) -> list[list[Segment]]:
    """Each of the texts as segments that together are all of it. One query for all."""
    patterns = list(dict.fromkeys(pattern for clue in search.clues for pattern in _patterns(clue, as_asked=True)))
    marker = _Marker(patterns, search.clues, {word for text in texts for word in words_of(text)})
    return [_segments(text, marker.spans(text), start=0, end=len(text)) for text in texts]


class _Marker:
    """Finds the words of the patterns in texts, in any inflected form."""

    def __init__(self, patterns: Sequence[_Pattern], clues: Sequence[Clue], words: set[str]) -> None:
        self._patterns = patterns
        sought = {word for pattern in patterns for word in pattern.words}
        # All forms of a word begin alike, so PostgreSQL need not stem every word of the page.
        beginnings = {word[:2] for word in sought}
        candidates = {word for word in words if word[:2] in beginnings}
        self._stems = stems(sought | candidates, parsers=clues[0].parsers if clues else ()) if candidates else {}

    def spans(self, text: str) -> list[Span]:
        """Places in the text that match, from left to right, none within another."""
        tokens = [(found.span(), "".join(words_of(found.group()))) for found in _TOKEN.finditer(text)]
        found = [span for pattern in self._patterns for span in self._of(pattern, tokens, text)]
        spans: list[Span] = []
        for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
            if not spans or start >= spans[-1][1]:
                spans.append((start, end))
        return spans

    def _of(self, pattern: _Pattern, tokens: Sequence[tuple[Span, str]], text: str) -> Iterator[Span]:
        size = len(pattern.words)
        for place in range(len(tokens) - size + 1):
            here = tokens[place : place + size]
            if all(self._is(word, sought, pattern) for (_, word), sought in zip(here, pattern.words, strict=True)):
                yield here[0][0][0], here[-1][0][1]
        # Small letters of some scripts are longer than capitals: places in the one are none in the other then.
        if pattern.within and len(lowered := text.lower()) == len(text):
            yield from (found.span() for found in re.finditer(re.escape(" ".join(pattern.words)), lowered))

    def _is(self, word: str, sought: str, pattern: _Pattern) -> bool:
        if word == sought or (pattern.begins and word.startswith(sought)):
            return True
        return word[:2] == sought[:2] and not self._stems.get(word, set()).isdisjoint(self._stems.get(sought, ()))


def _patterns(clue: Clue, *, as_asked: bool = False) -> Iterator[_Pattern]:
    """`as_asked` looks for a word that was taken as a slip, too."""
    meant = [(word,) for word in clue.meant]
    for words in [*meant, *clue.term.spellings] if as_asked else meant or clue.term.spellings:
        yield _Pattern(words=words, begins=clue.term.begins_words and not clue.meant, within=clue.term.unspaced)
    for words in (*clue.places, *clue.parties):
        yield _Pattern(words=words, begins=False, within=False)


def _words_of_fields(payload: ClausePayload) -> dict[str, str]:
    return {
        "text": payload["text"],
        "label": payload["label"],
        "condition": payload["condition"] or "",
        "number": payload["number"] or "",
    }


def _match(clues: Sequence[Clue], payload: ClausePayload, rank: float, spans: dict[str, list[Span]]) -> Match:
    carried = {
        "party": {role["party"] for role in payload["roles"]},
        "territory": set(payload["territories"]),
        "topic": set(payload["topics"]),
        "proposal": {payload["proposal"]},
    }
    named = [kind for kind in KINDS if any(not clue.slugs(kind).isdisjoint(carried[kind]) for clue in clues)]
    fields = [field for field in WORD_FIELDS if spans[field]]
    shown = next((field for field in ("text", "label", "condition") if spans[field]), "text")
    return {
        "rank": rank,
        "snippet": _excerpt(_words_of_fields(payload)[shown], spans[shown]),
        "fields": [*fields, *named],
    }


def _excerpt(text: str, spans: Sequence[Span]) -> list[Segment]:
    """The part of the text with the most marks, in segments that together are the excerpt."""
    start, end = _window(text, spans)
    segments = _segments(text, spans, start=start, end=end)
    if start:
        segments.insert(0, {"text": f"{_CUT} ", "marked": False})
    if end < len(text):
        segments.append({"text": f" {_CUT}", "marked": False})
    return segments


def _segments(text: str, spans: Sequence[Span], *, start: int, end: int) -> list[Segment]:
    segments: list[Segment] = []
    place = start
    for left, right in spans:
        if left >= start and right <= end:
            segments += [{"text": text[place:left], "marked": False}, {"text": text[left:right], "marked": True}]
            place = right
    segments.append({"text": text[place:end], "marked": False})
    return [segment for segment in segments if segment["text"]]


def _window(text: str, spans: Sequence[Span]) -> Span:
    if len(text) <= LONGEST_EXCERPT:
        return 0, len(text)
    first = max(
        (span[0] for span in spans),
        key=lambda start: (sum(start <= left < start + LONGEST_EXCERPT * 2 // 3 for left, _ in spans), -start),
        default=0,
    )
    # A third of the room for what stands before the first mark; then whole words.
    start = max(0, min(first - LONGEST_EXCERPT // 3, len(text) - LONGEST_EXCERPT))
    end = min(len(text), start + LONGEST_EXCERPT)
    if start and (space := text.find(" ", start, first)) >= 0:
        start = space + 1
    last = max((right for _, right in spans if right <= end), default=start)
    if end < len(text) and (space := text.rfind(" ", last, end)) > 0:
        end = space
    return start, end
