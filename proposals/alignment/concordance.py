"""The concordance of two or more proposals: rows, gaps, the topic matrix and totals, in one order-free answer."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from proposals.alignment.clause import Clause, Decision, Proposal, Silence
from proposals.alignment.divergence import Divergence, in_order
from proposals.alignment.elements import ElementGap, element_gaps
from proposals.alignment.embedding import Embedder
from proposals.alignment.gaps import Gap, MatrixLine, gaps_of, matrix_of, state_of, topic_regulated
from proposals.alignment.matching import Alignment, Link, align, swapped
from proposals.alignment.method import DEFAULT, Method
from proposals.alignment.rows import row_id, rows_of
from proposals.alignment.vocabulary import EMPTY, Vocabulary

RELATIONS = ("conflict", "overlap", "equivalent")


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """What one proposal says in a row: its state, and its clauses in reading order."""

    proposal: str
    state: str
    topic_regulated: bool
    clauses: tuple[str, ...]
    silence: Silence | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One matter across the proposals. `kind` and `relation` speak only of the cells that regulate it.

    `leading` are the first topics of its clauses; `topics` begins with them. Both are in taxonomy order.
    """

    id: str
    topics: tuple[str, ...]
    leading: tuple[str, ...]
    kind: str
    relation: str | None
    absent_from: tuple[str, ...]
    cells: tuple[Cell, ...]
    links: tuple[Link, ...]
    divergences: tuple[Divergence, ...]
    element_gaps: tuple[ElementGap, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Summary:
    """Totals of a concordance. `coverage` is the share of all rows that a proposal regulates, to four decimals."""

    rows_by_kind: Mapping[str, int]
    rows_with_absence: int
    links_by_relation: Mapping[str, int]
    gaps_by_kind: Mapping[str, int]
    gaps_by_state: Mapping[str, int]
    coverage: Mapping[str, float]


@dataclass(frozen=True, kw_only=True, slots=True)
class Concordance:
    """The whole answer; `proposals` and every row's cells stand in the asked order, the rows do not depend on it."""

    proposals: tuple[str, ...]
    rows: tuple[Row, ...]
    gaps: tuple[Gap, ...]
    matrix: tuple[MatrixLine, ...]
    summary: Summary


def concord(
    proposals: Sequence[Proposal],
    *,
    decisions: Sequence[Decision] = (),
    vocabulary: Vocabulary = EMPTY,
    method: Method = DEFAULT,
    embedder: Embedder | None = None,
    alignments: Mapping[tuple[str, str], Alignment] | None = None,
) -> Concordance:
    """The concordance of proposals with different slugs, in the asked order.

    `alignments` may hold pairs computed before, keyed by (slug, slug) either way round; the others are computed.
    """
    if len({p.slug for p in proposals}) < len(proposals):
        raise ValueError("the same proposal is named twice")
    given = alignments or {}
    pairs = []
    # Left of a link is the clause of the proposal asked for first.
    for one, two in combinations(proposals, 2):
        known = given.get((one.slug, two.slug)) or given.get((two.slug, one.slug))
        if known and known.left != one.slug:
            known = swapped(known)
        pairs.append(
            known or align(one, two, decisions=decisions, vocabulary=vocabulary, method=method, embedder=embedder)
        )
    table = _Table(proposals=tuple(proposals), pairs=tuple(pairs), vocabulary=vocabulary)
    rows = tuple(sorted((table.row(ids) for ids in rows_of(proposals, table.links)), key=table.row_key))
    gaps = gaps_of(rows, table.clauses, table.pairs)
    slugs = tuple(p.slug for p in proposals)
    return Concordance(
        proposals=slugs,
        rows=rows,
        gaps=gaps,
        matrix=matrix_of(table.proposals, vocabulary),
        summary=_summary(slugs, rows, gaps),
    )


def on_topics(concordance: Concordance, topics: Collection[str]) -> Concordance:
    """The rows, gaps and matrix lines on any of these topics, with totals of what is left. No link changes."""
    rows = tuple(row for row in concordance.rows if set(row.topics) & set(topics))
    kept = {row.id for row in rows}
    gaps = tuple(gap for gap in concordance.gaps if gap.row in kept)
    return replace(
        concordance,
        rows=rows,
        gaps=gaps,
        matrix=tuple(line for line in concordance.matrix if line.topic in topics),
        summary=_summary(concordance.proposals, rows, gaps),
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Table:
    """The proposals, their links and their clauses by id, ready to build rows from sets of clause ids."""

    proposals: tuple[Proposal, ...]
    pairs: tuple[Alignment, ...]
    vocabulary: Vocabulary
    links: tuple[Link, ...] = field(init=False)
    clauses: Mapping[str, Clause] = field(init=False)
    owners: Mapping[str, Proposal] = field(init=False)
    positions: Mapping[str, tuple[str, str, int]] = field(init=False)
    links_of: Mapping[str, tuple[Link, ...]] = field(init=False)

    def __post_init__(self) -> None:
        links = tuple(link for pair in self.pairs for link in pair.links)
        clauses, owners, positions = {}, {}, {}
        for proposal in self.proposals:
            for place, clause in enumerate(proposal.in_reading_order()):
                clauses[clause.id] = clause
                owners[clause.id] = proposal
                positions[clause.id] = (proposal.date or "9999", proposal.slug, place)
        by_left: dict[str, list[Link]] = {}
        for link in links:
            by_left.setdefault(link.left, []).append(link)
        derived = {"links": links, "clauses": clauses, "owners": owners, "positions": positions}
        derived["links_of"] = {left: tuple(found) for left, found in by_left.items()}
        for name, value in derived.items():
            object.__setattr__(self, name, value)

    def row(self, ids: frozenset[str]) -> Row:
        """The row of these clauses."""
        members = sorted(ids, key=lambda clause_id: self.positions[clause_id])
        links = tuple(link for left in members for link in self.links_of.get(left, ()) if link.right in ids)
        regulating = [m for m in members if self.clauses[m].kind != "deletion"]
        among = [link for link in links if {link.left, link.right} <= set(regulating)]
        relation = next((r for r in RELATIONS if any(link.relation == r for link in among)), None)
        key = self.vocabulary.topic_key
        leading = tuple(sorted({c.topics[0] for m in members if (c := self.clauses[m]).topics}, key=key))
        others = {topic for m in members for topic in self.clauses[m].topics} - set(leading)
        cells = tuple(self._cell(p, members, leading) for p in self.proposals)
        held = sum(cell.state == "regulated" for cell in cells)
        return Row(
            id=row_id(ids),
            topics=(*leading, *sorted(others, key=key)),
            leading=leading,
            kind="alone" if held < 2 else "diverge" if relation == "conflict" else "agree",
            relation=relation,
            absent_from=tuple(cell.proposal for cell in cells if cell.state != "regulated"),
            cells=cells,
            links=links,
            divergences=_merged(links, [i for cell in cells for i in cell.clauses]),
            element_gaps=element_gaps([self.clauses[m] for m in regulating], self.owners),
        )

    def row_key(self, row: Row) -> tuple[object, ...]:
        """Topic, then earliest date, slug and clause order: nothing that depends on the asked order."""
        first = min(self.positions[clause_id] for cell in row.cells for clause_id in cell.clauses)
        topic = row.topics[0] if row.topics else ""
        return (self.vocabulary.topic_key(topic), first, row.id)

    def _cell(self, proposal: Proposal, members: Sequence[str], leading: Sequence[str]) -> Cell:
        own = tuple(m for m in members if self.owners[m] is proposal)
        state, silence = state_of(proposal, [self.clauses[m] for m in own], leading)
        return Cell(
            proposal=proposal.slug,
            state=state,
            topic_regulated=topic_regulated(proposal, leading, own),
            clauses=own,
            silence=silence,
        )


def _merged(links: Sequence[Link], members: Sequence[str]) -> tuple[Divergence, ...]:
    """One entry for each kind and matter over all links of a row; every value once, in the order of `members`."""
    groups: dict[tuple[str, str], list[Divergence]] = {}
    for link in links:
        for divergence in link.divergences:
            measures = sorted({s.measure for s in divergence.sides if s.measure})
            groups.setdefault((divergence.kind, ",".join(measures)), []).append(divergence)
    place = {clause_id: n for n, clause_id in enumerate(members)}
    merged = []
    for (kind, _), found in groups.items():
        told = [d for d in found if d.asserted] or found
        sides = {side for divergence in told for side in divergence.sides}
        merged.append(
            Divergence(
                kind=kind,
                asserted=told[0].asserted,
                summary=min(d.summary for d in told),
                sides=tuple(sorted(sides, key=lambda side: (place[side.clause], side.text))),
                compatible=all(d.compatible for d in told),
            )
        )
    return in_order(merged)


def _summary(slugs: Sequence[str], rows: Sequence[Row], gaps: Sequence[Gap]) -> Summary:
    kinds = Counter(row.kind for row in rows)
    # A link that stands in several rows counts once.
    relations = Counter({(link.left, link.right): link.relation for row in rows for link in row.links}.values())
    gap_kinds, states = Counter(gap.kind for gap in gaps), Counter(gap.state for gap in gaps)
    regulated = Counter(c.proposal for row in rows for c in row.cells if c.state == "regulated")
    return Summary(
        rows_by_kind={kind: kinds[kind] for kind in ("agree", "diverge", "alone")},
        rows_with_absence=sum(bool(row.absent_from) for row in rows),
        links_by_relation={relation: relations[relation] for relation in ("equivalent", "overlap", "conflict")},
        gaps_by_kind={kind: gap_kinds[kind] for kind in ("matter", "element")},
        gaps_by_state={state: states[state] for state in sorted(states)},
        coverage={slug: round(regulated[slug] / len(rows), 4) if rows else 0.0 for slug in slugs},
    )
