"""Typed differences of two clauses on one matter, with what each side says: curated fields first, the wording second.

A difference is asserted where it rests on curated fields or on a figure, date, place or term of law in the wording;
force and actors guessed from the wording are hints.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from proposals.alignment.clause import Clause
from proposals.alignment.cues import cues
from proposals.alignment.terms import Contrast, Said, differing_terms
from proposals.alignment.text import fold, read
from proposals.alignment.vocabulary import Vocabulary

KINDS = (
    *("quantity", "deadline", "duration", "territory", "modality", "actor", "condition", "sequence"),
    *("legal_effect", "scope"),
)
FORCE = {"must": "duty", "must_not": "duty", "may": "option", "aims": "aim", "expects": "expectation"}
FORCE_WORDS = {"must": "must", "must_not": "must not", "may": "may", "aims": "aims to", "expects": "is expected to"}
ALIKE = 0.6
EFFECT_WORDS = {"in_law": "in law", "in_fact": "in fact", "none": "no recognition"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Side:
    """What one clause says on the point of difference; `text` is always fit to show."""

    proposal: str
    clause: str
    text: str
    value: float | None = None
    value_max: float | None = None
    unit: str | None = None
    measure: str | None = None
    comparator: str | None = None
    qualifier: str | None = None
    whose: str | None = None
    date: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Divergence:
    """One typed difference.

    `asserted` False is a hint: shown as "check this", never a conflict by itself. `compatible` True means that both
    sides can hold together, because one only says more than the other.
    """

    kind: str
    asserted: bool
    summary: str
    sides: tuple[Side, ...]
    compatible: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """Two clauses under comparison; `likeness` is how alike their wording is, 0 to 1."""

    left: Clause
    right: Clause
    likeness: float
    vocabulary: Vocabulary

    @property
    def on_one_topic(self) -> bool:
        """Whether both clauses lead with one topic: if not, force and reach may speak of another part of a clause."""
        return self.left.topics[:1] == self.right.topics[:1] or not (self.left.topics and self.right.topics)

    @property
    def option_against_duty(self) -> bool:
        """Whether an option on one side meets a duty on the same matter.

        So where both clauses lead with one topic, or the topic of the option is one among several of a clause that
        words nothing but duties.
        """
        optional, other = (self.left, self.right) if self.left.modality == "may" else (self.right, self.left)
        return self.on_one_topic or (optional.topics[0] in other.topics and not cues(other.text).softened)

    def actors(self, clause: Clause) -> tuple[str, ...]:
        """The parties that the text of a clause names."""
        return self.vocabulary.actor_names.find(clause.text)

    def places(self) -> tuple[set[str], set[str]]:
        """The places that the two texts name.

        Without those whose name is also a party's, which may be meant as an actor. Two places of which one has a name
        inside the other's ("the river", "the river Styx") count as one.
        """
        ours = self.vocabulary.plain_place_names.named(self.left.text)
        theirs = self.vocabulary.plain_place_names.named(self.right.text)
        same = {
            slug: next((other for other, its in ours.items() if name in its or its in name), slug)
            for slug, name in theirs.items()
        }
        return set(ours), {slug if slug in ours else same[slug] for slug in theirs}

    def differ(
        self, kind: str, ours: str, theirs: str, summary: str, *, asserted: bool = True, fits: bool = False
    ) -> Divergence:
        """A divergence of this pair that has words only."""
        sides = (_side(self.left, ours), _side(self.right, theirs))
        return Divergence(kind=kind, asserted=asserted, summary=summary, sides=sides, compatible=fits)


def divergences(left: Clause, right: Clause, *, likeness: float, vocabulary: Vocabulary) -> tuple[Divergence, ...]:
    """All differences of a pair but those of sequence (see sequence.py), in the order of KINDS."""
    if same_content(left, right):
        return ()
    pair = Pair(left=left, right=right, likeness=likeness, vocabulary=vocabulary)
    struck = _strikes(pair)
    found = [_from_terms(pair, contrast) for contrast in differing_terms(left, right)]
    found += [difference for rule in _RULES if (difference := rule(pair))]
    found += [difference for difference in (struck or _modality(pair),) if difference]
    return in_order(found)


def in_order(found: list[Divergence]) -> tuple[Divergence, ...]:
    """Divergences in the order of KINDS, asserted ones first."""
    return tuple(sorted(found, key=lambda d: (KINDS.index(d.kind), not d.asserted, d.summary)))


def same_content(left: Clause, right: Clause) -> bool:
    """Whether two clauses say the same in the same words, with the same curated fields."""
    return _content(left) == _content(right)


def mirrored(divergence: Divergence) -> Divergence:
    """The same difference told from the other side."""
    return replace(divergence, sides=divergence.sides[::-1])


def _side(clause: Clause, text: str) -> Side:
    """A side that has words only."""
    return Side(proposal=clause.id.rpartition("/")[0], clause=clause.id, text=text)


def _content(clause: Clause) -> tuple[object, ...]:
    return (
        fold(clause.text),
        clause.kind,
        clause.modality,
        clause.legal_effect,
        clause.extent,
        clause.permanence,
        clause.condition,
        sorted(clause.roles),
        sorted(clause.territories),
        clause.terms,
    )


def _from_terms(pair: Pair, contrast: Contrast) -> Divergence:
    sides = [_said(pair, pair.left, said) for said in contrast.left]
    sides += [_said(pair, pair.right, said) for said in contrast.right]
    return Divergence(
        kind=contrast.kind,
        asserted=contrast.asserted,
        summary=contrast.summary,
        sides=tuple(sides),
        compatible=contrast.compatible,
    )


def _said(pair: Pair, clause: Clause, said: Said) -> Side:
    whose = f" (figure of {pair.vocabulary.actor_name(said.whose)})" if said.whose else ""
    return replace(
        _side(clause, said.text + whose),
        value=said.value,
        value_max=said.value_max,
        unit=said.unit or None,
        measure=said.measure or None,
        comparator=said.comparator or None,
        qualifier=said.qualifier or None,
        whose=said.whose or None,
        date=said.date or None,
    )


def _territory(pair: Pair) -> Divergence | None:
    ours, theirs = set(pair.left.territories), set(pair.right.territories)
    if not ours and not theirs:
        ours, theirs = pair.places()
    if not ours or not theirs or ours == theirs:
        return None
    name = pair.vocabulary.place_name
    return pair.differ(
        "territory", _list(name, ours), _list(name, theirs), "other places", fits=ours < theirs or theirs < ours
    )


def _modality(pair: Pair) -> Divergence | None:
    left, right = pair.left, pair.right
    if _frees(left, right) or _frees(right, left):
        words = ("is left free", "is bound") if _frees(left, right) else ("is bound", "is left free")
        return pair.differ("modality", *words, "one text leaves free whom the other binds")
    ours, theirs = left.modality, right.modality
    if ours and theirs:
        forces = {FORCE.get(ours, ours), FORCE.get(theirs, theirs)}
        if len(forces) == 1:
            return None
        return pair.differ(
            "modality",
            FORCE_WORDS.get(ours, ours),
            FORCE_WORDS.get(theirs, theirs),
            "other force",
            asserted=pair.option_against_duty,
            # An aim or an expectation is weaker than a duty, yet both can be held at once.
            fits=forces != {"duty", "option"},
        )
    ours, theirs = ours or cues(left.text).modality, theirs or cues(right.text).modality
    if ours == theirs:
        return None
    return pair.differ(
        "modality",
        FORCE_WORDS.get(ours, ours),
        FORCE_WORDS.get(theirs, theirs),
        "the wording suggests another force",
        asserted=False,
    )


def _frees(one: Clause, two: Clause) -> bool:
    """Whether one clause forbids others to burden a party (it has no limit, no duty) which the other clause binds."""
    ours, theirs = set(one.parties("obligated")), set(two.parties("obligated"))
    return (
        one.modality == "must_not"
        and two.modality in ("must", "must_not")
        and bool(ours and theirs and set(one.parties("beneficiary")) & theirs)
        and not ours & theirs
    )


def _actor(pair: Pair) -> Divergence | None:
    name = pair.vocabulary.actor_name
    ours, theirs = set(pair.left.parties("obligated")), set(pair.right.parties("obligated"))
    if ours and theirs:
        if ours == theirs:
            return None
        return pair.differ(
            "actor",
            _list(name, ours),
            _list(name, theirs),
            "other parties are bound",
            fits=not _rival_actors(pair, ours, theirs),
        )
    ours, theirs = set(pair.actors(pair.left)), set(pair.actors(pair.right))
    if not ours or not theirs or ours == theirs:
        return None
    return pair.differ(
        "actor",
        _list(name, ours),
        _list(name, theirs),
        "other parties are named",
        asserted=False,
        fits=ours < theirs or theirs < ours,
    )


def _rival_actors(pair: Pair, ours: set[str], theirs: set[str]) -> bool:
    """Whether the parties bound cannot both be meant.

    So where two texts alike in wording bind other parties, where each text names a party that the other does not bind,
    where a body has other members, and where others altogether watch. Otherwise coders often see more parties in one of
    two compatible texts.
    """
    here, there = set(pair.actors(pair.left)), set(pair.actors(pair.right))
    concepts = read(pair.left.text).said & read(pair.right.text).said
    if "committee" in concepts and (ours ^ theirs) & (here | there):
        return True
    if "monitoring" in concepts and pair.on_one_topic and not ours & theirs:
        return True
    if ours <= theirs or theirs <= ours:
        return False
    if (ours - theirs) & (here - there) and (theirs - ours) & (there - here):
        return True
    return pair.likeness >= ALIKE and set(pair.left.topics) == set(pair.right.topics)


def _condition(pair: Pair) -> Divergence | None:
    """One side conditional; both cannot hold where the other side says that there is to be no condition."""
    ours, theirs = pair.left.condition, pair.right.condition
    said = [cues(clause.text).condition for clause in (pair.left, pair.right)]
    refused = pair.on_one_topic and "refused" in said and said[0] != said[1]
    if refused and (("set" in said) or (ours, theirs)[said[0] == "refused"]):
        words = [
            "without conditions" if word == "refused" else condition or "once something else has happened"
            for word, condition in zip(said, (ours, theirs), strict=True)
        ]
        return pair.differ("condition", words[0], words[1], "a condition against none allowed")
    if bool(ours) == bool(theirs):
        return None
    return pair.differ(
        "condition", ours or "no condition", theirs or "no condition", "one side is conditional", fits=True
    )


def _legal_effect(pair: Pair) -> Divergence | None:
    ours = pair.left.legal_effect or cues(pair.left.text).legal_effect
    theirs = pair.right.legal_effect or cues(pair.right.text).legal_effect
    if not ours or not theirs or ours == theirs:
        return None
    return pair.differ(
        "legal_effect", EFFECT_WORDS.get(ours, ours), EFFECT_WORDS.get(theirs, theirs), "other effect in law"
    )


def _scope(pair: Pair) -> Divergence | None:
    left, right = pair.left, pair.right
    if not pair.on_one_topic:
        return None
    for ours, theirs in ((left.permanence, right.permanence), (left.extent, right.extent)):
        if ours and theirs and ours != theirs:
            return pair.differ("scope", ours, theirs, "other reach")
    if left.modality == right.modality == "must_not" and left.permanence != right.permanence:
        words = [c.permanence or "without restriction" for c in (left, right)]
        return pair.differ("scope", words[0], words[1], "one ban reaches less far")
    return None


def _strikes(pair: Pair) -> Divergence | None:
    """What a text strikes out stands in one text and not in the other."""
    if pair.left.strikes == pair.right.id:
        words = ("struck out" if pair.left.kind == "deletion" else "replaced", "stands")
    elif pair.right.strikes == pair.left.id:
        words = ("stands", "struck out" if pair.right.kind == "deletion" else "replaced")
    else:
        return None
    return pair.differ("modality", *words, "one text strikes the clause out")


def _list(name: Callable[[str], str], slugs: set[str]) -> str:
    # Names may hold commas of their own.
    return "; ".join(sorted(map(name, slugs)))


_RULES: tuple[Callable[[Pair], Divergence | None], ...] = (
    _territory,
    _actor,
    _condition,
    _legal_effect,
    _scope,
)
