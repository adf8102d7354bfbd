"""More questions of the same kinds as in test_questions.py, to see that what answers those answers others too."""

from tests.asking import ALASKA, ARABIAN_POST, CONVERSATION, GUANCHA, POST, claims, named, terms
from tests.test_questions import ABU_DHABI, ISTANBUL, OFFER, REQUIREMENTS, US_APRIL, US_FEBRUARY


def test_gap_what_the_august_2025_offer_and_talks_left_out(ask):
    omissions = ask.all("statements/", kind="omission", proposal=[OFFER, REQUIREMENTS])

    assert omissions.values_of("source") == {ALASKA}
    assert [(one["locator"], one["topics"]) for one in omissions.values()] == [
        ("lines 23 and 24", ["south-oblasts", "crimea"]),
        ("lines 23 and 25", ["znpp"]),
        ("line 26", ["security-guarantees"]),
        ("line 27", ["talks-format"]),
    ]


def test_gap_what_the_istanbul_communique_regulates_and_the_august_offer_does_not(ask):
    comparison = ask("comparisons/", proposals=[ISTANBUL, OFFER])

    matter = [gap for gap in comparison["gaps"] if gap["kind"] == "matter" and gap["absent_from"] == [OFFER]]
    assert "guarantors" in {gap["topic"] for gap in matter}
    # No text of the offer is known: nothing may be concluded from what it lacks.
    assert {gap["state"] for gap in matter} == {"unknown"}


def test_who_speaks_of_temporary_russian_control_and_who_refuses_recognition(ask):
    positions = ask.all("positions/", topic="contact-line,recognition", stance="open_to,rejects")
    statements = ask.all("statements/", position="p008,p075")

    temporary = {one["person"]: one for one in positions.where(statement="temporary Russian control")}
    assert {name: one["party"] for name, one in temporary.items()} == {"klitschko": "ukraine", "kellogg": "us"}
    assert {one["source"] for one in temporary.values()} == {CONVERSATION}
    assert (positions["p007"]["person"], positions["p007"]["red_line"]) == ("zelensky", True)
    assert statements.one(kind="judgement")["locator"] == "line 14"


def test_who_met_in_the_kremlin_in_january_2026_and_what_came_of_it(ask):
    statements = ask.all("statements/", proposal=ABU_DHABI, date_from="2026-01-22", date_to="2026-01-22")

    meeting = statements.one(claim="four hours")
    assert {"putin", "witkoff", "kushner", "gruenbaum"} < named(meeting)
    assert (meeting["kind"], meeting["date"]) == ("event", "2026-01-22")
    kremlin = statements.one(claim="substantive")
    assert kremlin["said_by"] == {"kind": "party", "id": "russia"}
    report = statements.one(claim="failed to bridge")
    assert (report["said_by"], report["source"]) == (None, ARABIAN_POST)


def test_numbers_how_much_land_russia_controls_by_which_account(ask):
    figures = ask.all("statements/", kind="figure", topic="contact-line,donbas")

    fifth = figures.one(claim="20 percent")
    assert (fifth["source"], fifth["date"]) == (POST, "2025-02-01")
    donbas = figures.one(claim="46,579 square kilometres or 88 percent")
    assert (donbas["source"], donbas["reported_by"]) == (ALASKA, "Reuters")
    assert figures.one(claim="all of Luhansk")["reported_by"] == "Reuters"
    assert "1,000 km" in figures.one(subject="front", source=POST, locator="line 7")["claim"]


def test_numbers_what_the_war_has_cost(ask):
    statements = ask.all("statements/", q="cost")
    clauses = ask.all("clauses/", measure="damage_estimate")

    cost = statements.one(kind="figure")
    assert "two trillion dollars" in cost["claim"]
    assert "Timothy Ash" in cost["reported_by"]
    (estimate,) = clauses[f"{REQUIREMENTS}/c03"]["terms"]
    assert (estimate["comparator"], estimate["value"], estimate["value_max"], estimate["unit"]) == (
        "between",
        500,
        1000,
        "billion_usd",
    )


def test_provenance_which_outlets_and_experts_the_alaska_explainer_relies_on(ask):
    statements = ask.all("statements/", source=ALASKA)
    bild = ask.all("statements/", reported_by="bild")

    assert statements.values_of("reported_by") - {None} == {
        "Bild",
        "ISW",
        "Matthew Saville of RUSI, to Sky News",
        "Onet",
        "Politico",
        "Reuters",
        "Sky News",
        "Wall Street Journal",
        "analyst Timothy Ash",
    }
    assert {one["locator"] for one in bild.values()} == {"line 20", "line 24"}


