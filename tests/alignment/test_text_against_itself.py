"""A text against itself: every clause goes to itself and to nothing else, and nothing is missing or differs."""

from dataclasses import replace

import pytest

from proposals.alignment import EMPTY, Clause, Concordance, Proposal, Vocabulary, concord
from tests.alignment.cast import VOCABULARY, a_clause, a_proposal
from tests.alignment.shipped_texts import SLUGS, shipped_texts, shipped_vocabulary

CYRILLIC = (
    "Северный совет и Береговой фронт прекращают огонь в течение 72 часов.",
    "Береговой фронт содержит не более 600 солдат.",
    "Все пленные освобождаются в течение 30 дней после подписания.",
    "Посредник проверяет прекращение огня и сообщает о нарушениях.",
    "Лодки обеих сторон могут ловить рыбу у Соляного острова.",
    "Выборы проводятся 15 мая 2031 года.",
    "Статья 7",
    "Подписано в двух экземплярах.",
)
CHINESE = (
    "北方委员会和海岸阵线在七十二小时内停火。",
    "海岸阵线最多保留600名士兵。",
    "所有俘虏在签署后三十天内获释。",
    "调停人核实停火情况并报告违反行为。",
    "双方船只可以在盐岛附近捕鱼。",
    "选举于2031年5月15日举行。",
    "第七条",
    "本协议一式两份。",
)


def beside_itself(text: Proposal, vocabulary: Vocabulary) -> Concordance:
    """The concordance of a text and its copy under another slug; what it strikes out of others stays out of it."""
    own = f"{text.slug}/"
    copied = [
        replace(clause, depends_on=tuple((tie, end.replace(own, "copy/")) for tie, end in clause.depends_on))
        for clause in text.clauses
    ]
    return concord([text, a_proposal("copy", *copied, complete=text.complete)], vocabulary=vocabulary)


def check(text: Proposal, concordance: Concordance) -> None:
    keys = {clause.id.partition("/")[2]: clause.kind for clause in text.in_reading_order()}
    ends = [(link.left, link.right) for row in concordance.rows for link in row.links]
    rows = [[[i.partition("/")[2] for i in cell.clauses] for cell in row.cells] for row in concordance.rows]

    assert concordance.gaps == ()
    assert [ends for row in concordance.rows if row.divergences or row.element_gaps] == []
    assert sorted((one.partition("/")[2], two.partition("/")[2]) for one, two in ends) == sorted(
        (key, key) for key, kind in keys.items() if kind != "deletion"
    )
    assert sorted(rows) == sorted([[key], [key]] for key in keys)
    for row in concordance.rows:
        struck = row.cells[0].state == "struck_out"
        assert (row.kind, row.relation) == (("alone", None) if struck else ("agree", "equivalent"))


def bare(text: Proposal) -> Proposal:
    """The text as a reader may paste it: its words and nothing of what is coded."""
    clauses = (Clause(id=c.id, text=c.text, order=c.order, kind=c.kind, strikes=c.strikes) for c in text.clauses)
    return replace(text, clauses=tuple(clauses), silences=())


@pytest.mark.parametrize("slug", SLUGS)
def test_a_shipped_proposal_goes_clause_to_clause(slug: str) -> None:
    text = shipped_texts()[slug]

    check(text, beside_itself(text, shipped_vocabulary()))


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("words", ["with a vocabulary", "without"])
def test_the_bare_words_of_a_shipped_proposal_go_clause_to_clause(slug: str, words: str) -> None:
    text = bare(shipped_texts()[slug])

    check(text, beside_itself(text, EMPTY if words == "without" else shipped_vocabulary()))


@pytest.mark.parametrize("sentences", [CYRILLIC, CHINESE, CYRILLIC[:4] + CHINESE[4:]], ids=["ru", "zh", "mixed"])
@pytest.mark.parametrize("vocabulary", [EMPTY, VOCABULARY], ids=["empty", "cast"])
@pytest.mark.parametrize("topics", [(), ("fishing",), ("unheard-of",)], ids=["untagged", "one topic", "unknown topic"])
def test_a_text_in_another_script_goes_clause_to_clause(
    sentences: tuple[str, ...], vocabulary: Vocabulary, topics: tuple[str, ...]
) -> None:
    text = a_proposal("north", *(a_clause(str(n), s, topics=topics) for n, s in enumerate(sentences, 1)))

    check(text, beside_itself(text, vocabulary))


def test_clauses_of_one_wording_go_to_themselves_and_each_copy_to_its_copy() -> None:
    same, other = "Boats stay in port.", "All captives are released."
    text = a_proposal("north", *(a_clause(str(n), s) for n, s in enumerate((same, other, same, same), 1)))

    check(text, beside_itself(text, VOCABULARY))


def test_a_text_that_is_not_finished_has_no_gap_beside_itself_either() -> None:
    text = a_proposal(
        "north", a_clause("1", "Boats stay in port."), a_clause("2", "", kind="placeholder"), complete="no"
    )

    concordance = beside_itself(text, VOCABULARY)

    assert concordance.gaps == ()
    assert [row.kind for row in concordance.rows] == ["agree"]
