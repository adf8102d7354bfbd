"""The exchange format: every kind of record, its fields in the order in which they are written.

This table is the only place that says how the database and a file correspond: the published JSON Schema, reading,
comparing, writing and docs/data-format.md are all derived from it. Codes and lengths come from the models.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models

from parties.models import Membership, Party, PartyAlias, Person, PersonAlias
from proposals.exchange.fields import KEY, KEY_OR_ADDRESS, Link, Nested, Value
from proposals.exchange.parts import About, Aliases, Names, Ordered, Roles, Rows
from proposals.exchange.retired import Origin, Retired
from proposals.models import (
    Clause,
    ClauseParty,
    ClauseSource,
    ClauseTerritory,
    ClauseTopic,
    Contest,
    Decision,
    Dependency,
    Dispute,
    DisputeAbout,
    DisputeClaim,
    Lineage,
    Measure,
    Position,
    Process,
    Proposal,
    ProposalParty,
    ProposalSource,
    Silence,
    Source,
    Statement,
    StatementAbout,
    StatementTopic,
    Term,
    Territory,
    TerritoryAlias,
    TextVersion,
    Topic,
    TopicGroup,
)
from proposals.models.about import ABOUT

FORMAT = "concordance/1"

Part = Names | Ordered | Roles | Rows | Aliases | About | Retired
Column = Value | Link | Nested | Origin
PARTS = (Names, Ordered, Roles, Rows, Aliases, About, Retired)


@dataclass(frozen=True)
class RecordKind:
    """One kind of record. `ordered`: its place in the list of the file is kept."""

    kind: str
    plural: str
    model: Any
    fields: tuple[Column | Part, ...]
    id_attr: str = "slug"
    ordered: bool = False

    @property
    def columns(self) -> Iterator[Any]:
        return (field for field in self.fields if not isinstance(field, PARTS))

    @property
    def parts(self) -> Iterator[Any]:
        return (field for field in self.fields if isinstance(field, PARTS))

    @property
    def id_column(self) -> models.Field[Any, Any]:
        return self.model._meta.get_field(self.id_attr)


def _values(model: Any, names: str) -> tuple[Value, ...]:
    return tuple(Value(name, model._meta.get_field(name)) for name in names.split())


def _value(model: Any, name: str) -> Value:
    """A value that is left out where it is the default."""
    return Value(name, model._meta.get_field(name), omit_default=True)


def _link(model: Any, name: str, kind: str = "", *, clause_by: str = "address", attr: str = "") -> Link:
    return Link(name, model._meta.get_field(attr or name), kind or name, clause_by)


_DATED = "date date_precision date_end date_text"

_PARTY = RecordKind(
    "party",
    "parties",
    Party,
    (
        *_values(Party, "name kind"),
        Aliases(PartyAlias, "party"),
        *_values(Party, "note"),
        Rows(
            "members",
            Membership,
            "bloc",
            "memberships_as_bloc",
            (_link(Membership, "party", attr="member"), *_values(Membership, "starts_on ends_on")),
        ),
    ),
)
_PERSON = RecordKind(
    "person",
    "persons",
    Person,
    (
        *_values(Person, "name"),
        _link(Person, "party"),
        *_values(Person, "role"),
        Aliases(PersonAlias, "person"),
        *_values(Person, "note"),
    ),
)
_PROCESS = RecordKind(
    "process",
    "processes",
    Process,
    (*_values(Process, "name summary"), Names("parties", Process._meta.get_field("parties"), "party")),
)
_TOPIC_GROUP = RecordKind(
    "topic_group", "topic_groups", TopicGroup, _values(TopicGroup, "name definition"), ordered=True
)
_TOPIC = RecordKind(
    "topic",
    "topics",
    Topic,
    (_link(Topic, "group", "topic_group"), *_values(Topic, "name definition core")),
    ordered=True,
)
_TERRITORY = RecordKind(
    "territory",
    "territories",
    Territory,
    (*_values(Territory, "name kind"), Aliases(TerritoryAlias, "territory"), *_values(Territory, "note")),
)
_MEASURE = RecordKind("measure", "measures", Measure, _values(Measure, "kind name"), id_attr="code")
_SOURCE = RecordKind(
    "source",
    "sources",
    Source,
    _values(Source, "title publisher date date_precision date_note url file access reliability stance_note covers"),
)
_PROPOSAL = RecordKind(
    "proposal",
    "proposals",
    Proposal,
    (
        _link(Proposal, "process"),
        *_values(Proposal, f"title short_title kind {_DATED} date_note"),
        *_values(Proposal, "text_status clauses_complete outcome outcome_note"),
        Roles("parties", ProposalParty, "proposal"),
        *_values(Proposal, "proposer_note"),
        Ordered("sources", ProposalSource, "proposal", "citations", "source"),
        *_values(Proposal, "verification verification_note summary"),
        Rows(
            "text_versions",
            TextVersion,
            "proposal",
            "text_versions",
            (*_values(TextVersion, "name note"), _link(TextVersion, "source"), _value(TextVersion, "followed")),
        ),
        Rows(
            "lineage",
            Lineage,
            "proposal",
            "lineage",
            (
                *_values(Lineage, "relation"),
                _link(Lineage, "proposal", attr="earlier"),
                *_values(Lineage, "note"),
            ),
        ),
        Rows(
            "silences",
            Silence,
            "proposal",
            "silences",
            (
                _link(Silence, "topic"),
                *_values(Silence, "reason checked_by checked_on"),
                _link(Silence, "source"),
            ),
            key="topic",
        ),
        Retired(),
    ),
)
_CLAUSE = RecordKind(
    "clause",
    "clauses",
    Clause,
    (
        *_values(Clause, "number label text"),
        _link(Clause, "parent", "clause", clause_by=KEY),
        _value(Clause, "kind"),
        _link(Clause, "strikes", "clause"),
        _value(Clause, "wording"),
        _value(Clause, "language"),
        *_values(Clause, "modality legal_effect"),
        Nested("scope", _values(Clause, "extent permanence")),
        Roles("parties", ClauseParty, "clause"),
        Ordered("topics", ClauseTopic, "clause", "topic_links", "topic"),
        Ordered("territories", ClauseTerritory, "clause", "territory_links", "territory"),
        Rows(
            "terms",
            Term,
            "clause",
            "terms",
            (
                *_values(Term, "kind"),
                _link(Term, "measure"),
                _link(Term, "subject", "party"),
                *_values(Term, "comparator value value_max unit qualifier"),
                _link(Term, "whose", "party"),
                *_values(Term, "counts_from renewable date date_precision note"),
            ),
        ),
        *_values(Clause, "condition"),
        Rows(
            "depends_on",
            Dependency,
            "clause",
            "dependencies",
            (
                _link(Dependency, "clause", "clause", clause_by=KEY_OR_ADDRESS, attr="target"),
                *_values(Dependency, "relation note"),
            ),
        ),
        Rows(
            "contested",
            Contest,
            "clause",
            "contests",
            (_link(Contest, "party"), *_values(Contest, "objection")),
        ),
        *_values(Clause, "note locator"),
        Ordered("sources", ClauseSource, "clause", "citations", "source"),
        *_values(Clause, "evidence confidence"),
        Origin(),
    ),
    id_attr="key",
    ordered=True,
)
_POSITION = RecordKind(
    "position",
    "positions",
    Position,
    (
        _link(Position, "party"),
        _link(Position, "person"),
        _link(Position, "topic"),
        _link(Position, "proposal"),
        _link(Position, "clause"),
        *_values(Position, f"{_DATED} stance"),
        _value(Position, "red_line"),
        *_values(Position, "statement"),
        _link(Position, "source"),
        *_values(Position, "locator evidence confidence note"),
        _link(Position, "superseded_by", "position"),
        *_values(Position, "withdrawn_on"),
    ),
)
_DISPUTE = RecordKind(
    "dispute",
    "disputes",
    Dispute,
    (
        *_values(Dispute, "subject"),
        About(DisputeAbout, ABOUT, "dispute", required=True),
        Names("topics", Dispute._meta.get_field("topics"), "topic"),
        Rows(
            "claims",
            DisputeClaim,
            "dispute",
            "claims",
            (*_values(DisputeClaim, "value"), _link(DisputeClaim, "source"), *_values(DisputeClaim, "locator")),
            least=2,
        ),
    ),
)
_STATEMENT = RecordKind(
    "statement",
    "statements",
    Statement,
    (
        *_values(Statement, "kind subject claim"),
        _link(Statement, "party"),
        _link(Statement, "person"),
        *_values(Statement, f"reported_by {_DATED}"),
        Ordered("topics", StatementTopic, "statement", "topic_links", "topic", required=True),
        About(StatementAbout, ABOUT, "statement"),
        _link(Statement, "source"),
        *_values(Statement, "locator evidence confidence note"),
    ),
)
# A decision's two clauses are its address; decisions.py turns the file's form {clause, other} into it.
_DECISION = RecordKind(
    "decision", "decisions", Decision, _values(Decision, "verdict relation note decided_by decided_at")
)

# In an order in which nothing is named before it is there, ties among clauses and proposals apart.
KINDS = {
    record.kind: record
    for record in (
        _PARTY,
        _PERSON,
        _PROCESS,
        _TOPIC_GROUP,
        _TOPIC,
        _TERRITORY,
        _MEASURE,
        _SOURCE,
        _PROPOSAL,
        _CLAUSE,
        _POSITION,
        _DISPUTE,
        _STATEMENT,
        _DECISION,
    )
}
# The lists of a file, in the order in which they are written; clauses and decisions stand in their proposals.
LISTS = {
    KINDS[kind].plural: KINDS[kind]
    for kind in (
        "process",
        "party",
        "person",
        "topic_group",
        "topic",
        "territory",
        "measure",
        "source",
        "proposal",
        "position",
        "dispute",
        "statement",
    )
}
