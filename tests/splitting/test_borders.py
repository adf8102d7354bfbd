"""How many borders of clauses are found: in texts marked by hand, and in the shipped proposals as plain text."""

import pytest

from proposals.models import Clause, Proposal
from proposals.payloads import clause_payloads
from tests.splitting.marked import Border, Marked, marked_texts, score, total
from tests.splitting.plain_text import STYLES, clause_blocks, is_numbered, proposal_text

ENOUGH = 0.95


@pytest.mark.parametrize("group", ["development", "held_out", "fresh", "second"])
def test_nineteen_of_twenty_borders_in_marked_texts_are_right(group):
    found = total(score(marked) for marked in marked_texts(group))

    assert found.recall >= ENOUGH
    assert found.precision >= ENOUGH
    assert found.share("numbers") >= ENOUGH
    assert found.share("depths") >= ENOUGH


@pytest.mark.parametrize("marked", marked_texts("development"), ids=lambda marked: marked.name)
def test_no_style_of_numbering_is_lost(marked):
    found = score(marked)

    # signed_memorandum: the title is told apart from the paragraph behind it.
    assert found.recall == 1
    assert found.false <= (marked.name == "signed_memorandum")
    assert found.numbers == found.depths == found.pieces


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize("style", STYLES)
def test_nineteen_of_twenty_borders_of_the_shipped_proposals_as_plain_text_are_right(style):
    found = total(score(marked) for marked in _as_plain_text(style))

    assert found.right + found.missed == Clause.objects.count()
    assert found.recall >= ENOUGH
    assert found.precision >= ENOUGH
    assert found.share("numbers") >= ENOUGH


def _as_plain_text(name: str) -> list[Marked]:
    style = STYLES[name]
    texts = []
    for proposal in Proposal.objects.order_by("slug"):
        clauses = clause_payloads(Clause.objects.filter(proposal=proposal).in_reading_order(), user=None)
        text = proposal_text(proposal.title, clauses, style=style)
        borders, end = [Border(0, "", 0)], 0
        for clause, block in zip(clauses, clause_blocks(clauses, style=style), strict=True):
            start = text.index(block, end)
            end = start + len(block)
            number = clause["number"] or ""
            borders.append(Border(start, number if is_numbered(number) else "", 0))
        texts.append(Marked(proposal.slug, text, tuple(borders)))
    return texts
