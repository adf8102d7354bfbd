"""Texts of any size and any make: nothing crashes, nothing is lost, and what looks the same is the same."""

import unicodedata
from itertools import product
from math import isfinite

import pytest

from proposals.alignment import EMPTY, Concordance, Proposal, Term, align, concord
from proposals.alignment.method import DEFAULT
from tests.alignment.cast import VOCABULARY, a_clause, a_limit, a_proposal, pairs

BOATS, CAPTIVES = "Boats may fish near the coast.", "All captives are released within 30 days."


def a_text(slug: str, *texts: str) -> Proposal:
    return a_proposal(slug, *(a_clause(str(n), text) for n, text in enumerate(texts, 1)))


def placed(concordance: Concordance) -> list[str]:
    """The clauses that stand in rows, each once."""
    return sorted({clause for row in concordance.rows for cell in row.cells for clause in cell.clauses})


@pytest.mark.parametrize(
    ("ours", "theirs", "links"),
    [
        ([""], [""], [("north/1", "coast/1")]),  # the same text, though there is nothing in it
        (["", "", ""], ["", ""], []),
        ([CAPTIVES], ["", " ", "\n\t", "\u200b"], []),
        ([CAPTIVES], [], []),
        ([CAPTIVES], [CAPTIVES], [("north/1", "coast/1")]),
        ([CAPTIVES], [BOATS], []),
    ],
)
@pytest.mark.parametrize("vocabulary", [EMPTY, VOCABULARY], ids=["empty", "cast"])
def test_few_and_empty_clauses_are_compared(ours, theirs, links, vocabulary) -> None:  # type: ignore[no-untyped-def]
    left, right = a_text("north", *ours), a_text("coast", *theirs)

    concordance = concord([left, right], vocabulary=vocabulary)

    assert pairs(align(left, right, vocabulary=vocabulary)) == links
    assert placed(concordance) == sorted(clause.id for clause in (*left.clauses, *right.clauses))


def test_thirty_clauses_are_found_among_five_thousand() -> None:
    who = "boat crew pilot guard baker doctor farmer miner judge sailor porter envoy nurse driver tailor mason".split()
    does = "paints counts sells lends buries melts guards repairs moves weighs marks hides opens burns lifts".split()
    what = "bridge lantern barrel tower ladder anchor window carpet kettle saddle mirror basket hammer ribbon".split()
    what += "candle pillow whistle".split()
    texts = [f"The {one} {two} a {three} {n}." for n, (one, two, three) in enumerate(product(who, does, what), 1)]
    texts += [f"No {one} ever {two} the {three}." for one, two, three in list(product(who, does, what))[:920]]
    few = texts[7:5000:170]

    left, right = a_text("north", *texts), a_text("coast", *few)
    concordance = concord([left, right], vocabulary=VOCABULARY)

    assert (len(texts), len(few)) == (5000, 30)
    assert len(placed(concordance)) == 5030
    linked = {(link.left, link.right) for row in concordance.rows for link in row.links}
    assert {(f"north/{8 + 170 * n}", f"coast/{n + 1}") for n in range(30)} <= linked
    assert len(linked) <= 30 * DEFAULT.thresholds["links_per_clause"]


@pytest.mark.parametrize(("ours", "theirs"), [(50, 50), (50, 1), (1, 50), (50, 49)])
def test_fifty_clauses_of_one_wording_all_have_a_counterpart(ours: int, theirs: int) -> None:
    left, right = a_text("north", *[BOATS] * ours, CAPTIVES), a_text("coast", *[BOATS] * theirs, CAPTIVES)

    concordance = concord([left, right], vocabulary=VOCABULARY)

    links = [link for row in concordance.rows for link in row.links]
    assert concordance.gaps == ()
    assert len(links) == max(ours, theirs) + 1
    assert {link.relation for link in links} == {"equivalent"}
    assert (f"north/{ours + 1}", f"coast/{theirs + 1}") in pairs(align(left, right, vocabulary=VOCABULARY))


