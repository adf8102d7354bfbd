"""Why a pair of clauses has its score: the addends of the sum, each with what was shared in plain words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from proposals.alignment.clause import Clause
from proposals.alignment.text import read, slot_of
from proposals.alignment.vocabulary import Vocabulary

SHOWN = 3  # words or places named in a reason


@dataclass(frozen=True, kw_only=True, slots=True)
class Reason:
    """One addend of a score: its name, what it adds to the logit, and in plain words what was shared."""

    part: str
    weight: float
    detail: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Shared:
    """A pair of clauses with what is needed to say what they share.

    `rarity` tells how telling each slot is; `topics` are the curated ones of both, in the order of the left clause.
    """

    left: Clause
    right: Clause
    rarity: Mapping[int, float]
    vocabulary: Vocabulary
    topics: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        both = (topic for topic in dict.fromkeys(self.left.topics) if topic in self.right.topics)
        object.__setattr__(self, "topics", tuple(both))

    def detail(self, part: str, value: float) -> str:
        """What stands behind one part of the score; its value where there is nothing to name."""
        tell = _DETAILS.get(part)
        return tell(self, value) if tell else f"{value:.2f}"


def _topics(pair: Shared, _value: float) -> str:
    if pair.topics:
        return ", ".join(map(pair.vocabulary.topic_name, pair.topics))
    return "topics near each other" if pair.left.topics and pair.right.topics else "suggested topics"


def _matter(pair: Shared, _value: float) -> str:
    return pair.vocabulary.topic_name(max(pair.topics, key=pair.vocabulary.concentration))


def _related(pair: Shared, _value: float) -> str:
    candidates = [(one, two) for one in pair.left.topics for two in pair.right.topics]
    one, two = max(candidates, key=lambda topics: pair.vocabulary.togetherness(*topics))
    return f"{pair.vocabulary.topic_name(one)} with {pair.vocabulary.topic_name(two)}"


def _places(pair: Shared, _value: float) -> str:
    shared = sorted(set(pair.left.territories) & set(pair.right.territories))
    return ", ".join(map(pair.vocabulary.place_name, shared[:SHOWN]))


def _label(pair: Shared, _value: float) -> str:
    told = []
    for headed, telling in ((pair.left, pair.right), (pair.right, pair.left)):
        label, text = read(headed.label), read(telling.text).said
        said = [label.spelling(concept) for concept in label.concepts if concept in text]
        told.append((len(said) / max(1, len(label.concepts)), said))
    return ", ".join(max(told)[1])


def _breadth(pair: Shared, _value: float) -> str:
    return f"{len(set(pair.left.topics))} and {len(set(pair.right.topics))} topics"


def _concepts(pair: Shared, _value: float) -> str:
    ours, theirs = read(pair.left.text), read(pair.right.text)
    telling = sorted((-pair.rarity[slot_of(concept)], concept) for concept in ours.said & theirs.said)
    return ", ".join(ours.spelling(concept) for _, concept in telling[:SHOWN])


def _meaning(_pair: Shared, value: float) -> str:
    return f"alike in meaning across languages, by a language model: {value:.2f}"


def _rivals(_pair: Shared, value: float) -> str:
    return "ahead of other candidates on the matter" if value > 0 else "another clause is closer"


_DETAILS: dict[str, Callable[[Shared, float], str]] = {
    "topics": _topics,
    "matter": _matter,
    "related": _related,
    "places": _places,
    "label": _label,
    "breadth": _breadth,
    "concepts": _concepts,
    "meaning": _meaning,
    "rivals": _rivals,
}
