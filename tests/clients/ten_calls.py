"""The ten calls with the generated Python client: the address of a server in, one JSON document of answers out."""

import datetime
import json
import sys
from collections import Counter

from concordance_client import Client
from concordance_client.api.clauses import clauses_list
from concordance_client.api.comparisons import comparisons_of_texts, comparisons_retrieve
from concordance_client.api.positions import positions_list
from concordance_client.api.proposals import proposals_clauses_list, proposals_list, proposals_retrieve
from concordance_client.api.sources import sources_list
from concordance_client.models import (
    CellState,
    ClauseRole,
    ComparedTextRequest,
    Comparison,
    ComparisonRequest,
    Include,
    PaginatedClauseList,
    PaginatedPositionList,
    PaginatedProposalList,
    PaginatedSourceList,
    Problem,
    Proposal,
    TextStatus,
)
from concordance_client.types import Unset

client = Client(base_url=sys.argv[1])

# 1. A list.
proposals = proposals_list.sync(client=client, text_status=[TextStatus.LEAKED], limit=3)
assert isinstance(proposals, PaginatedProposalList)
listed = {"count": proposals.count, "slugs": [one.slug for one in proposals.results]}

# 2. A filter, with codes that are typed.
clauses = clauses_list.sync(
    client=client, topic=["army-size"], party=["ukraine"], role=[ClauseRole.OBLIGATED], has_quantity=True
)
assert isinstance(clauses, PaginatedClauseList)
filtered = [[clause.id, [[term.measure, term.value] for term in clause.terms]] for clause in clauses.results]

# 3. Every page to the end.
pages, sources = 0, list[str]()
while True:
    page = sources_list.sync(client=client, limit=50, offset=len(sources))
    assert isinstance(page, PaginatedSourceList)
    pages, sources = pages + 1, sources + [source.slug for source in page.results]
    if page.next_ is None:
        break
paged = {"pages": pages, "all": len(sources) == page.count, "different": len(set(sources))}

# 4. One record.
proposal = proposals_retrieve.sync("us-28-point-2025-11", client=client)
assert isinstance(proposal, Proposal)
record = {"title": proposal.title, "date": proposal.date.isoformat(), "kind": proposal.kind.value}

# 5. The clauses of a proposal.
of_proposal = proposals_clauses_list.sync("us-28-point-2025-11", client=client, limit=500)
assert isinstance(of_proposal, PaginatedClauseList)
texts = {"count": of_proposal.count, "known": proposal.clause_count, "first": of_proposal.results[0].label}

# 6. A comparison of three proposals, walked through.
three = ["us-28-point-2025-11", "e3-counter-2025-11", "framework-20-point-2025-12"]
comparison = comparisons_retrieve.sync(client=client, proposals=three, include=[Include.READINGS])
assert isinstance(comparison, Comparison)
assert not isinstance(comparison.readings, Unset)
states, relations, kinds = Counter[str](), Counter[str](), Counter[str]()
figures = set[float]()
for row in comparison.rows:
    for cell in row.cells:
        states[cell.state.value] += 1
        if cell.state is CellState.REGULATED:
            assert all(comparison.included.clauses[clause].proposal == cell.proposal for clause in cell.clauses)
    for link in row.links:
        relations[link.relation.value] += 1
    for divergence in row.divergences:
        kinds[divergence.kind.value] += 1
        if "army-size" in row.topics:
            figures |= {side.value for side in divergence.sides if side.value is not None}
compared = {
    "columns": [head.slug for head in comparison.proposals],
    "rows": len(comparison.rows),
    "states": states,
    "relations": relations,
    "kinds": kinds,
    "figures": sorted(figures),
    "sticking_points": len(comparison.readings.sticking_points),
}

# 7. A pasted draft.
draft = ComparedTextRequest(
    slug="leaked-text", text="1. The army has at most 700,000 troops.\n2. Elections in 120 days."
)
pasted = comparisons_of_texts.sync(
    client=client,
    body=ComparisonRequest(proposals=[ComparedTextRequest(slug="us-28-point-2025-11"), draft]),
    topics=["army-size"],
)
assert isinstance(pasted, Comparison)
drafted = [[row.kind.value, [cell.clauses for cell in row.cells]] for row in pasted.rows]

# 8. What was said up to a day.
positions = positions_list.sync(client=client, topic=["army-size"], as_of=datetime.date(2025, 12, 31), limit=5)
assert isinstance(positions, PaginatedPositionList)
said = [[one.id, one.date.isoformat(), one.stance.value] for one in positions.results]

# 9. Errors, typed.
missing = proposals_retrieve.sync("us-28-point-2025", client=client)
bad = clauses_list.sync(client=client, topic=["army-sze"])
assert isinstance(missing, Problem)
assert isinstance(bad, Problem)
errors = [missing.status, missing.type_, [[one.parameter, one.code] for one in bad.errors]]

# 10. A conditional request.
first = proposals_retrieve.sync_detailed("us-28-point-2025-11", client=client)
again = proposals_retrieve.sync_detailed(
    "us-28-point-2025-11", client=client, if_none_match=first.headers.get("ETag", "")
)
conditional = [first.status_code, again.status_code, len(again.content)]

answers = {
    "list": listed,
    "filter": filtered,
    "pages": paged,
    "record": record,
    "clauses": texts,
    "comparison": compared,
    "draft": drafted,
    "positions": said,
    "errors": errors,
    "conditional": conditional,
}
print(json.dumps(answers))
