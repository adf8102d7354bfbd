"""The kinds of query parameters, strict so that a typo never quietly answers everything.

A value that is not known is refused by name, with the known ones or those most like it.
"""

from parties.api.parameters.faults import UnreadableParameters, fault, not_known
from parties.api.parameters.sets import ParameterSet
from parties.api.parameters.several import CodesFilter, RecordsFilter, SeveralFilter, separated
from parties.api.parameters.single import MAX_WORDS, DayFilter, OrderFilter, WordsFilter, YesNoFilter, day

__all__ = [
    "MAX_WORDS",
    "CodesFilter",
    "DayFilter",
    "OrderFilter",
    "ParameterSet",
    "RecordsFilter",
    "SeveralFilter",
    "UnreadableParameters",
    "WordsFilter",
    "YesNoFilter",
    "day",
    "fault",
    "not_known",
    "separated",
]
