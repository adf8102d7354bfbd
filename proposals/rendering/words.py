"""What the codes of a comparison are called for readers.

Codes of the models have their labels there. An unlisted code, of an open vocabulary, is shown with spaces.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from proposals.models import Confidence, Evidence, Proposal

Words = Mapping[str, str | Promise]

ROW_KINDS: Words = {
    "agree": _("Agree"),
    "diverge": _("Diverge"),
    "alone": _("In one text only"),
}
RELATIONS: Words = {
    "equivalent": _("say the same"),
    "overlap": _("overlap"),
    "conflict": _("conflict"),
}
STATES: Words = {
    "regulated": _("Regulated"),
    "struck_out": _("Struck out"),
    "silent": _("Silent"),
    "unknown": _("Unknown"),
    "not_found": _("Not found"),
}
ABSENCES: Words = {
    "not_found": _("not found"),
    "unknown": _("unknown"),
    "silent": _("silent, as checked"),
    "struck_out": _("struck out"),
    "element": _("an element missing"),
}
DIVERGENCES: Words = {
    "quantity": _("Figure"),
    "deadline": _("Deadline"),
    "duration": _("Duration"),
    "territory": _("Place"),
    "modality": _("Force of the wording"),
    "actor": _("Who is bound"),
    "condition": _("Condition"),
    "sequence": _("Order of steps"),
    "legal_effect": _("Effect in law"),
    "scope": _("Reach"),
}
ELEMENTS: Words = {
    "deadline": pgettext_lazy("element of a clause", "deadline"),
    "duration": pgettext_lazy("element of a clause", "duration"),
    "figure": pgettext_lazy("element of a clause", "figure"),
    "condition": pgettext_lazy("element of a clause", "condition"),
    "monitor": pgettext_lazy("element of a clause", "monitor"),
    "guarantor": pgettext_lazy("element of a clause", "guarantor"),
    "penalty": pgettext_lazy("element of a clause", "penalty"),
}
COMPLETENESS: Words = {
    Proposal.Completeness.YES: _("every clause is recorded"),
    Proposal.Completeness.PARTLY: _("recorded in part"),
    Proposal.Completeness.NO: _("the text is not known"),
}
# Why nothing stands in a cell; of what is unknown it depends on the text.
ABSENT_BECAUSE: Words = {
    "silent": _("The text leaves this out; an editor checked it."),
    "not_found": _("No clause of this text answers it."),
    "elsewhere": _("It has other clauses on the topic."),
}
# What an absence is worth, by how complete the clause set is.
UNKNOWN_BECAUSE: Words = {
    Proposal.Completeness.PARTLY: _("Only part of the text is recorded, so it may say something here."),
    Proposal.Completeness.NO: _("The text is not public, so it may say something here."),
}
EVIDENCE: Words = {
    Evidence.FULL_TEXT: _("source read whole"),
    Evidence.PAGE_EXCERPT: _("excerpt read"),
    Evidence.UNVERIFIED: _("unverified"),
}
CONFIDENCE: Words = {
    Confidence.HIGH: _("high confidence"),
    Confidence.MEDIUM: _("medium confidence"),
    Confidence.LOW: _("low confidence"),
}
REASONS: Words = {
    "words": _("shared words"),
    "characters": _("alike spelling"),
    "concepts": _("shared terms of the field"),
    "topics": _("shared topics"),
    "breadth": _("how many topics each has"),
    "covered": _("one within the other"),
    "matter": _("a topic that makes one matter"),
    "related": _("topics often regulated together"),
    "places": _("shared places"),
    "label": _("one says what the other is headed"),
    "meaning": _("alike in meaning"),
    "rivals": _("against other candidates"),
    "bias": _("starting point of every pair"),
    "strikes": _("one strikes out the other"),
    "decision": _("decision of an editor"),
}


class Told(dict[str, str]):
    """Names in the language of whoever reads now."""


# By language and table. To look one name up takes longer than to write all of the cell that it stands in.
_told: dict[tuple[str | None, int], tuple[Words, Told]] = {}


def told(words: Words) -> Told:
    """The names of a table, which is one of a module, since it is kept for good."""
    key = (get_language(), id(words))
    if key not in _told:
        # Held, so that no other table ever has its id.
        _told[key] = words, Told((code, str(name)) for code, name in words.items())
    return _told[key][1]


def name_of(code: str, words: Words) -> str:
    names = words if isinstance(words, Told) else told(words)
    return names.get(code) or code.replace("_", " ")
