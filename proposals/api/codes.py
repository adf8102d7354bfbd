"""The closed sets of codes in a comparison, named for the schema; the codes of records are those of the models."""

from django.db.models import TextChoices


class RowKind(TextChoices):
    AGREE = "agree", "two or more regulate it and nothing conflicts"
    DIVERGE = "diverge", "two or more regulate it and there is a conflict"
    ALONE = "alone", "one regulates it"


class CellState(TextChoices):
    REGULATED = "regulated", "it has a clause on the matter"
    STRUCK_OUT = "struck_out", "a deletion is all there is"
    SILENT = "silent", "an editor checked and recorded that it says nothing"
    UNKNOWN = "unknown", "its clause set is not complete and nothing was found"
    NOT_FOUND = "not_found", "its clause set is complete and nothing was found"


class Side(TextChoices):
    LEFT = "left", "the left clause includes the right one"
    RIGHT = "right", "the right clause includes the left one"


class DecidedBy(TextChoices):
    ENGINE = "engine", "the engine"
    EDITOR = "editor", "an editor"


class DivergenceKind(TextChoices):
    QUANTITY = "quantity", "a figure"
    DEADLINE = "deadline", "a time limit"
    DURATION = "duration", "a span of time"
    TERRITORY = "territory", "places"
    MODALITY = "modality", "force of the wording"
    ACTOR = "actor", "who is bound, served, guarantees or watches"
    CONDITION = "condition", "what it hangs on"
    SEQUENCE = "sequence", "order of obligations"
    LEGAL_EFFECT = "legal_effect", "in law, in fact, or not at all"
    SCOPE = "scope", "all or part, permanent or temporary"


class GapKind(TextChoices):
    MATTER = "matter", "it does not regulate the matter"
    ELEMENT = "element", "it regulates the matter but lacks an element that the others have"


class Element(TextChoices):
    DEADLINE = "deadline", "a time limit"
    DURATION = "duration", "a span of time"
    FIGURE = "figure", "a figure"
    CONDITION = "condition", "a condition"
    MONITOR = "monitor", "who watches over it"
    GUARANTOR = "guarantor", "who guarantees it"
    PENALTY = "penalty", "what follows a breach"


class Include(TextChoices):
    READINGS = "readings", "common ground, sticking points, what is within reach, bracketed text"
    POSITIONS = "positions", "what parties said that bears on each row"
    DISPUTES = "disputes", "rival values of sources that touch each row"


class AboutKind(TextChoices):
    PROPOSAL = "proposal", "a proposal"
    CLAUSE = "clause", "a clause"
    POSITION = "position", "a position"
    SOURCE = "source", "a source"
    PERSON = "person", "a person"


class ImportAction(TextChoices):
    NEW = "new", "it was not here"
    CHANGED = "changed", "it was here and is another now"
    UNCHANGED = "unchanged", "it was here as it is"
    CONFLICT = "conflict", "it was edited or deleted here, and left alone"
    REMOVED = "removed", "the document lacks it, and it was removed"
    ABSENT = "absent", "the document lacks it, and it was left alone"


class RecordKind(TextChoices):
    PARTY = "party", "a party"
    PERSON = "person", "a person"
    PROCESS = "process", "a process"
    TOPIC_GROUP = "topic_group", "a topic group"
    TOPIC = "topic", "a topic"
    TERRITORY = "territory", "a territory"
    MEASURE = "measure", "a measure"
    SOURCE = "source", "a source"
    PROPOSAL = "proposal", "a proposal"
    CLAUSE = "clause", "a clause"
    POSITION = "position", "a position"
    DISPUTE = "dispute", "a dispute"
    STATEMENT = "statement", "a statement"
    DECISION = "decision", "a decision"


class SaidByKind(TextChoices):
    PARTY = "party", "a party"
    PERSON = "person", "a person"


class EntryKind(TextChoices):
    CLAUSE = "clause", "a clause of a proposal of that date"
    POSITION = "position", "a position stated on that date"


class MatchField(TextChoices):
    TEXT = "text", "the text"
    LABEL = "label", "the label"
    CONDITION = "condition", "the condition"
    NUMBER = "number", "the number in the source"
    PARTY = "party", "a name of a party to it"
    TERRITORY = "territory", "a name of a territory that it touches"
    TOPIC = "topic", "a name of a topic of it"
    PROPOSAL = "proposal", "a title of its proposal"


class ProposalFacetName(TextChoices):
    TOPIC = "topic", "topics"
    PARTY = "party", "parties, in each role"
    ROLE = "role", "roles of parties"
    MODALITY = "modality", "force of the wording"
    TERRITORY = "territory", "territories"
    HAS_QUANTITY = "has_quantity", "whether it sets a quantity"


class FacetName(TextChoices):
    TOPIC = "topic", "topics"
    PARTY = "party", "parties, in each role"
    ROLE = "role", "roles of parties"
    MODALITY = "modality", "force of the wording"
    PROPOSAL = "proposal", "proposals"
    TERRITORY = "territory", "territories"
    HAS_QUANTITY = "has_quantity", "whether it sets a quantity"
    DATE = "date", "years of the proposals"


class WithdrawnKind(TextChoices):
    PROPOSAL = "proposal", "a proposal"
    CLAUSE = "clause", "a clause"
    POSITION = "position", "a position"
    DISPUTE = "dispute", "a dispute"


class ChangedKind(TextChoices):
    PROCESS = "process", "a process"
    PARTY = "party", "a party"
    PERSON = "person", "a person"
    TOPIC_GROUP = "topic_group", "a group of topics"
    TOPIC = "topic", "a topic"
    TERRITORY = "territory", "a territory"
    MEASURE = "measure", "a measure"
    SOURCE = "source", "a source"
    PROPOSAL = "proposal", "a proposal, or one of its clauses"
    CLAUSE = "clause", "a clause"
    POSITION = "position", "a position"
    DISPUTE = "dispute", "a dispute"
    STATEMENT = "statement", "a statement of a source"


class ChangeAction(TextChoices):
    CHANGED = "changed", "it is new, or says something else"
    REMOVED = "removed", "it is no longer public"
