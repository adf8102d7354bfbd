"""What suggestions are made from, as the database has it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from proposals.comparison.suggestions import knowledge
from proposals.suggesting import suggest

pytestmark = pytest.mark.usefixtures("shipped")


def test_as_many_queries_are_made_for_a_few_clauses_as_for_all():
    with CaptureQueriesContext(
        connection,
    ) as all_of_them:
        known = knowledge(user=None)
    slugs = {clause.id.partition("/")[0] for clause in known.clauses}

    with CaptureQueriesContext(connection) as few:
        knowledge(user=None, without=sorted(slugs)[1:])

    assert len(few) == len(all_of_them) <= 20


def test_nothing_is_learnt_from_the_proposals_left_out():
    known = knowledge(user=None, without=["us-28-point-2025-11"])

    assert known.clauses
    assert not [clause for clause in known.clauses if clause.id.startswith("us-28-point-2025-11/")]


def test_stored_names_aliases_and_measures_are_found_in_a_new_text():
    (found,) = suggest(["Beijing sends at most 500 troops to Kharkov."], knowledge=knowledge(user=None))

    told = {(one.kind, one.words) for one in found}
    assert {("party", "Beijing"), ("territory", "Kharkov"), ("quantity", "500 troops")} <= told
    (quantity,) = (one for one in found if one.kind == "quantity")
    assert quantity.fields["unit"] == "persons"
    assert quantity.fields["measure"] in {"army_personnel", "foreign_troops"}
