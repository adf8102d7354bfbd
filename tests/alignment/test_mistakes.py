"""Where an answer and the gold links part."""

from typing import Any

from proposals.alignment.mistakes import CLASSES, mistakes

TEXTS = ["Ports open.", "Nets are mended.", "Tolls fall.", "Boats are counted.", "Elections follow."]


def gold(*links: dict[str, Any]) -> dict[str, Any]:
    def side(document: str, letter: str) -> dict[str, Any]:
        return {"document": document, "clauses": [{"id": f"{letter}{n}", "text": t} for n, t in enumerate(TEXTS, 1)]}

    return {"pair": "small", "left": side("north", "n"), "right": side("coast", "c"), "links": list(links)}


def a_link(number: int, relation: str = "overlap", kinds: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:
    return {"left": f"n{number}", "right": f"c{number}", "relation": relation, "kinds": list(kinds), **more}


def answer(*links: dict[str, Any], scores: tuple[tuple[str, str, float], ...] = ()) -> dict[str, Any]:
    return {"pair": "small", "links": [{"score": 0.9, **link} for link in links], "scores": [list(s) for s in scores]}


def classes(answered: dict[str, Any], drawn: dict[str, Any]) -> dict[str, list[tuple[str, str]]]:
    return {name: [(m.left, m.right) for m in found] for name, found in mistakes(answered, drawn).items() if found}


def test_a_right_answer_has_no_mistakes() -> None:
    links = [a_link(1), a_link(2, "conflict", ("quantity",)), a_link(3, "equivalent")]

    assert classes(answer(*links), gold(*links)) == {}


def test_each_mistake_has_one_class() -> None:
    drawn = gold(a_link(1), a_link(2, "conflict", ("actor",)), a_link(3), a_link(4, "conflict", ("actor",)))
    told = answer(a_link(2), a_link(3, "conflict"), a_link(4, "conflict", ("deadline",)), a_link(5))

    assert classes(told, drawn) == {
        "missed_link": [("north/n1", "coast/c1")],
        "false_link": [("north/n5", "coast/c5")],
        "missed_conflict": [("north/n2", "coast/c2")],
        "false_conflict": [("north/n3", "coast/c3")],
        "wrong_kinds": [("north/n4", "coast/c4")],
    }
    assert list(mistakes(told, drawn)) == list(CLASSES)


def test_what_the_readers_doubt_is_no_mistake_either_way() -> None:
    drawn = gold(a_link(1, doubtful=True), a_link(2, doubtful=True), a_link(3, "conflict", relation_doubtful=True))

    assert classes(answer(a_link(1, "conflict"), a_link(3)), drawn) == {}


def test_taking_equivalent_for_overlap_is_not_shown() -> None:
    assert classes(answer(a_link(1, "equivalent")), gold(a_link(1))) == {}


def test_a_mistake_says_both_texts_the_score_and_both_verdicts() -> None:
    [found] = mistakes(answer(a_link(1, score=0.7)), gold(a_link(1, "conflict", ("deadline", "actor"))))[
        "missed_conflict"
    ]

    assert (found.left_text, found.right_text, found.score) == ("Ports open.", "Ports open.", 0.7)
    assert (found.said, found.drawn) == ("overlap", "conflict (actor, deadline)")


def test_those_come_first_of_which_the_engine_was_surest() -> None:
    missed = mistakes(answer(scores=(("n1", "c1", 0.5), ("n2", "c2", -3.0))), gold(a_link(1), a_link(2)))
    false = mistakes(answer(a_link(1, score=0.6), a_link(2, score=0.8)), gold())

    assert [m.left for m in missed["missed_link"]] == ["north/n2", "north/n1"]
    assert [round(m.score, 2) for m in missed["missed_link"]] == [0.05, 0.62]
    assert [m.left for m in false["false_link"]] == ["north/n2", "north/n1"]