def test_provenance_why_recognising_crimea_is_called_dangerous_and_by_whom(ask):
    statements = ask.all("statements/", kind="judgement", topic="black-sea")

    assert statements.values_of("source") == {CONVERSATION}
    assert {one["locator"] for one in statements.values()} == {"line 17", "line 18"}
    assert "Romania and Bulgaria" in statements.one(topics=["crimea", "european-security", "black-sea"])["claim"]
    assert all(f"{US_APRIL}/c07" in named(one) for one in statements.values())


def test_evolution_how_russias_territorial_demands_grew(ask):
    claims_since = ask.all("statements/", q="territorial claims since 2014").one(source=CONVERSATION)
    demands = ask.all(
        "positions/", party="russia", topic="crimea,recognition,south-oblasts,donbas", stance="demands", ordering="date"
    )

    assert (claims_since["date"], claims_since["date_end"]) == ("2014-01-01", "2022-09-30")
    assert "Crimea only until September 2022" in claims_since["claim"]
    order = [id_ for id_ in demands if id_ in ("p040", "p042", "p044", "p057", "p060")]
    assert order == ["p040", "p042", "p044", "p057", "p060"]
    assert [demands[id_]["date"][:7] for id_ in order] == ["2022-01", "2025-02", "2025-04", "2025-08", "2026-01"]


def test_evolution_what_the_united_states_said_on_nato_up_to_may_2025_and_after(ask):
    earlier = ask.all("positions/", party="us", topic="nato-membership", as_of="2025-05-31", ordering="date")
    later = ask.all("positions/", party="us", topic="nato-membership", date_from="2025-06-01")
    statements = ask.all("statements/", clause=f"{US_FEBRUARY}/c01")

    assert {id_: (one["person"], one["stance"]) for id_, one in earlier.items()} == {
        "p072": ("trump", "states"),
        "p070": ("hegseth", "rejects"),
    }
    assert {id_: (one["person"], one["stance"]) for id_, one in later.items()} == {"p086": ("trump", "rejects")}
    assert "taking trump cards from Kyiv" in statements.one(kind="judgement")["claim"]
    assert statements.one(kind="slip")["source"] == POST


def test_disagreement_who_kept_the_truces_of_spring_2025(ask):
    disputes = ask.all("disputes/", topic="limited-truce", proposal="russian-truces-2025")
    statements = ask.all("statements/", proposal="russian-truces-2025")

    assert claims(disputes["d24"]) == {"Ukraine": GUANCHA, "Russia": "postimees-easter"}
    assert statements.values_of("source") == {GUANCHA}
    assert all("dispute d24" in one["note"] for one in statements.values())


def test_disagreement_how_many_issues_are_left_in_january_2026(ask):
    statements = ask.all("statements/", clause=f"{ABU_DHABI}/c04")
    disputes = ask.all("disputes/", clause=f"{ABU_DHABI}/c04")

    assert "one final issue at Davos without saying which" in statements.one(kind="omission")["claim"]
    assert "territorial status and security arrangements" in statements.one(kind="judgement")["claim"]
    assert claims(disputes["d18"]) == {"not named": ARABIAN_POST, "status of Donbas": "globalpulse-davos"}


def test_compare_who_would_lift_sanctions_and_who_would_keep_them(ask):
    positions = ask.all("positions/", topic="sanctions,recognition", date_from="2025-08-01", date_to="2025-08-31")
    clauses = ask.all("clauses/", topic="sanctions", date_from="2025-05-01", date_to="2025-08-31")
    statements = ask.all("statements/", topic="sanctions")

    assert (positions["p053"]["party"], positions["p024"]["party"]) == ("russia", "ukraine")
    assert "American sanctions are lifted" in clauses[f"{OFFER}/c08"]["text"]
    assert "kept up" in clauses[f"{REQUIREMENTS}/c07"]["text"]
    assert "lifts economic sanctions" in clauses["guancha-scheme-2025-05/c07"]["text"]
    assert statements.one(kind="report", reported_by="Onet")["about"][0]["id"] == f"{OFFER}/c10"
    assert "beginning to feel" in statements.one(subject="Effect of sanctions")["claim"]


def test_compare_the_figures_for_ukraines_army(ask):
    clauses = ask.all("clauses/", measure="army_personnel", party="ukraine")
    disputes = ask.all("disputes/", topic="army-size")
    statements = ask.all("statements/", topic="army-size")

    assert terms(clauses[f"{REQUIREMENTS}/c05"])["army_personnel"] == 900000
    assert terms(clauses["us-28-point-2025-11/c06"])["army_personnel"] == 600000
    assert set(claims(disputes["d23"]).values()) == {ALASKA, "europesays-20"}
    assert "largest in Europe after Russia's" in statements.one(kind="figure")["claim"]
