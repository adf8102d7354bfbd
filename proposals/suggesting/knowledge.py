"""What suggestions are made from: names, the taxonomy, measures, and clauses that are coded already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from proposals.alignment import Clause, TopicEntry
from proposals.alignment.text import fold
from proposals.suggesting.learning import Example, Lesson
from proposals.suggesting.names import Names
from proposals.suggesting.words import meanings_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What a figure, a span or a date may be about; `kind` is quantity, duration or date."""

    code: str
    kind: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Knowledge:
    """All that is known, as plain values. What is learnt from it is made once, when it is first needed.

    `parties` and `territories` have all names of each by slug. Clauses without topics teach nothing about topics.
    """

    clauses: Sequence[Clause] = ()
    topics: Sequence[TopicEntry] = ()
    parties: Mapping[str, Sequence[str]]
    territories: Mapping[str, Sequence[str]]
    measures: Sequence[Measure] = ()

    @cached_property
    def party_names(self) -> Names:
        return Names(self.parties)

    @cached_property
    def territory_names(self) -> Names:
        return Names(self.territories)

    @cached_property
    def states(self) -> frozenset[str]:
        """The territories that are called like a party."""
        parties = {fold(name) for names in self.parties.values() for name in names}
        return frozenset(slug for slug, names in self.territories.items() if not parties.isdisjoint(map(fold, names)))

    @cached_property
    def about_topics(self) -> Lesson:
        known = {topic.slug for topic in self.topics}
        return Lesson(
            [
                Example(name=clause.id, meanings=meanings, codes=codes)
                for clause, meanings in self._read
                if (codes := tuple(topic for topic in clause.topics if topic in known))
            ],
            {topic.slug: meanings_of(f"{topic.name} {topic.definition}") for topic in self.topics},
        )

    @cached_property
    def about_parties(self) -> Lesson:
        """Of codes such as obligated:northern-council."""
        return Lesson(
            [
                Example(
                    name=clause.id, meanings=meanings, codes=tuple(f"{role}:{party}" for role, party in clause.roles)
                )
                for clause, meanings in self._read
                if clause.roles
            ],
            {},
        )

    @cached_property
    def about_territories(self) -> Lesson:
        return Lesson(
            [
                Example(name=clause.id, meanings=meanings, codes=clause.territories)
                for clause, meanings in self._read
                if clause.territories
            ],
            {},
        )

    @cached_property
    def about_measures(self) -> Lesson:
        return Lesson(
            [
                Example(name=clause.id, meanings=meanings, codes=tuple(term.measure for term in clause.terms))
                for clause, meanings in self._read
                if clause.terms
            ],
            {measure.code: meanings_of(measure.name) for measure in self.measures},
        )

    @cached_property
    def names_of_measures(self) -> Mapping[str, frozenset[str]]:
        return {measure.code: frozenset(meanings_of(measure.name)) for measure in self.measures}

    @cached_property
    def units(self) -> Mapping[str, frozenset[str]]:
        """The units in which each measure was told so far."""
        units: dict[str, set[str]] = {}
        for clause in self.clauses:
            for term in clause.terms:
                units.setdefault(term.measure, set()).add(term.unit)
        return {measure: frozenset(several) for measure, several in units.items()}

    @cached_property
    def _read(self) -> list[tuple[Clause, frozenset[str]]]:
        return [(clause, frozenset(meanings_of(f"{clause.label}. {clause.text}"))) for clause in self.clauses]
