"""How good the suggestions are on the shipped proposals; docs/decisions/suggestions.md has the figures."""

import pytest

from proposals.comparison.suggestions import knowledge
from tests.suggesting.measured import measured

# least precision and recall: a little below what was measured
FLOORS = {
    "topics, the first three": (0.48, 0.76),
    "foremost topic, among the first three": (0.99, 0.86),
    "parties with role": (0.54, 0.5),
    "territories": (0.38, 0.74),
    "territories, score .5 or more": (0.61, 0.69),
    "modality": (0.7, 0.7),
    "quantity: value and unit": (0.58, 0.45),
    "duration: value and unit": (0.8, 0.7),
    "date": (0.75, 0.75),
}


@pytest.mark.usefixtures("shipped")
def test_suggestions_meet_what_editors_coded_about_as_often_as_we_say():
    found = measured(knowledge(user=None))

    below = {
        what: (found[what].precision, found[what].recall)
        for what, (precision, recall) in FLOORS.items()
        if found[what].precision < precision or found[what].recall < recall
    }
    assert below == {}
