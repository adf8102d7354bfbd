"""What an editor's decision changes on shipped proposals: the pair it names, what follows from it, and nothing else."""

from dataclasses import replace
from functools import lru_cache

import pytest

from proposals.alignment import Alignment, Concordance, Decision, Link, align, concord
from tests.alignment.cast import pairs
from tests.alignment.shipped_texts import E3, FRAMEWORK, US_28, shipped_texts, shipped_vocabulary

NOTE = "read side by side"


@lru_cache
def before(one: str = US_28, two: str = E3) -> Alignment:
    return align(shipped_texts()[one], shipped_texts()[two], vocabulary=shipped_vocabulary(), suggest=True)


def after(*decisions: Decision, one: str = US_28, two: str = E3) -> Alignment:
    texts = shipped_texts()
    return align(texts[one], texts[two], decisions=decisions, vocabulary=shipped_vocabulary(), suggest=True)


def by_pair(alignment: Alignment) -> dict[tuple[str, str], Link]:
    return {(link.left, link.right): link for link in alignment.links}


def without_order(link: Link) -> Link:
    """The link without what it says on the order of obligations, which looks at the links of other clauses."""
    return replace(
        link, relation="", wider=None, divergences=tuple(d for d in link.divergences if d.kind != "sequence")
    )


def engines_links() -> list[Link]:
    """The links that rest on no striking out."""
    return [link for link in before().links if link.reasons[0].part != "strikes"]


def test_a_refused_pair_is_neither_linked_nor_suggested_nor_nearest() -> None:
    for link in before().links:
        found = after(Decision(left=link.left, right=link.right, same=False))

        assert (link.left, link.right) not in pairs(found)
        assert (link.left, link.right) not in [(s.left, s.right) for s in found.suggestions]
        assert found.nearest.get(link.left, ("",))[0] != link.right
        assert found.nearest.get(link.right, ("",))[0] != link.left


def test_refusing_a_pair_frees_its_rivals_and_touches_no_other_pair() -> None:
    old = by_pair(before())
    for refused in engines_links():
        new = by_pair(after(Decision(left=refused.left, right=refused.right, same=False)))
        theirs = {refused.left, refused.right}

        assert old.keys() - new.keys() == {(refused.left, refused.right)}  # nothing else is lost
        for pair in new.keys() - old.keys():
            assert theirs & {*pair}  # what is new had one of the two as its rival
        for pair in new.keys() & old.keys():
            if theirs & {*pair}:
                assert new[pair].score >= old[pair].score  # a rival less
                assert replace(without_order(new[pair]), score=0, reasons=()) == replace(
                    without_order(old[pair]), score=0, reasons=()
                )
            else:
                assert without_order(new[pair]) == without_order(old[pair])


def test_a_pair_called_the_same_matter_is_added_and_nothing_else_moves() -> None:
    old = by_pair(before())
    far = [(f"{US_28}/c01", f"{E3}/c28"), (f"{US_28}/c33", f"{E3}/c06"), (f"{US_28}/c03", f"{E3}/c25")]
    for pair in [*((s.left, s.right) for s in before().suggestions), *far]:
        new = by_pair(after(Decision(left=pair[0], right=pair[1], same=True, note=NOTE)))

        assert new.keys() == old.keys() | {pair}
        assert [without_order(new[other]) for other in old] == [without_order(old[other]) for other in old]
        added = new[pair]
        assert (added.decided_by, added.score, added.stale) == ("editor", 1.0, False)
        assert (added.reasons[0].part, NOTE in added.reasons[0].detail) == ("decision", True)
        assert pair not in [
            (s.left, s.right) for s in after(Decision(left=pair[0], right=pair[1], same=True)).suggestions
        ]


@pytest.mark.parametrize("relation", ["equivalent", "overlap", "conflict"])
def test_a_relation_is_that_of_the_editor_and_the_differences_stay_in_view(relation: str) -> None:
    old = by_pair(before())
    for link in before().links:
        pair = (link.left, link.right)
        new = by_pair(after(Decision(left=link.left, right=link.right, same=True, relation=relation, note=NOTE)))

        assert list(new) == list(old)
        assert [new[other] for other in old if other != pair] == [old[other] for other in old if other != pair]
        assert (new[pair].relation, new[pair].decided_by, new[pair].divergences) == (
            relation,
            "editor",
            link.divergences,
        )
        assert [reason.part for reason in new[pair].reasons] == ["decision", *(reason.part for reason in link.reasons)]
        assert NOTE in new[pair].reasons[0].detail


