"""The frozen vocabulary: how common words and topics are, what topics mean, and what places and parties are called.

Besides two proposals and their decisions it is the only thing that links may depend on. It is rebuilt on purpose and
then has a new id, so that importing a proposal never changes an old answer.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from proposals.alignment.clause import Clause
from proposals.alignment.text import SLOTS, Counts, fold, read

RARE = 2  # grams met in fewer clauses are not stored: they would be most of the file and say nothing


@dataclass(frozen=True, kw_only=True, slots=True)
class TopicEntry:
    """One topic of the taxonomy, with its group; the order of entries is the order of the taxonomy."""

    slug: str
    group: str
    name: str = ""
    definition: str = ""


class Names:
    """Finds places or parties by name in a text; the longest name wins and hides the names inside it."""

    def __init__(self, names: Mapping[str, tuple[str, ...]]) -> None:
        owners: dict[str, str] = {}
        for slug in sorted(names):
            for name in names[slug]:
                folded = fold(name).strip()
                if folded:
                    owners.setdefault(folded, slug)
        self._owners = owners
        longest_first = sorted(owners, key=lambda name: (-len(name), name))
        self._pattern = (
            re.compile(r"(?<!\w)(?:" + "|".join(re.escape(name) for name in longest_first) + r")(?!\w)")
            if owners
            else None
        )
        self._found: dict[str, tuple[str, ...]] = {}

    def find(self, text: str) -> tuple[str, ...]:
        """The slugs named in the text, sorted, each once."""
        if self._pattern is None or not text:
            return ()
        found = self._found.get(text)
        if found is None:
            found = tuple(sorted({self._owners[hit] for hit in self._pattern.findall(fold(text))}))
            if len(self._found) >= 20_000:
                self._found.clear()
            self._found[text] = found
        return found


@dataclass(frozen=True, kw_only=True, slots=True)
class Vocabulary:
    """A named snapshot. `words`, `grams` and `topics` count in how many of the `documents` clauses each occurs.

    `words` and `grams` are keyed by hashed slot (see text.py). With `documents` 0 every inverse frequency is 1.
    """

    id: str
    documents: int = 0
    words: Mapping[int, int] = field(default_factory=dict)
    grams: Mapping[int, int] = field(default_factory=dict)
    topics: Mapping[str, int] = field(default_factory=dict)
    taxonomy: tuple[TopicEntry, ...] = ()
    places: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    actors: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    word_counts: Counts = field(init=False, repr=False, compare=False)
    gram_counts: Counts = field(init=False, repr=False, compare=False)
    place_names: Names = field(init=False, repr=False, compare=False)
    actor_names: Names = field(init=False, repr=False, compare=False)
    ranks: Mapping[str, int] = field(init=False, repr=False, compare=False)
    groups: Mapping[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        derived = {
            "word_counts": _dense(self.words),
            "gram_counts": _dense(self.grams),
            "place_names": Names(self.places),
            "actor_names": Names(self.actors),
            "ranks": {entry.slug: rank for rank, entry in enumerate(self.taxonomy)},
            "groups": {entry.slug: entry.group for entry in self.taxonomy},
        }
        for name, value in derived.items():
            object.__setattr__(self, name, value)

    def topic_key(self, topic: str) -> tuple[int, str]:
        """Sorts topics: taxonomy order, then unknown ones by slug, then "" (no topic)."""
        if not topic:
            return (len(self.ranks) + 1, "")
        return (self.ranks.get(topic, len(self.ranks)), topic)

    def to_json(self) -> str:
        """The snapshot as canonical JSON, the same bytes for the same content."""
        return _canonical(self._content() | {"id": self.id})

    @classmethod
    def from_json(cls, text: str) -> "Vocabulary":
        """The snapshot that `to_json` wrote. Raises ValueError (or KeyError) for anything else."""
        data = json.loads(text)
        return cls(
            id=data["id"],
            documents=data["documents"],
            words={int(slot): df for slot, df in data["words"].items()},
            grams={int(slot): df for slot, df in data["grams"].items()},
            topics=dict(data["topics"]),
            taxonomy=tuple(TopicEntry(**entry) for entry in data["taxonomy"]),
            places={slug: tuple(names) for slug, names in data["places"].items()},
            actors={slug: tuple(names) for slug, names in data["actors"].items()},
        )

    def _content(self) -> dict[str, Any]:
        return {
            "documents": self.documents,
            "words": {str(slot): self.words[slot] for slot in sorted(self.words)},
            "grams": {str(slot): self.grams[slot] for slot in sorted(self.grams)},
            "topics": {slug: self.topics[slug] for slug in sorted(self.topics)},
            "taxonomy": [
                {"slug": e.slug, "group": e.group, "name": e.name, "definition": e.definition} for e in self.taxonomy
            ],
            "places": {slug: list(self.places[slug]) for slug in sorted(self.places)},
            "actors": {slug: list(self.actors[slug]) for slug in sorted(self.actors)},
        }


def build_vocabulary(
    clauses: Iterable[Clause],
    taxonomy: Iterable[TopicEntry] = (),
    places: Mapping[str, tuple[str, ...]] | None = None,
    actors: Mapping[str, tuple[str, ...]] | None = None,
) -> Vocabulary:
    """The snapshot of these clauses, whatever their order; its id is a digest of its content."""
    words: Counter[int] = Counter()
    grams: Counter[int] = Counter()
    topics: Counter[str] = Counter()
    documents = 0
    for clause in clauses:
        if clause.kind == "placeholder":
            continue
        features = read(clause.text)
        words.update(features.word_slots.tolist())
        grams.update(features.gram_slots.tolist())
        topics.update(set(clause.topics))
        documents += 1
    draft = Vocabulary(
        id="",
        documents=documents,
        words={slot: df for slot, df in words.items() if df >= RARE},
        grams={slot: df for slot, df in grams.items() if df >= RARE},
        topics=dict(topics),
        taxonomy=tuple(taxonomy),
        places={slug: tuple(names) for slug, names in (places or {}).items()},
        actors={slug: tuple(names) for slug, names in (actors or {}).items()},
    )
    digest = hashlib.sha256(_canonical(draft._content()).encode()).hexdigest()
    return Vocabulary.from_json(_canonical(draft._content() | {"id": f"v1-{digest[:12]}"}))


def _canonical(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _dense(counts: Mapping[int, int]) -> Counts:
    dense = np.zeros(SLOTS)
    for slot, df in counts.items():
        dense[slot] = df
    return dense


EMPTY = Vocabulary(id="empty")
