"""Topics that one of two texts has clauses on and the other has none."""

from collections.abc import Iterable
from dataclasses import dataclass

from proposals.comparison import Review
from proposals.rendering import words
from proposals.rendering.clauses import ShownClause, ShownSource, name_in, shown_source
from proposals.rendering.headings import Heading
from proposals.rendering.lines import Lookup, Silence, shown_silence

_ABSENT = ("silent", "unknown", "not_found")


@dataclass(frozen=True, kw_only=True, slots=True)
class Gap:
    """A topic that only one of the texts has clauses on; `silence` is what was recorded of the other one."""

    anchor: str
    topic: str
    topic_name: str
    absent: Heading
    present: Heading
    clauses: tuple[ShownClause, ...]
    state: str
    state_name: str
    silence: Silence | None
    reason: str
    sources: tuple[tuple[str, ShownSource], ...]


def gaps_of(found: Review, lookup: Lookup) -> Iterable[Gap]:
    """The gaps of a review in the order of the taxonomy, each with the words to record its silence in."""
    silences = {
        (one.head["slug"], silence["topic"]): shown_silence(silence, lookup=lookup)
        for one in found.loaded
        for silence in one.silences
    }
    for line in found.matrix:
        for absent, present in (line["cells"], line["cells"][::-1]):
            if absent["state"] not in _ABSENT or not present["clauses"]:
                continue
            topic, heading, other = line["topic"], lookup.by_slug[absent["proposal"]], present["proposal"]
            clauses = tuple(lookup.clause(clause) for clause in present["clauses"])
            name = name_in(found.included["topics"], topic)
            yield Gap(
                anchor=f"gap__{heading.slug}__{topic}",
                topic=topic,
                topic_name=name,
                absent=heading,
                present=lookup.by_slug[other],
                clauses=clauses,
                state=absent["state"],
                state_name=words.name_of(absent["state"], words.STATES),
                silence=silences.get((heading.slug, topic)),
                reason=f"Read for it: no clause speaks of {name}, which {lookup.by_slug[other].short_title} "
                f"regulates in {', '.join(clause.key for clause in clauses)}.",
                sources=tuple(
                    (slug, shown_source(found.included["sources"][slug])) for slug in found.sources[heading.slug]
                ),
            )
