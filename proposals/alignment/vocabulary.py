"""The frozen vocabulary: how common words and topics are, what topics mean, and what places and parties are called.

Besides two proposals and their decisions it is the only thing that links may depend on. It is rebuilt on purpose and
then has a new id, so that importing a proposal never changes an old answer.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

import numpy as np

from proposals.alignment.clause import Clause
from proposals.alignment.text import SLOTS, Counts, Slots, fold, read

REMEMBERED = 20_000  # texts whose names are kept at hand
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
        self._found: dict[str, dict[str, str]] = {}

    def find(self, text: str) -> tuple[str, ...]:
        """The slugs named in the text, sorted, each once."""
        return tuple(self.named(text))

    def named(self, text: str) -> dict[str, str]:
        """The slugs named in the text, sorted, with the (folded) name that was met first."""
        if self._pattern is None or not text:
            return {}
        found = self._found.get(text)
        if found is None:
            met: dict[str, str] = {}
            for name in self._pattern.findall(fold(text)):
                met.setdefault(self._owners[name], name)
            found = dict(sorted(met.items()))
            if len(self._found) >= REMEMBERED:
                self._found.clear()
            self._found[text] = found
        return found


class _Telling:
    """How much each word or concept speaks for each topic: the log of its share there over its share everywhere.

    The definition of a topic counts as one more clause on it.
    """

    def __init__(
        self,
        documents: int,
        meanings: Mapping[int, int],
        topics: Mapping[str, int],
        tagged: Mapping[str, Mapping[int, int]],
        taxonomy: tuple[TopicEntry, ...],
    ) -> None:
        self._topics = [entry.slug for entry in taxonomy]
        defined = [read(f"{entry.name} {entry.definition}") for entry in taxonomy]
        named = [{*d.word_slots.tolist(), *d.concept_slots.tolist()} for d in defined]
        slots = sorted({*meanings, *(slot for slots in named for slot in slots)})
        self._slots = np.array(slots, dtype=np.int64)
        self._weights = np.zeros((len(taxonomy), len(slots)))
        column = {slot: k for k, slot in enumerate(slots)}
        defining = Counter(slot for told in named for slot in told)
        for row, topic in enumerate(self._topics):
            counts = tagged.get(topic, {})
            for slot in {*counts, *named[row]}:
                met = counts.get(slot, 0) + (slot in named[row])
                share = met / (topics.get(topic, 0) + 2)
                everywhere = (meanings.get(slot, 0) + defining[slot] + 0.5) / (documents + len(taxonomy) + 1)
                self._weights[row, column[slot]] = max(0.0, np.log(share / everywhere)) * min(1.0, met / 2)

    def of(self, meanings: Slots) -> dict[str, float]:
        places = np.searchsorted(self._slots, meanings)
        places = places[(places < len(self._slots))]
        known = places[np.isin(self._slots[places], meanings)]
        sums = self._weights[:, np.unique(known)].sum(axis=1)
        return {topic: round(float(value), 6) for topic, value in zip(self._topics, sums, strict=True)}


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Vocabulary:
    """A named snapshot. `grams`, `meanings` and `topics` count in how many of `documents` clauses each occurs.

    The first two are keyed by hashed slot (see text.py); `meanings` are words and concepts together, and `tagged`
    counts them among the clauses of each topic. `carriers` counts the proposals that have a topic, `together` the
    clauses that carry two (the lesser slug first). With `documents` 0 the vocabulary tells nothing.
    """

    id: str
    documents: int = 0
    grams: Mapping[int, int] = field(default_factory=dict)
    meanings: Mapping[int, int] = field(default_factory=dict)
    topics: Mapping[str, int] = field(default_factory=dict)
    carriers: Mapping[str, int] = field(default_factory=dict)
    together: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    tagged: Mapping[str, Mapping[int, int]] = field(default_factory=dict)
    taxonomy: tuple[TopicEntry, ...] = ()
    places: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    actors: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    gram_counts: Counts = field(init=False, repr=False)
    place_names: Names = field(init=False, repr=False)
    plain_place_names: Names = field(init=False, repr=False)
    actor_names: Names = field(init=False, repr=False)
    ranks: Mapping[str, int] = field(init=False, repr=False)
    groups: Mapping[str, str] = field(init=False, repr=False)
    titles: Mapping[str, str] = field(init=False, repr=False)
    related: Counts = field(init=False, repr=False)
    _telling: "_Telling" = field(init=False, repr=False)

    def __post_init__(self) -> None:
        parties = {fold(name) for names in self.actors.values() for name in names}
        unshared = {s: n for s, n in self.places.items() if not any(fold(name) in parties for name in n)}
        derived = {
            "gram_counts": _dense(self.grams),
            "place_names": Names(self.places),
            "plain_place_names": Names(unshared),
            "actor_names": Names(self.actors),
            "ranks": _ranks(self.taxonomy),
            "groups": {entry.slug: entry.group for entry in self.taxonomy},
            "titles": {entry.slug: entry.name for entry in self.taxonomy},
            "related": _related(self.taxonomy, self.topics, self.together),
            "_telling": _Telling(self.documents, self.meanings, self.topics, self.tagged, self.taxonomy),
        }
        for name, value in derived.items():
            object.__setattr__(self, name, value)

    def place_name(self, slug: str) -> str:
        """What a place is called in headings; its slug where it is not in the snapshot."""
        return next(iter(self.places.get(slug, ())), slug)

    def actor_name(self, slug: str) -> str:
        """What a party is called in headings; its slug where it is not in the snapshot."""
        return next(iter(self.actors.get(slug, ())), slug)

    def topic_name(self, slug: str) -> str:
        """What a topic is called; its slug where it is not in the snapshot."""
        return self.titles.get(slug) or slug

    def topic_key(self, topic: str) -> tuple[int, str]:
        """Sorts topics: by group and topic as the taxonomy has them, then unknown ones by slug, then "" (no topic)."""
        if not topic:
            return (len(self.ranks) + 1, "")
        return (self.ranks.get(topic, len(self.ranks)), topic)

    def knows(self, topics: Collection[str]) -> bool:
        """Whether there are topics, all of them of the taxonomy."""
        return bool(topics) and all(topic in self.ranks for topic in topics)

    def concentration(self, topic: str) -> float:
        """How few clauses of a proposal carry a topic where any does, 0..1; 2/3 where nothing is known of it."""
        return (self.carriers.get(topic, 0) + 1) / (self.topics.get(topic, 0) + 1.5)

    def togetherness(self, one: str, two: str) -> float:
        """How often two different topics stand on one clause, 0..1, for the number of clauses that carry either."""
        return float(self.related[self.place_of(one), self.place_of(two)])

    def place_of(self, topic: str) -> int:
        """Row and column of a topic in `related`; those of a topic that is not known are empty."""
        return self.ranks.get(topic, len(self.ranks))

    def topic_evidence(self, meanings: Slots) -> dict[str, float]:
        """How strongly each topic of the taxonomy is suggested by these slots of words and concepts."""
        return self._telling.of(meanings)

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
            grams={int(slot): df for slot, df in data["grams"].items()},
            meanings={int(slot): df for slot, df in data["meanings"].items()},
            topics=dict(data["topics"]),
            # Snapshots of the first form have neither.
            carriers=dict(data.get("carriers", {})),
            together={topic: dict(others) for topic, others in data.get("together", {}).items()},
            tagged={t: {int(slot): df for slot, df in counts.items()} for t, counts in data["tagged"].items()},
            taxonomy=tuple(TopicEntry(**entry) for entry in data["taxonomy"]),
            places={slug: tuple(names) for slug, names in data["places"].items()},
            actors={slug: tuple(names) for slug, names in data["actors"].items()},
        )

    def _content(self) -> dict[str, Any]:
        return {
            "documents": self.documents,
            "grams": {str(slot): self.grams[slot] for slot in sorted(self.grams)},
            "meanings": {str(slot): self.meanings[slot] for slot in sorted(self.meanings)},
            "tagged": {
                topic: {str(slot): self.tagged[topic][slot] for slot in sorted(self.tagged[topic])}
                for topic in sorted(self.tagged)
            },
            "topics": {slug: self.topics[slug] for slug in sorted(self.topics)},
            "carriers": {slug: self.carriers[slug] for slug in sorted(self.carriers)},
            "together": {
                one: {two: self.together[one][two] for two in sorted(self.together[one])}
                for one in sorted(self.together)
            },
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
    grams: Counter[int] = Counter()
    meanings: Counter[int] = Counter()
    topics: Counter[str] = Counter()
    carriers: dict[str, set[str]] = {}
    together: dict[str, Counter[str]] = {}
    tagged: dict[str, Counter[int]] = {}
    documents = 0
    for clause in clauses:
        if clause.kind == "placeholder":
            continue
        features = read(clause.text)
        grams.update(features.gram_slots.tolist())
        told = sorted({*features.word_slots.tolist(), *features.concept_slots.tolist()})
        meanings.update(told)
        carried = sorted(set(clause.topics))
        for topic in carried:
            topics[topic] += 1
            carriers.setdefault(topic, set()).add(clause.id.rpartition("/")[0])
            tagged.setdefault(topic, Counter()).update(told)
        for one, two in combinations(carried, 2):
            together.setdefault(one, Counter())[two] += 1
        documents += 1
    draft = Vocabulary(
        id="",
        documents=documents,
        grams={slot: df for slot, df in grams.items() if df >= RARE},
        meanings=dict(meanings),
        topics=dict(topics),
        carriers={topic: len(slugs) for topic, slugs in carriers.items()},
        together={topic: dict(others) for topic, others in together.items()},
        tagged={topic: dict(counts) for topic, counts in tagged.items()},
        taxonomy=tuple(taxonomy),
        places={slug: tuple(names) for slug, names in (places or {}).items()},
        actors={slug: tuple(names) for slug, names in (actors or {}).items()},
    )
    digest = hashlib.sha256(_canonical(draft._content()).encode()).hexdigest()
    return Vocabulary.from_json(_canonical(draft._content() | {"id": f"v2-{digest[:12]}"}))


def _canonical(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _ranks(taxonomy: tuple[TopicEntry, ...]) -> dict[str, int]:
    """The place of each topic when groups stand in the order in which they first appear."""
    groups: dict[str, int] = {}
    for entry in taxonomy:
        groups.setdefault(entry.group, len(groups))
    ordered = sorted(taxonomy, key=lambda entry: groups[entry.group])
    return {entry.slug: rank for rank, entry in enumerate(ordered)}


def _related(
    taxonomy: tuple[TopicEntry, ...], topics: Mapping[str, int], together: Mapping[str, Mapping[str, int]]
) -> Counts:
    ranks = _ranks(taxonomy)
    table = np.zeros((len(ranks) + 1, len(ranks) + 1))
    for one, others in together.items():
        for two, both in others.items():
            if one in ranks and two in ranks:
                share = both / np.sqrt((topics.get(one, 0) + 2) * (topics.get(two, 0) + 2))
                table[ranks[one], ranks[two]] = table[ranks[two], ranks[one]] = share
    return table


def _dense(counts: Mapping[int, int]) -> Counts:
    dense = np.zeros(SLOTS)
    for slot, df in counts.items():
        dense[slot] = df
    return dense


EMPTY = Vocabulary(id="empty")
