"""The cast of invented texts: the Northern Council and the Coastal Front, who fight, and a mediator between them."""

from dataclasses import replace
from typing import Any

from proposals.alignment import Alignment, Clause, Proposal, Term, TopicEntry, build_vocabulary

TAXONOMY = (
    TopicEntry(slug="army-size", group="forces", name="Army size", definition="Limits on the number of soldiers."),
    TopicEntry(slug="foreign-forces", group="forces", name="Foreign forces", definition="Troops and bases of others."),
    TopicEntry(slug="ceasefire", group="ceasefire", name="Ceasefire", definition="A stop to all fighting."),
    TopicEntry(slug="monitoring", group="ceasefire", name="Monitoring", definition="Who watches that it holds."),
    TopicEntry(slug="elections", group="society", name="Elections", definition="Votes and their date."),
    TopicEntry(slug="amnesty", group="society", name="Amnesty", definition="Forgiving acts in the war."),
    TopicEntry(slug="fishing", group="economy", name="Fishing", definition="Boats, nets and ports."),
    TopicEntry(
        slug="recognition", group="territory", name="Recognition", definition="Who owns the coast, by law or in fact."
    ),
)
PLACES = {"grey-coast": ("Grey Coast",), "salt-island": ("Salt Island",), "high-pass": ("High Pass",)}
ACTORS = {"northern-council": ("Northern Council",), "coastal-front": ("Coastal Front",), "mediator": ("mediator",)}
VOCABULARY = build_vocabulary((), TAXONOMY, PLACES, ACTORS)


def a_clause(clause_id: str, text: str, **fields: Any) -> Clause:
    """A clause; its place in the reading order is the number at the end of its key, or 1."""
    digits = "".join(character for character in clause_id.rpartition("/")[2] if character.isdigit())
    return Clause(**{"id": clause_id, "text": text, "order": int(digits or 1), **fields})


def a_proposal(slug: str, *clauses: Clause, **fields: Any) -> Proposal:
    """A proposal of these clauses, whose ids get its slug."""
    owned = tuple(replace(c, id=f"{slug}/{c.id.rpartition('/')[2]}") for c in clauses)
    return Proposal(**{"slug": slug, "clauses": owned, **fields})


def a_limit(value: float | None, comparator: str = "at_most", **fields: Any) -> Term:
    """A limit on the soldiers of the Coastal Front."""
    return Term(
        kind="quantity",
        measure="army_personnel",
        subject="coastal-front",
        comparator=comparator,
        value=value,
        unit="persons",
        **fields,
    )


def pairs(alignment: Alignment) -> list[tuple[str, str]]:
    """The clause ids of the links, in their order."""
    return [(link.left, link.right) for link in alignment.links]
