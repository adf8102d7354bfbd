"""A small corpus: four plans about harbour and prisoners, between the Northern Council and the Coastal Front."""

import pytest

from tests.factories import make_clause, make_proposal

PLANS = ("council-plan", "front-answer", "mediators-bridge", "second-council-plan")


@pytest.fixture
def corpus(db):
    """Four public proposals of three clauses each."""
    made = {}
    for number, slug in enumerate(PLANS, 1):
        proposal = made[slug] = make_proposal(slug)
        make_clause(
            proposal, text=f"The Coastal Front opens the old harbour within {number} weeks.", label="Old harbour"
        )
        make_clause(
            proposal,
            text=f"The Northern Council releases {number * 100} prisoners.",
            label="Prisoners",
            topics=["prisoners"],
        )
        make_clause(proposal, text=f"A mediator counts the ships of day {number}.", label="Counting", topics=["ships"])
    return made