def test_a_clause_of_a_hundred_thousand_letters_is_compared() -> None:
    long = "The mediator counts the boats of the coast. " * 2_300
    left, right = a_text("north", long, CAPTIVES), a_text("coast", CAPTIVES, long + BOATS)

    assert len(long) > 100_000
    assert pairs(align(left, right)) == [("north/1", "coast/2"), ("north/2", "coast/1")]


def test_many_figures_that_cannot_be_compared_do_not_differ() -> None:
    dollars = "The Coastal Front pays " + "$7 " * 1_000
    lengths = "The Coastal Front pays " + "3 km " * 1_000

    (link,) = align(a_text("north", dollars), a_text("coast", lengths)).links

    assert "quantity" not in {divergence.kind for divergence in link.divergences}


@pytest.mark.parametrize(
    "piece",
    [
        *("1 ", "$1 to $2 ", "1 (1) ", "one hundred and ", "half ", "evenly ", "50:50 ", "12:30 ", "first day "),
        *(
            "2031-01-01 ",
            "1 May 2031 ",
            "by 1 May ",
            "articles 1, ",
            "all of ",
            "no limit ",
            "Ab. ",
            "A ",
            "軍隊",
            "9",
            "§",
        ),
    ],
)
def test_a_clause_full_of_one_thing_is_compared(piece: str) -> None:
    left = a_text("north", "The mediator counts the boats, " + piece * 1_500, CAPTIVES)
    right = a_text("coast", CAPTIVES, "The mediator counts the boats.")

    assert set(pairs(align(left, right, vocabulary=VOCABULARY))) == {("north/1", "coast/2"), ("north/2", "coast/1")}


@pytest.mark.parametrize("digits", ["9" * 400, "9" + " million" * 60, "9" * 308 + " million", "0" * 400])
@pytest.mark.parametrize("sentence", ["At most {} soldiers stay.", "The pause lasts {} days.", "It costs $5 to {}."])
def test_a_figure_too_large_for_a_number_is_not_told_as_one(digits: str, sentence: str) -> None:
    left, right = a_text("north", sentence.format(digits)), a_text("coast", sentence.format("600"))

    concordance = concord([left, right], vocabulary=VOCABULARY)

    sides = [side for row in concordance.rows for divergence in row.divergences for side in divergence.sides]
    assert all(isfinite(value) for side in sides for value in (side.value, side.value_max) if value is not None)


# What a copied text holds between letters and nobody sees.
INVISIBLE = {
    "soft hyphen": "\xad",
    "zero-width space": "\u200b",
    "zero-width non-joiner": "\u200c",
    "zero-width joiner": "\u200d",
    "left-to-right mark": "\u200e",
    "right-to-left mark": "\u200f",
    "word joiner": "\u2060",
    "byte order mark": "\ufeff",
    "right-to-left isolate": "\u2067",
    "pop directional isolate": "\u2069",
}


@pytest.mark.parametrize("mark", INVISIBLE.values(), ids=INVISIBLE)
def test_invisible_characters_do_not_tell_texts_apart(mark: str) -> None:
    plain = "At most 600,000 captives are released within 30 days."
    marked = f"{mark}At most 600,{mark}000 cap{mark}tives are re{mark}leased{mark} within 3{mark}0 days.{mark}"

    (link,) = align(a_text("north", plain, BOATS), a_text("coast", marked), vocabulary=VOCABULARY).links

    assert (link.left, link.relation, link.divergences) == ("north/1", "equivalent", ())


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (unicodedata.normalize("NFC", "Café crews té"), unicodedata.normalize("NFD", "Café crews té")),
        ("Boats   stay in\nport.", f"Boats{' ' * 10_000}stay in port."),
        ("Boats\xa0stay in port.", "Boats stay in port."),
        ("The Council’s boats – all – stay.", "The Council's boats - all - stay."),
        ("ﬁshing boats stay", "fishing boats stay"),  # a ligature
        ("Ｂｏａｔｓ stay", "Boats stay"),  # full width
    ],
    ids=["combining marks", "10,000 spaces", "hard space", "dashes", "ligature", "full width"],
)
def test_another_writing_of_the_same_letters_is_the_same_text(ours: str, theirs: str) -> None:
    (link,) = align(a_text("north", ours), a_text("coast", theirs), vocabulary=VOCABULARY).links

    assert (link.relation, link.divergences) == ("equivalent", ())


