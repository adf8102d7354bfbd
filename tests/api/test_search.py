"""GET clauses/?q=: words found in texts and through names, ranked and marked."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from parties.models import PartyAlias
from proposals.models import Clause, Stage, TerritoryAlias
from tests.factories import (
    COASTAL_FRONT,
    NORTHERN_COUNCIL,
    make_clause,
    make_party,
    make_proposal,
    make_territory,
    make_topic,
)

GARRISON, GUARANTEE, FISHING, REPLY = "council-plan/c01", "council-plan/c02", "council-plan/c03", "front-answer/c01"


@pytest.fixture
def clauses(db):
    """Three clauses of the Council's plan, one of the Front's answer; the harbour has two spellings."""
    harbour = make_territory("old-harbour", name="Olharb")
    TerritoryAlias.objects.create(territory=harbour, name="Velhaven")
    front = make_party(COASTAL_FRONT)
    PartyAlias.objects.create(party=front, name="Seaside League")
    make_topic("prisoners", name="Prisoners of war")
    plan = make_proposal("council-plan", title="Twelve points of Winterburg", short_title="Twelve points")
    answer = make_proposal("front-answer", date=datetime.date(2031, 6, 1), proposers=[COASTAL_FRONT])
    make_clause(
        plan,
        label="Garrison",
        text="The garrison of Velhaven is limited to 600,000 soldiers.",
        topics=["garrison"],
        obligated=[COASTAL_FRONT],
        condition="After the ratification.",
    )
    make_clause(
        plan, label="Security", text="Neutral states give security guarantees for the ceasefire.", topics=["prisoners"]
    )
    make_clause(plan, label="Fishing", text="Boats return; a cease-fire protects them.", topics=["fisheries"])
    make_clause(
        answer,
        label="Refusal",
        text="Guarantees of security are refused, and so is demilitarisation.",
        number="10a",
        topics=["garrison"],
        obligated=[NORTHERN_COUNCIL],
        territories=["old-harbour"],
    )


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("fishing", [FISHING]),  # the label
        ("garrisons", [GARRISON]),  # another form
        ("garrison", [GARRISON, REPLY]),  # the second by its topic alone
        ("guarantee", [GUARANTEE, REPLY]),
        ("ratified", []),  # the stem is another
        ("ratification", [GARRISON]),  # the condition
        ("10a", [REPLY]),  # the number
        ("600000", [GARRISON]),
        ("600,000", [GARRISON]),
        ("demil", [REPLY]),  # a beginning
        ("BOATS", [FISHING]),
        ("the boats of", [FISHING]),  # filler words need not be met
        ("security guarantees", [GUARANTEE, REPLY]),  # in any order, as asked for first
        ('"security guarantees"', [GUARANTEE]),
        ("“security guarantees”", [GUARANTEE]),
        ('"guarantees of security"', [REPLY]),
        ("cease-fire", [GUARANTEE, FISHING]),  # one word or two
        ("ceasefire", [GUARANTEE]),
        ("seaside", [GARRISON]),  # the alias of a party to the clause
        ("coastal front", [GARRISON]),
        ("prisoners", [GUARANTEE]),  # a topic
        ("winterburg garrison", [GARRISON]),  # the title of the proposal and the text
        ("winterburg", [GARRISON, GUARANTEE, FISHING]),  # equal: in reading order
        ("front-answer", [REPLY]),  # a slug
        ("velhaven", [GARRISON, REPLY]),  # the text, then the territory
        ("olharb", [GARRISON, REPLY]),  # the other spelling finds the same
        ("garisson", [GARRISON, REPLY]),  # typing errors
        ("gaurantees", [GUARANTEE, REPLY]),
        ("demilitarization", [REPLY]),
        ("velhavn", [GARRISON, REPLY]),
        ("garrison xylophone", []),  # every word must match
        ("boats security", []),
    ],
)
def test_a_query_finds(api, clauses, query, found):
    assert sorted(api.ids("clauses/", q=query)) == sorted(found)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("security", GUARANTEE),  # in the label too
        ("security guarantees", GUARANTEE),  # the words beside each other
        ("guarantees of security", REPLY),
        ("garrison", GARRISON),  # in label and text before a topic alone
        ("olharb", GARRISON),
    ],
)
def test_the_best_stands_first(api, clauses, query, first):
    answer = api.get("clauses/", q=query).body["results"]

    assert answer[0]["id"] == first
    assert answer[0]["match"]["rank"] > answer[1]["match"]["rank"]


def test_a_match_tells_where_in_marked_segments(api, clauses):
    (garrison,) = api.get("clauses/", q="600000 soldier").body["results"]

    assert garrison["match"]["snippet"] == [
        {"text": "The garrison of Velhaven is limited to ", "marked": False},
        {"text": "600,000", "marked": True},
        {"text": " ", "marked": False},
        {"text": "soldiers", "marked": True},
        {"text": ".", "marked": False},
    ]
    assert garrison["match"]["fields"] == ["text"]


@pytest.mark.parametrize(
    ("query", "fields", "marked"),
    [
        ("garrison", ["text", "label", "topic"], ["garrison"]),
        ("fishing", ["label"], ["Fishing"]),
        ("ratification", ["condition"], ["ratification"]),
        ("10a", ["number"], []),
        ("seaside", ["party"], []),
        ("olharb refusal", ["text", "label", "territory"], ["refused"]),
        ("points fishing", ["label", "proposal"], ["Fishing"]),
        ("demil", ["text"], ["demilitarisation"]),
        ('"security guarantees"', ["text"], ["security guarantees"]),
        ("soldirs", ["text"], ["soldiers"]),
    ],
)
def test_a_match_names_its_fields(api, clauses, query, fields, marked):
    match = api.get("clauses/", q=query).body["results"][0]["match"]

    assert match["fields"] == fields
    assert [segment["text"] for segment in match["snippet"] if segment["marked"]] == marked


def test_a_long_text_is_cut_to_whole_words_around_the_marks(api):
    words = " ".join(f"word{number}" for number in range(300))
    make_clause(make_proposal(), label="Long", text=f"{words} the harbour master of the harbour {words}")

    snippet = api.get("clauses/", q="harbour").body["results"][0]["match"]["snippet"]

    assert (snippet[0]["text"], snippet[-1]["text"]) == ("… ", " …")
    assert [segment["text"] for segment in snippet if segment["marked"]] == ["harbour", "harbour"]
    assert 150 < len("".join(segment["text"] for segment in snippet)) <= 250
    assert snippet[1]["text"].startswith("word")


def test_markup_in_a_text_stays_text(api):
    make_clause(make_proposal(), text="<b>Harbour</b> & <script>alert(1)</script>")

    snippet = api.get("clauses/", q="harbour").body["results"][0]["match"]["snippet"]

    assert "".join(segment["text"] for segment in snippet) == "<b>Harbour</b> & <script>alert(1)</script>"
    assert [segment["text"] for segment in snippet if segment["marked"]] == ["Harbour"]


def test_without_a_query_nothing_is_told_of_a_match(api, clauses):
    answer = api.get("clauses/").body

    assert {clause["match"] for clause in answer["results"]} == {None}
    assert answer["facets"] is None


def test_a_query_can_be_answered_in_another_order_and_narrowed(api, clauses):
    assert api.ids("clauses/", q="guarantees", ordering="-date") == [REPLY, GUARANTEE]
    assert api.ids("clauses/", q="guarantees", ordering="relevance") == [GUARANTEE, REPLY]
    assert api.ids("clauses/", q="guarantees", date_from="2031-06-01") == [REPLY]
    assert api.ids("proposals/council-plan/clauses/", q="guarantees") == [GUARANTEE]
    assert api.ids("proposals/council-plan/clauses/", q="winterburg", ordering="-order") == [
        FISHING,
        GUARANTEE,
        GARRISON,
    ]


def test_another_order_tells_the_same_ranks(api, clauses):
    by_rank, by_date = (
        {clause["id"]: clause["match"] for clause in api.get("clauses/", q="garrison", ordering=order).body["results"]}
        for order in ("relevance", "date")
    )

    assert by_rank == by_date


@pytest.mark.parametrize(
    ("parameters", "faults"),
    [
        ({"ordering": "relevance"}, {"ordering": ["needs_q"]}),
        ({"q": " ".join(f"w{number}" for number in range(17))}, {"q": ["too_many_words"]}),
        ({"q": "x" * 201}, {"q": ["max_length"]}),
        ({"q": "a\0b"}, {"q": ["null_characters_not_allowed"]}),
        ({"q": "garrison", "ordering": "-relevance"}, {"ordering": ["unknown_ordering"]}),
        ({"facets": "colour"}, {"facets": ["unknown_code"]}),
    ],
)
def test_what_cannot_be_asked_is_refused(api, clauses, parameters, faults):
    answer = api.get("clauses/", **parameters)

    assert answer.status == 400
    assert answer.faults == faults


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("boats & !return", 1),  # signs are left out, so these are two words
        ("boats | xylophone", 0),
        ("!boats", 1),
        ("boats:*", 1),
        ("boats <-> return", 1),
        ("(boats", 1),
        ("-boats", 1),
        ("boats OR xylophone", 0),
        ("boats' OR '1'='1", 0),
        ("%", 0),
        ("_", 0),
        ("\\", 0),
        ("bo_ts", 0),
        ("'", 0),
        ('"', 0),
        ('""', 0),
        ('"boats', 1),
        ("\u202eboats", 1),  # a mark that turns the direction
        ("\u200bboats\ufeff", 1),
        ("😀", 0),
        ("قارب", 0),
        ("the of and", 1),  # fillers alone are looked for as they stand
        ("x" * 200, 0),
        ("' " * 100, 0),
        ("<script>alert(1)</script>", 0),
        ("%%s %(x)s {0}", 0),
        ("\ud7ff\uffff\U0010ffff", 0),
    ],
)
def test_nothing_in_a_query_is_an_operator(api, query, count):
    make_clause(make_proposal(), label="Fishing", text="Boats return, and the rest of them.", topics=[])

    answer = api.get("clauses/", q=query, facets="topic,date")

    assert answer.status == 200
    assert answer.body["count"] == count


def test_a_script_without_spaces_is_searched_within_words(api):
    make_clause(make_proposal(), label="Harbour", text="双方立即停火协议生效。", language="zh")

    (clause,) = api.get("clauses/", q="停火").body["results"]

    assert clause["match"]["snippet"][1] == {"text": "停火", "marked": True}


@pytest.mark.parametrize(
    ("language", "text", "query"),
    [
        ("ru", "Стороны прекращают боевые действия.", "сторона"),
        ("fr-CA", "Les navires retournent aux ports.", "navire"),
        ("uk", "Сторони припиняють вогонь.", "сторони"),  # no stemmer: as it stands
        ("he", "הצדדים מפסיקים את האש", "האש"),
    ],
)
def test_each_language_is_stemmed_as_its_own(api, language, text, query):
    make_clause(make_proposal(), label="Harbour", text=text, language=language)

    (clause,) = api.get("clauses/", q=query).body["results"]

    assert any(segment["marked"] for segment in clause["match"]["snippet"])


def test_a_text_of_any_length_can_be_saved_and_found(api):
    make_clause(make_proposal(), text=" ".join(f"w{number}" for number in range(60_000)), condition="y" * 20_000)

    assert api.get("clauses/", q="w77").body["count"] == 1


def test_saving_a_clause_unchanged_leaves_its_version_alone(api):
    clause = Clause.objects.get(pk=make_clause(make_proposal()).pk)
    before = api.get("proposals/council-plan/").body["version"]

    Clause.objects.get(pk=clause.pk).save()

    assert Clause.objects.get(pk=clause.pk).version == clause.version
    assert api.get("proposals/council-plan/").body["version"] == before


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.REVIEW, Stage.WITHDRAWN])
@pytest.mark.parametrize("query", ["secretive", "secretve", "sekretive", "hideaway", "hidaway"])
def test_what_is_hidden_is_neither_found_nor_suggested(api, staff_api, stage, query):
    plan = make_proposal(clauses=["The harbour opens."])
    make_clause(plan, text="Something secretive.", stage=stage)
    hidden = make_proposal("hidden-plan", title="Plan of Hideaway", stage=stage)
    make_clause(hidden, text="The harbour opens.")

    assert api.get("clauses/", q=query).body["count"] == 0
    assert staff_api.get("clauses/", q=query).body["count"] == 1


def test_a_word_that_only_hidden_clauses_hold_is_still_a_typing_error(api):
    plan = make_proposal(clauses=["The harbour opens."])
    make_clause(plan, text="The harbuor opens.", stage=Stage.DRAFT)

    assert api.get("clauses/", q="harbuor").body["count"] == 1


def test_pages_of_a_ranked_list_do_not_overlap(api):
    plan = make_proposal()
    for number in range(12):
        make_clause(plan, text=f"The harbour opens {'anew ' * (number % 3)}.", label="Harbour")
    whole = api.ids("clauses/", q="harbour anew opens")

    paged = [
        one for offset in range(0, 12, 5) for one in api.ids("clauses/", q="harbour anew opens", limit=5, offset=offset)
    ]

    assert len(whole) == 8
    assert paged == whole
    assert api.get("clauses/", q="harbour", offset=50).body["count"] == 12


@pytest.mark.parametrize("query", ["harbour", "old harbour", "habour", '"harbour opens"'])
def test_a_query_takes_as_many_queries_for_thirty_clauses_as_for_three(api, query):
    territory = make_territory(name="Harbour")
    TerritoryAlias.objects.create(territory=territory, name="Old Harbour")
    for number in range(30):
        make_clause(make_proposal(f"plan-{number}"), text="The harbour opens.", territories=["old-harbour"])

    few, many = (_queries(api, q=query, limit=limit) for limit in (3, 30))

    assert few == many


def test_facets_cost_one_query(api):
    make_clause(make_proposal(), text="The harbour opens.")
    facets = "topic,party,role,modality,proposal,territory,has_quantity,date"

    plain, counted = _queries(api, q="harbour"), _queries(api, q="harbour", facets=facets)

    assert counted == plain + 1


def _queries(api, **parameters):
    with CaptureQueriesContext(connection) as queries:
        assert api.get("clauses/", **parameters).body["count"] > 0
    return len(queries)


@pytest.mark.parametrize(("one", "other"), [("Kiev", "Kyiv"), ("Kharkov", "Kharkiv"), ("Zaporozhye", "Zaporizhzhia")])
def test_shipped_spellings_find_the_same_clauses(api, shipped, one, other):
    by_one, by_other = (set(api.ids("clauses/", q=query, limit=500)) for query in (one, other))

    assert by_one
    assert by_one == by_other


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("army limit", "us-28-point-2025-11/c06"),
        ("600000", "us-28-point-2025-11/c06"),
        ("ceasfire", "jeddah-ceasefire-2025-03/c01"),
        ("prisoner exchange", "moscow-abu-dhabi-2026-01/c07"),
        ("demilit zone", "framework-20-point-2025-12/c15"),
    ],
)
def test_the_shipped_clauses_are_found(api, shipped, query, expected):
    assert expected in api.ids("clauses/", q=query)[:3]
