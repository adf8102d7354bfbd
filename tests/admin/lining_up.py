"""Two plans to line up, and an editor who does."""

import datetime
import html
import json

from django.urls import reverse

from proposals.admin.line_up.page import lay_out
from proposals.comparison import review
from tests.factories import make_clause, make_proposal, make_term

PLAN, ANSWER = "council-plan", "front-answer"


def make_plans():
    """A plan and its answer: a garrison in both, the harbour in both, pilots and prisoners in one alone."""
    plan = make_proposal(PLAN)
    answer = make_proposal(ANSWER, date=datetime.date(2031, 6, 1), proposers=["coastal-front"])
    sentence = "The garrison of the old harbour has at most {} soldiers."
    for proposal, figure in ((plan, 500), (answer, 800)):
        clause = make_clause(proposal, text=sentence.format(figure), label="Garrison", topics=["garrison"])
        make_term(clause, value=figure)
    make_clause(plan, text="The Coastal Front opens the old harbour.", label="Opening", topics=["harbour"])
    make_clause(answer, text="The old harbour is opened to ships.", label="Ships", topics=["harbour"])
    make_clause(plan, text="Prisoners go home.", label="Prisoners", topics=["prisoners"])
    make_clause(answer, text="Pilots guide every ferry.", label="Pilots", topics=["pilots"])
    return plan, answer


def address(name="line_up", left=PLAN, right=ANSWER, **query):
    return reverse(f"admin:proposals_proposal_{name}", args=[left, right], query=query)


def laid_out(user, *slugs):
    left, right = slugs or (PLAN, ANSWER)
    return lay_out(review(left, right, user=user), user=user)


def pair(user, left, right, *slugs):
    """The pair of these keys as the editor would see it now; None where it is none."""
    found = laid_out(user, *slugs)
    return next((one for one in found.pairs if (one.left.clause.key, one.right.clause.key) == (left, right)), None)


def act(client, act, left, right, *, seen="", **fields):
    """One act as the script sends it: status and answer."""
    body = {"act": act, "left": left, "right": right, "seen": seen, **fields}
    response = client.post(address("decide"), body, headers={"Accept": "application/json"})
    return response.status_code, json.loads(response.content)


def words(response):
    return html.unescape(response.content.decode())