@pytest.mark.parametrize("odd", ["\x00", "\ud800", "\uffff", "\U0010ffff", "\U0001f600", "\u0301", "\x1b[0m"])
def test_what_is_no_letter_at_all_does_no_harm(odd: str) -> None:
    left = a_text("north", f"{odd}{CAPTIVES}{odd}", odd, odd * 1_000)
    right = a_text("coast", CAPTIVES, odd)

    concordance = concord([left, right], vocabulary=VOCABULARY)

    assert ("north/1", "coast/1") in pairs(align(left, right, vocabulary=VOCABULARY))
    assert len(placed(concordance)) == 5


# The same three provisions, as one side and as the other words them.
SCRIPTS = {
    "Cyrillic": (
        ["Войска отводятся от берега.", "Все пленные освобождаются.", "Посредник проверяет прекращение огня."],
        ["Войска немедленно отводятся от берега.", "Пленные освобождаются.", "Прекращение огня проверяет посредник."],
    ),
    "Arabic": (
        ["تنسحب القوات من الساحل", "يطلق سراح جميع الأسرى", "يتحقق الوسيط من وقف إطلاق النار"],
        ["تنسحب القوات فورا من الساحل", "يطلق سراح الأسرى", "يراقب الوسيط وقف إطلاق النار"],
    ),
    "Chinese": (
        ["军队撤离沿海地区。", "所有俘虏获得释放。", "调停人核实停火情况。"],
        ["军队立即撤离沿海地区。", "俘虏获得释放。", "停火情况由调停人核实。"],
    ),
    "Japanese": (
        ["軍隊は沿岸地域から撤退する。", "すべての捕虜を釈放する。", "仲介者が停戦を確認する。"],
        ["軍隊は直ちに沿岸地域から撤退する。", "捕虜を釈放する。", "停戦を仲介者が確認する。"],
    ),
    "Devanagari": (
        ["सेनाएँ तट से हटती हैं।", "सभी बंदी रिहा किए जाते हैं।", "मध्यस्थ युद्धविराम की जाँच करता है।"],
        ["सेनाएँ तुरंत तट से हटती हैं।", "बंदी रिहा किए जाते हैं।", "युद्धविराम की जाँच मध्यस्थ करता है।"],
    ),
    "Thai": (
        ["กองกำลังถอนตัวจากชายฝั่ง", "ปล่อยเชลยทั้งหมด", "ผู้ไกล่เกลี่ยตรวจสอบการหยุดยิง"],
        ["กองกำลังถอนตัวจากชายฝั่งทันที", "ปล่อยเชลย", "การหยุดยิงตรวจสอบโดยผู้ไกล่เกลี่ย"],
    ),
    "Hebrew": (
        ["הכוחות נסוגים מהחוף", "כל השבויים משוחררים", "המתווך מאמת את הפסקת האש"],
        ["הכוחות נסוגים מיד מהחוף", "השבויים משוחררים", "את הפסקת האש מאמת המתווך"],
    ),
    "Latin": (
        ["Forces withdraw from the coast.", "All captives are released.", "The mediator verifies the ceasefire."],
        ["Forces leave the coast at once.", "Captives are released.", "The ceasefire is verified by a mediator."],
    ),
}


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("vocabulary", [EMPTY, VOCABULARY], ids=["empty", "cast"])
def test_texts_in_one_script_are_linked_provision_by_provision(script, vocabulary) -> None:  # type: ignore[no-untyped-def]
    ours, theirs = SCRIPTS[script]

    alignment = align(a_text("north", *ours), a_text("coast", *theirs), vocabulary=vocabulary)

    assert pairs(alignment) == [("north/1", "coast/1"), ("north/2", "coast/2"), ("north/3", "coast/3")]


