"""Where nodes and ribbons of the flow picture stand: plain arithmetic, no drawing.

A node is a clause, or a group of topics where a text has too many clauses to tell apart.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from proposals.pages.lineage.fate import Link, clauses_of, links_of, named
from proposals.rendering.clauses import name_in

MAX_CLAUSES = 60
NODE_WIDTH, STEP, HEAD = 40, 16, 56
_NODE = STEP - 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Node:
    """`begins` and `ends`: nothing is linked before or after; `knows_*` say whether the text there is known whole."""

    id: str
    column: int
    x: float
    y: float
    height: float
    number: str
    label: str
    address: str
    begins: bool
    ends: bool
    knows_before: bool
    knows_after: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Ribbon:
    """From (x, y) to (x2, y2), both the middle of its edge; `thickness` and `thickness2` at each end."""

    relation: str
    x: float
    y: float
    thickness: float
    x2: float
    y2: float
    thickness2: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Flow:
    columns: tuple[tuple[str, str, float], ...]
    nodes: tuple[Node, ...]
    ribbons: tuple[Ribbon, ...]
    width: float
    height: float


def flow(document: Mapping[str, Any], *, width: float, margin: float) -> Flow:
    """Columns in the document's order; in each the nodes stand as near as can be to what they answer before.

    A text of which no clause is known has no column: nothing could pass through it.
    """
    heads = [head for head in document["proposals"] if clauses_of(document, head["slug"])]
    whole = [head["clauses_complete"] == "yes" for head in heads]
    slugs = [head["slug"] for head in heads]
    members = [clauses_of(document, slug) for slug in slugs]
    grouped = any(len(one) > MAX_CLAUSES for one in members)
    node_of: dict[str, str] = {}
    facts: dict[str, tuple[str, str, str]] = {}
    for clauses in members:
        for clause in clauses:
            node_of[clause["id"]], fact = _node(clause, document, grouped=grouped)
            facts.setdefault(node_of[clause["id"]], fact)
    pairs = _pairs(links_of(document), slugs, node_of)
    orders = _orders(members, node_of, pairs)
    gap = (width - 2 * margin - NODE_WIDTH) / max(1, len(slugs) - 1)
    tallest = max((len(one) for one in orders), default=0)
    before = {right for _, right, _ in pairs}
    after = {left for left, _, _ in pairs}
    placed = {}
    for column, order in enumerate(orders):
        for place, one in enumerate(order):
            number, label, address = facts[one]
            placed[one] = Node(
                id=one,
                column=column,
                x=margin + column * gap,
                y=HEAD + place * STEP,
                height=_NODE,
                number=number,
                label=label,
                address=address,
                begins=column > 0 and one not in before,
                ends=column < len(slugs) - 1 and one not in after,
                knows_before=column == 0 or whole[column - 1],
                knows_after=column == len(slugs) - 1 or whole[column + 1],
            )
    columns = tuple((head["short_title"], head["slug"], margin + place * gap) for place, head in enumerate(heads))
    return Flow(
        columns=columns,
        nodes=tuple(placed.values()),
        ribbons=tuple(_ribbons(pairs, placed)),
        width=width,
        height=HEAD + tallest * STEP,
    )


def _node(clause: Mapping[str, Any], document: Mapping[str, Any], *, grouped: bool) -> tuple[str, tuple[str, str, str]]:
    if not grouped:
        one = named(clause)
        return one.id, (one.number, one.label, one.address)
    included = document["included"]
    topic = included["topics"].get(clause["topics"][0]) if clause["topics"] else None
    group = topic["group"] if topic else ""
    label = name_in(included["groups"], group) if group else ""
    return f"{clause['proposal']}/group-{group}", ("", label, f"/proposals/{clause['proposal']}/#clauses")


def _pairs(links: Sequence[Link], slugs: Sequence[str], node_of: Mapping[str, str]) -> list[Link]:
    """Links of neighbouring columns, each from the earlier to the later, once a relation."""
    place = {slug: column for column, slug in enumerate(slugs)}
    found = set()
    for left, right, relation in links:
        one, other = sorted((left, right), key=lambda clause: place[clause.rpartition("/")[0]])
        if place[other.rpartition("/")[0]] - place[one.rpartition("/")[0]] == 1:
            found.add((node_of[one], node_of[other], relation))
    return sorted(found)


def _orders(
    members: Sequence[Sequence[Mapping[str, Any]]], node_of: Mapping[str, str], pairs: Sequence[Link]
) -> list[list[str]]:
    """The first column in reading order; each next by the mean place of what it answers, the new ones last."""
    orders: list[list[str]] = []
    for clauses in members:
        reading = list(dict.fromkeys(node_of[clause["id"]] for clause in clauses))
        if orders:
            at = {one: place for place, one in enumerate(orders[-1])}
            means: dict[str, float] = {}
            for one in reading:
                places = [at[left] for left, right, _ in pairs if right == one]
                means[one] = sum(places) / len(places) if places else len(at)
            # Stable: where they come to the same, they stand as they are read.
            reading.sort(key=lambda one: means[one])
        orders.append(reading)
    return orders


def _ribbons(pairs: Sequence[Link], placed: Mapping[str, Node]) -> list[Ribbon]:
    """Every node's edge is shared out evenly among its ribbons, from above to below."""
    leaving: dict[str, list[Link]] = {}
    coming: dict[str, list[Link]] = {}
    for pair in pairs:
        leaving.setdefault(pair[0], []).append(pair)
        coming.setdefault(pair[1], []).append(pair)
    for out in leaving.values():
        out.sort(key=lambda pair: (placed[pair[1]].y, pair))
    for into in coming.values():
        into.sort(key=lambda pair: (placed[pair[0]].y, pair))
    found = []
    for pair in pairs:
        one, other = placed[pair[0]], placed[pair[1]]
        share, share2 = one.height / len(leaving[pair[0]]), other.height / len(coming[pair[1]])
        found.append(
            Ribbon(
                relation=pair[2],
                x=one.x + NODE_WIDTH,
                y=one.y + share * (leaving[pair[0]].index(pair) + 0.5),
                thickness=share,
                x2=other.x,
                y2=other.y + share2 * (coming[pair[1]].index(pair) + 0.5),
                thickness2=share2,
            )
        )
    return found
