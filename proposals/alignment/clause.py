"""The engine's inputs: proposals, clauses and editors' decisions as frozen values.

All sequences are tuples and all codes are plain strings, so that two equal inputs compare equal and nothing in the
engine can change what it was given.
"""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """One comparable datum of a clause: a quantity, a duration (or deadline), or a date.

    `value` and `value_max` are in `unit`; `subject` and `whose` are party slugs. A duration is a deadline when its
    comparator is `at_most` or `unspecified`, or when it counts from an event.
    """

    kind: str
    measure: str = ""
    subject: str = ""
    comparator: str = ""
    value: float | None = None
    value_max: float | None = None
    unit: str = ""
    qualifier: str = ""
    whose: str = ""
    counts_from: str = ""
    renewable: bool | None = None
    date: str = ""
    date_precision: str = ""

    @property
    def is_deadline(self) -> bool:
        """Whether this duration says by when, rather than for how long."""
        return self.kind == "duration" and (self.comparator in ("at_most", "unspecified") or bool(self.counts_from))


@dataclass(frozen=True, kw_only=True, slots=True)
class Clause:
    """One entry of a proposal. `id` is the public address `{proposal}/{key}`; an empty code means not recorded."""

    id: str
    text: str
    order: int
    label: str = ""
    kind: str = "commitment"
    wording: str = "paraphrase"
    language: str = "en"
    modality: str = ""
    legal_effect: str = ""
    extent: str = ""
    permanence: str = ""
    condition: str = ""
    topics: tuple[str, ...] = ()
    roles: tuple[tuple[str, str], ...] = ()
    territories: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    depends_on: tuple[tuple[str, str], ...] = ()
    strikes: str = ""

    def parties(self, role: str) -> tuple[str, ...]:
        """The parties in one role, as recorded, in alphabetical order."""
        return tuple(sorted({party for name, party in self.roles if name == role}))


@dataclass(frozen=True, kw_only=True, slots=True)
class Silence:
    """An editor's record that a proposal says nothing on a topic."""

    topic: str
    reason: str
    source: str = ""
    checked_by: str = ""
    checked_on: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """One text with its clauses. `date` is the ISO first day; "" is undated and sorts after every date.

    `complete` (yes, partly, no) says whether absence may be concluded from the clauses.
    """

    slug: str
    date: str = ""
    last_day: str = ""
    complete: str = "yes"
    clauses: tuple[Clause, ...] = ()
    silences: tuple[Silence, ...] = ()

    def in_reading_order(self) -> tuple[Clause, ...]:
        """The clauses that hold content, in reading order; placeholders are left out."""
        return tuple(sorted((c for c in self.clauses if c.kind != "placeholder"), key=lambda c: (c.order, c.id)))


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """An editor's verdict on a pair of clauses. An empty `relation` leaves the relation to the engine."""

    left: str
    right: str
    same: bool
    relation: str = ""
    stale: bool = False
    note: str = ""