@pytest.mark.parametrize("ours", SCRIPTS)
@pytest.mark.parametrize("theirs", SCRIPTS)
def test_texts_in_two_scripts_have_nothing_that_links_them(ours: str, theirs: str) -> None:
    alignment = align(a_text("north", *SCRIPTS[ours][0]), a_text("coast", *SCRIPTS[theirs][1]), vocabulary=VOCABULARY)

    assert bool(alignment.links) == (ours == theirs)


def test_a_text_in_two_scripts_is_linked_where_the_scripts_meet() -> None:
    mixed = a_text("north", SCRIPTS["Latin"][0][0], SCRIPTS["Cyrillic"][0][1], SCRIPTS["Arabic"][0][2])
    other = a_text("coast", SCRIPTS["Arabic"][1][2], SCRIPTS["Latin"][1][0], SCRIPTS["Cyrillic"][1][1])

    assert pairs(align(mixed, other)) == [("north/1", "coast/2"), ("north/2", "coast/3"), ("north/3", "coast/1")]


def test_a_topic_named_twice_counts_once() -> None:
    once = {"topics": ("army-size", "amnesty")}
    twice = {"topics": ("army-size", "army-size", "amnesty", "army-size")}
    right = a_proposal("coast", a_clause("1", "Up to 800 soldiers.", **once), a_clause("2", BOATS, topics=("fishing",)))

    left, doubled = (a_proposal("north", a_clause("1", "At most 600 soldiers.", **told)) for told in (once, twice))

    assert align(doubled, right, vocabulary=VOCABULARY) == align(left, right, vocabulary=VOCABULARY)
    (row,) = [row for row in concord([doubled, right], vocabulary=VOCABULARY).rows if row.kind != "alone"]
    assert row.topics == ("army-size", "amnesty")


@pytest.mark.parametrize("topics", [("unheard-of",), ("army-size", "unheard-of"), ("",), ("\ud800", "軍")])
def test_topics_that_the_taxonomy_lacks_still_link_and_stand_last(topics: tuple[str, ...]) -> None:
    left = a_proposal("north", a_clause("1", "At most 600 soldiers.", topics=topics))
    right = a_proposal("coast", a_clause("1", "Up to 600 soldiers.", topics=topics), a_clause("2", BOATS))

    concordance = concord([left, right], vocabulary=VOCABULARY)

    (row,) = [row for row in concordance.rows if row.kind != "alone"]
    assert row.topics == topics
    assert {line.topic for line in concordance.matrix} == set(topics)


def test_codes_that_nobody_knows_are_carried_and_differ_from_each_other() -> None:
    def text(slug: str, code: str) -> Proposal:
        strange = {"modality": code, "legal_effect": code, "permanence": code, "roles": ((code, "mediator"),)}
        terms = (a_limit(600, code), Term(kind=code, comparator=code, value=1.0, unit=code))
        return a_proposal(slug, a_clause("1", "600 soldiers stay.", topics=("army-size",), terms=terms, **strange))

    same = concord([text("north", "hardly"), text("coast", "hardly")], vocabulary=VOCABULARY)
    other = concord([text("north", "hardly"), text("coast", "partly")], vocabulary=VOCABULARY)

    assert [(row.relation, row.divergences) for row in same.rows] == [("equivalent", ())]
    assert {divergence.kind for divergence in other.rows[0].divergences} >= {"quantity", "legal_effect", "scope"}
    assert all(side.text for divergence in other.rows[0].divergences for side in divergence.sides)
