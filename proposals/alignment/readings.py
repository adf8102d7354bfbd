"""Readings of a concordance: common ground, sticking points, what is within reach, and bracketed text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from proposals.alignment.clause import Clause
from proposals.alignment.concordance import Concordance, Row


@dataclass(frozen=True, kw_only=True, slots=True)
class PositionInput:
    """A party's stated position on a topic or, where `clause` (an id) is given, on that clause alone."""

    id: str
    topic: str
    clause: str = ""
    red_line: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Segment:
    """A piece of bracketed text. `proposals` are those whose wording it is: all that regulate the row, or rivals."""

    text: str
    proposals: tuple[str, ...]


def common_ground(concordance: Concordance) -> tuple[str, ...]:
    """Ids of the rows that every proposal regulates and in which nothing conflicts."""
    return tuple(
        row.id
        for row in concordance.rows
        if row.kind == "agree" and all(cell.state == "regulated" for cell in row.cells)
    )


def bears_on(row: Row, positions: Sequence[PositionInput]) -> tuple[PositionInput, ...]:
    """The positions on a clause of the row or on one of its leading topics, whichever clause they were said about."""
    members = {clause_id for cell in row.cells for clause_id in cell.clauses}
    return tuple(p for p in positions if p.clause in members or p.topic in row.leading)


def sticking_points(
    concordance: Concordance, positions: Sequence[PositionInput]
) -> tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]:
    """The rows that diverge: (row id, ids of the positions that bear on it, ids of those that are red lines)."""
    found = []
    for row in concordance.rows:
        if row.kind == "diverge":
            bearing = bears_on(row, positions)
            found.append((row.id, tuple(p.id for p in bearing), tuple(p.id for p in bearing if p.red_line)))
    return tuple(found)


def within_reach(concordance: Concordance, positions: Sequence[PositionInput]) -> tuple[str, ...]:
    """Ids of the rows that diverge and on which no recorded red line bears."""
    return tuple(row for row, _, red_lines in sticking_points(concordance, positions) if not red_lines)


def bracketed(concordance: Concordance, clauses: Mapping[str, Clause]) -> tuple[tuple[str, tuple[Segment, ...]], ...]:
    """Each row's text: (row id, segments). Wording that all hold stands once; rival wording once for each holder.

    Inside a clause, words are told apart only between verbatim texts or translations of one language; anything
    paraphrased stands whole. Rows without a regulating clause are left out.
    """
    found = []
    for row in concordance.rows:
        wordings = _wordings(row, clauses)
        if wordings:
            found.append((row.id, _segments(row, wordings)))
    return tuple(found)


def _wordings(row: Row, clauses: Mapping[str, Clause]) -> dict[str, list[Clause]]:
    wordings = {}
    for cell in row.cells:
        own = [clauses[i] for i in cell.clauses if clauses[i].kind != "deletion"]
        if own:
            wordings[cell.proposal] = own
    return wordings


def _segments(row: Row, wordings: Mapping[str, Sequence[Clause]]) -> tuple[Segment, ...]:
    holders = tuple(wordings)
    texts = {slug: " ".join(c.text.strip() for c in own) for slug, own in wordings.items()}
    if row.relation == "equivalent" or len(set(texts.values())) == 1:
        first = min(wordings, key=lambda slug: (len(texts[slug]), slug))
        return (Segment(text=texts[first], proposals=holders),)
    own = [clause for cell in wordings.values() for clause in cell]
    if all(c.wording in ("verbatim", "translation") for c in own) and len({c.language for c in own}) == 1:
        return _word_by_word(texts)
    return _rivals(texts)


def _rivals(texts: Mapping[str, str]) -> tuple[Segment, ...]:
    holders: dict[str, list[str]] = {}
    for slug, text in texts.items():
        holders.setdefault(text, []).append(slug)
    return tuple(Segment(text=text, proposals=tuple(slugs)) for text, slugs in holders.items())


def _word_by_word(texts: Mapping[str, str]) -> tuple[Segment, ...]:
    """The shared opening and ending once, what lies between as rival wording."""
    words = {slug: text.split() for slug, text in texts.items()}
    shortest = min(len(w) for w in words.values())
    some = next(iter(words.values()))
    opening = 0
    while opening < shortest and all(w[opening] == some[opening] for w in words.values()):
        opening += 1
    ending = 0
    while ending < shortest - opening and all(w[-1 - ending] == some[-1 - ending] for w in words.values()):
        ending += 1
    middles = {slug: " ".join(w[opening : len(w) - ending]) for slug, w in words.items()}
    pieces = [Segment(text=" ".join(some[:opening]), proposals=tuple(texts))]
    pieces += _rivals(middles)
    pieces.append(Segment(text=" ".join(some[len(some) - ending :]), proposals=tuple(texts)))
    return tuple(piece for piece in pieces if piece.text)