def test_a_confirmed_pair_keeps_the_relation_that_the_engine_finds() -> None:
    for link in engines_links():
        new = by_pair(after(Decision(left=link.left, right=link.right, same=True)))

        assert new[link.left, link.right].relation == link.relation


def test_a_decision_holds_whichever_clause_it_names_first_and_whichever_text_is_asked_first() -> None:
    link = engines_links()[0]
    for same in (True, False):
        named = Decision(left=link.left, right=link.right, same=same, relation="conflict" if same else "")
        turned = replace(named, left=named.right, right=named.left)

        assert after(named) == after(turned)
        assert {frozenset(pair) for pair in pairs(after(named))} == {
            frozenset(pair) for pair in pairs(after(turned, one=E3, two=US_28))
        }


def test_decisions_add_up_in_any_order() -> None:
    one, two, three = engines_links()[:3]
    given = (
        Decision(left=one.left, right=one.right, same=False),
        Decision(left=two.left, right=two.right, same=True, relation="conflict"),
        Decision(left=three.left, right=one.right, same=True, relation="overlap"),
    )

    assert after(*given) == after(*given[::-1])
    found = by_pair(after(*given))
    assert (one.left, one.right) not in found
    assert found[two.left, two.right].relation == "conflict"
    assert found[three.left, one.right].decided_by == "editor"


def test_a_decision_on_two_texts_changes_no_link_of_a_third() -> None:
    slugs = (US_28, E3, FRAMEWORK)
    texts = [shipped_texts()[slug] for slug in slugs]
    given = [Decision(left=f"{US_28}/c06", right=f"{E3}/c06", same=False)]

    plain, decided = (
        concord(texts, decisions=decisions, vocabulary=shipped_vocabulary()) for decisions in ((), tuple(given))
    )

    def to_the_third(concordance: Concordance) -> set[Link]:
        return {link for row in concordance.rows for link in row.links if FRAMEWORK in (link.left + link.right)}

    assert to_the_third(plain) == to_the_third(decided)
    # Where no link is left between two cells they are no row, though the third text answers both.
    (together,) = [
        row for row in plain.rows if {f"{US_28}/c06", f"{E3}/c06"} <= {i for c in row.cells for i in c.clauses}
    ]
    assert len(together.links) == 3
    apart = [sorted(i for c in row.cells for i in c.clauses) for row in decided.rows if "army-size" in row.leading]
    assert sorted(apart) == [[f"{E3}/c06", f"{FRAMEWORK}/c04"], [f"{FRAMEWORK}/c04", f"{US_28}/c06"]]


def test_a_row_takes_the_kind_that_an_editors_relation_gives_it() -> None:
    texts = [shipped_texts()[slug] for slug in (US_28, E3)]
    agreed = Decision(left=f"{US_28}/c25", right=f"{E3}/c18", same=True, relation="conflict")
    rival = Decision(left=f"{US_28}/c06", right=f"{E3}/c06", same=True, relation="overlap")

    plain, decided = (
        concord(texts, decisions=given, vocabulary=shipped_vocabulary()).rows for given in ((), (agreed, rival))
    )

    kinds = {row.id: (row.kind, row.relation) for row in plain}
    changed = {row.id: (row.kind, row.relation) for row in decided if kinds[row.id] != (row.kind, row.relation)}
    told = {row.id: {i for cell in row.cells for i in cell.clauses} for row in decided}
    assert sorted((sorted(told[row]), kinds[row], new) for row, new in changed.items()) == [
        ([f"{E3}/c06", f"{US_28}/c06"], ("diverge", "conflict"), ("agree", "overlap")),
        ([f"{E3}/c18", f"{US_28}/c25"], ("agree", "equivalent"), ("diverge", "conflict")),
    ]


def test_a_striking_out_that_an_editor_refuses_strikes_nothing_out() -> None:
    texts = [shipped_texts()[slug] for slug in (US_28, E3)]
    refused = Decision(left=f"{E3}/c03", right=f"{US_28}/c03", same=False)

    rows = concord(texts, decisions=[refused], vocabulary=shipped_vocabulary()).rows

    states = {
        clause: [cell.state for cell in row.cells] for row in rows for cell in row.cells for clause in cell.clauses
    }
    assert "struck_out" not in states[f"{US_28}/c03"]
    assert states[f"{E3}/c03"] == ["not_found", "struck_out"]
