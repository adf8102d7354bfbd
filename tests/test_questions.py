"""Questions that a reader of the first five articles would put, answered through the public API alone.

The data cannot answer, and no record pretends to: why the 2022 talks failed by other accounts than that of the Guancha
column; what the quarrel in the Oval Office was about; on which day Putin explained who may lift the ban on negotiating;
what Russia would say to returning the nuclear plant; how many prisoners are still held, beyond "thousands"; the date
that an article without a date line was published on. Statements were recorded from the five articles only.
"""

from tests.asking import ALASKA, ARABIAN_POST, CONVERSATION, GUANCHA, POST, claims, named, terms

ISTANBUL = "istanbul-communique-2022"
APRIL_2022 = "istanbul-draft-2022-04-15"
US_FEBRUARY = "us-position-2025-02"
US_APRIL = "us-final-offer-2025-04"
KYIV = "kyiv-30-day-2025-05"
MAY_TALKS = "putin-direct-talks-2025-05"
SCHEME = "guancha-scheme-2025-05"
OFFER = "putin-offer-2025-08"
REQUIREMENTS = "ukraine-requirements-2025-08"
ABU_DHABI = "moscow-abu-dhabi-2026-01"


def test_istanbul_put_crimea_off_where_the_easter_draft_recognises_it_in_law(ask):
    clauses = ask.all("clauses/", proposal=[ISTANBUL, US_APRIL], topic="crimea,recognition")
    positions = ask.all("positions/", topic="crimea", proposal=US_APRIL)
    statements = ask.all("statements/", clause=f"{US_APRIL}/c07")

    put_off, recognised = clauses[f"{ISTANBUL}/c08"], clauses[f"{US_APRIL}/c07"]
    years = {term["value"] for term in put_off["terms"] if term["measure"] == "talks_on_crimea"}
    assert years == {10, 15}
    assert CONVERSATION in put_off["sources"]
    assert recognised["legal_effect"] == "in_law"
    assert {"role": "obligated", "party": "us"} in recognised["roles"]
    assert not [one for one in clauses.values() if one["proposal"] == ISTANBUL and one["legal_effect"] == "in_law"]
    assert (positions["p077"]["stance"], positions["p077"]["source"]) == ("open_to", GUANCHA)
    assert (positions["p078"]["person"], positions["p078"]["date"]) == ("trump", "2025-04-23")
    assert (positions["p076"]["person"], positions["p076"]["source"]) == ("witkoff", CONVERSATION)
    refusal = statements.one(claim="unacceptable to Ukraine and to its European partners")
    assert (refusal["source"], refusal["locator"]) == (CONVERSATION, "line 18")


def test_ukraine_and_europe_put_the_ceasefire_first_and_russia_the_land(ask):
    texts = [KYIV, MAY_TALKS, OFFER, ABU_DHABI, REQUIREMENTS]
    clauses = ask.all("clauses/", topic="ceasefire-sequence", proposal=texts)
    positions = ask.all("positions/", topic="ceasefire-sequence,general-ceasefire,donbas")
    disputes = ask.all("disputes/", topic="ceasefire-sequence")

    first = clauses[f"{KYIV}/c01"]
    assert terms(first)["ceasefire"] == 30
    assert [term["date"] for term in first["terms"] if term["date"]] == ["2025-05-12"]
    assert "permanent ceasefire comes before" in clauses[f"{REQUIREMENTS}/c01"]["text"]
    assert "during the talks" in clauses[f"{MAY_TALKS}/c03"]["text"]
    assert "once Ukraine has left" in clauses[f"{OFFER}/c02"]["text"]
    assert "unless territory is settled" in clauses[f"{ABU_DHABI}/c01"]["text"]
    assert {
        id_: (positions[id_]["party"], positions[id_]["person"], positions[id_]["stance"])
        for id_ in ("p011", "p102", "p019", "p047", "p060", "p079")
    } == {
        "p011": ("ukraine", "zelensky", "demands"),
        "p102": ("e3", None, "demands"),
        "p019": ("ukraine", None, "demands"),
        "p047": ("russia", "putin", "demands"),
        "p060": ("russia", "ushakov", "demands"),
        "p079": ("us", None, "supports"),
    }
    assert positions["p079"]["source"] == claims(disputes["d11"])["the United States"] == GUANCHA


def test_each_text_and_party_foresees_other_guarantees_for_ukraine(ask):
    texts = [ISTANBUL, SCHEME, US_FEBRUARY, KYIV, ABU_DHABI]
    clauses = ask.all("clauses/", topic="security-guarantees,guarantors", proposal=texts)
    positions = ask.all("positions/", topic="security-guarantees,foreign-forces")
    statements = ask.all("statements/", topic="security-guarantees,guarantors")

    assert terms(clauses[f"{ISTANBUL}/c02"])["named_guarantors"] == 11
    assert terms(clauses[f"{ISTANBUL}/c05"])["consultation"] == 3
    assert "Global South and Western states" in clauses[f"{SCHEME}/c01"]["text"]
    assert "not covered by Article 5" in clauses[f"{US_FEBRUARY}/c03"]["text"]
    assert "key element of guarantees" in clauses[f"{KYIV}/c05"]["text"]
    assert "guarantees against new aggression" in clauses[f"{ABU_DHABI}/c03"]["text"]
    assert "guarantees" in clauses[f"{ABU_DHABI}/c09"]["text"]
    assert (positions["p101"]["party"], positions["p101"]["source"]) == ("european-allies", POST)
    assert (positions["p028"]["party"], positions["p028"]["red_line"]) == ("ukraine", True)
    gap = statements.one(kind="omission", source=ALASKA)
    assert gap["said_by"] == {"kind": "person", "id": "zelensky"}
    assert "did not touch security guarantees" in gap["claim"]
    assert statements.one(source=CONVERSATION)["topics"] == ["neutrality", "guarantors", "security-guarantees"]


def test_ukraine_grounds_its_red_lines_in_its_constitution_and_in_new_attacks(ask):
    red_lines = ask.all("positions/", party="ukraine", red_line="true")
    grounds = ask.all("statements/", kind="argument", party="ukraine")

    expected = {
        "p001": ("recognition", "zelensky", "2025-02-14", POST),
        "p013": ("nato-membership", None, "2025-05-01", GUANCHA),
        "p018": ("donbas", "zelensky", "2025-08-12", ALASKA),
        "p020": ("army-size", None, "2025-08-01", ALASKA),
        "p021": ("military-aid", None, "2025-08-01", ALASKA),
        "p027": ("territorial-integrity", "zelensky", "2026-01-01", ARABIAN_POST),
    }
    told = {id_: [red_lines[id_][name] for name in ("topic", "person", "date", "source")] for id_ in expected}
    assert told == {id_: list(values) for id_, values in expected.items()}
    by_constitution = grounds.where(claim="constitution")
    assert {one["source"] for one in by_constitution} == {POST, GUANCHA}
    assert set().union(*map(named, by_constitution)) == {"p001", "p013"}
    springboard = grounds.one(claim="springboard")
    assert "p018" in named(springboard)
    assert (springboard["said_by"]["id"], springboard["date"]) == ("zelensky", "2025-08-12")


def test_kyiv_asked_for_thirty_days_and_putin_offered_talks_instead(ask):
    clauses = ask.all("clauses/", proposal=[KYIV, MAY_TALKS])
    positions = ask.all("positions/", proposal=[KYIV, MAY_TALKS])
    statements = ask.all("statements/", proposal=[KYIV, MAY_TALKS])

    assert terms(clauses[f"{KYIV}/c01"])["ceasefire"] == 30
    assert "If Russia refuses" in clauses[f"{KYIV}/c06"]["text"]
    assert "without preconditions on 15 May 2025" in clauses[f"{MAY_TALKS}/c01"]["text"]
    assert "2022 Istanbul texts" in clauses[f"{MAY_TALKS}/c04"]["text"]
    assert (positions["p081"]["person"], positions["p081"]["stance"]) == ("trump", "demands")
    assert (positions["p010"]["person"], positions["p010"]["stance"]) == ("zelensky", "accepts")
    neither = statements.one(claim="did not reject the demand directly")
    assert (neither["source"], neither["date"]) == (GUANCHA, "2025-05-11")
    assert statements.one(source=CONVERSATION, kind="event")["date"] == "2025-05-11"


def test_ukraine_would_hand_over_6500_square_kilometres_and_get_back_400(ask):
    clauses = ask.all("clauses/", proposal=OFFER, measure="land_handed_over")
    statements = ask.all("statements/", proposal=OFFER, topic="border-pockets,donbas,withdrawal")
    disputes = ask.all("disputes/", proposal=OFFER)

    areas = {
        term["subject"]: (term["comparator"], term["value"], term["unit"])
        for clause in clauses.values()
        for term in clause["terms"]
    }
    assert areas == {"ukraine": ("about", 6500, "sq_km"), "russia": ("about", 400, "sq_km")}
    assert statements.one(claim="6,500 square kilometres")["reported_by"] == "ISW"
    assert statements.one(claim="400 square kilometres")["reported_by"] == "Wall Street Journal"
    assert "Mykolaiv and Dnipropetrovsk" in statements.one(kind="event", topics=["border-pockets"])["claim"]
    assert set(claims(disputes["d02"])) == {"about 400 sq km", "about 440 sq km"}
    assert claims(disputes["d01"])["25 percent, about 6,500 sq km"] == ALASKA


def test_all_of_the_august_offer_is_only_reported_each_part_by_its_outlet(ask):
    proposal = ask(f"proposals/{OFFER}/")
    reports = ask.all("statements/", proposal=OFFER, kind="report")

    assert (proposal["text_status"], proposal["clauses_complete"]) == ("reported", "no")
    outlets = {
        (about["id"], one["reported_by"])
        for one in reports.values()
        for about in one["about"]
        if about["kind"] in ("clause", "proposal")
    }
    assert outlets == {
        (OFFER, None),  # allegedly
        (OFFER, "Bild"),  # five regions
        (f"{OFFER}/c01", None),
        (f"{OFFER}/c02", None),  # reportedly
        (f"{OFFER}/c02", "Bild"),  # sectoral only
        (f"{OFFER}/c03", "Politico"),
        (f"{OFFER}/c04", "Wall Street Journal"),
        (f"{OFFER}/c05", "Wall Street Journal"),
        (f"{OFFER}/c08", "Onet"),
        (f"{OFFER}/c10", "Onet"),
    }
    in_person = [one for one in reports.values() if one["said_by"]]
    assert [(one["said_by"]["id"], one["about"][0]["id"]) for one in in_person] == [("zelensky", f"{OFFER}/c01")]
    assert reports.values_of("source") == {ALASKA}


def test_whether_the_2022_text_was_signed_is_disputed_even_within_one_column(ask):
    disputes = ask.all("disputes/", topic="ratification", proposal=[ISTANBUL, APRIL_2022])
    statements = ask.all("statements/", topic="ratification")

    assert claims(disputes["d06"]) == {
        "negotiated, never adopted": CONVERSATION,
        "delegations signed a peace agreement": GUANCHA,
        "nothing is being signed": "babel-istanbul",
        "initialled by the Ukrainian head of delegation": "dailywrap-astana",
    }
    slip = statements.one(kind="slip")
    assert (slip["source"], slip["locator"]) == (GUANCHA, "lines 19 and 97")
    assert "nearly reached" in slip["claim"]
    assert "signed a peace agreement" in slip["claim"]


def test_only_the_guancha_column_says_why_the_2022_talks_failed(ask):
    causes = ask.all("statements/", proposal=[ISTANBUL, APRIL_2022], kind="cause")
    silent = ask.all("statements/", proposal=ISTANBUL, kind="omission")

    assert causes.values_of("source") == {GUANCHA}
    johnson = causes.one(claim="Johnson")
    assert "johnson" in named(johnson)
    assert "rumoured" in johnson["claim"]
    assert johnson["locator"] == causes.one(claim="Bucha")["locator"] == "line 19"
    assert "outside intervention" in causes.one(locator="line 5")["claim"]
    assert silent.one(claim="gives no cause")["source"] == CONVERSATION


def test_the_swap_of_kursk_was_offered_rejected_and_lost(ask):
    positions = ask.all("positions/", topic="border-pockets,contact-line", ordering="date")
    statements = ask.all("statements/", position="p005,p043", ordering="date")

    order = [id_ for id_ in positions if id_ in ("p005", "p043", "p085")]
    assert order == ["p005", "p043", "p085"]
    assert [positions[id_]["person"] for id_ in order] == ["zelensky", "peskov", "trump"]
    assert [positions[id_]["stance"] for id_ in order] == ["offers", "rejects", "states"]
    assert positions["p043"]["red_line"]
    lost = statements.one(claim="lost its biggest bargaining chip")
    assert (lost["source"], lost["date"], lost["date_precision"]) == (ALASKA, "2025-03-01", "month")
    assert "cede ground" in positions["p085"]["statement"]


def test_the_minerals_deal_went_from_a_demand_to_a_treaty_in_three_months(ask):
    entries = ask("topics/minerals/timeline/")["results"]
    statements = ask.all("statements/", topic="minerals", ordering="date")
    quarrel = ask.all("statements/", q="Oval Office").one(source=GUANCHA)

    positions = {one["position"]["id"]: one["position"] for one in entries if one["position"]}
    clauses = {one["clause"]["id"]: (one["date"], one["clause"]) for one in entries if one["clause"]}
    assert {id_: positions[id_]["stance"] for id_ in ("p073", "p074", "p006")} == {
        "p073": "demands",
        "p074": "supports",
        "p006": "open_to",
    }
    assert "security shield" in positions["p074"]["statement"]
    assert clauses[f"{US_FEBRUARY}/c06"][0] == "2025-02-12"
    assert clauses["us-ukraine-minerals-2025/c01"][0] == "2025-04-30"
    assert terms(clauses["us-ukraine-minerals-2025/c02"][1])["licence_income_share"] == 50
    assert quarrel["date"] == "2025-02-28"
    assert {"trump", "vance", "zelensky"} == named(quarrel)
    deal = statements.one(source=CONVERSATION, kind="event")
    assert (deal["date"], "Donetsk and Luhansk" in deal["claim"]) == ("2025-04-30", True)


def test_two_articles_weigh_the_nuclear_plant_and_the_land_bridge(ask):
    statements = ask.all("statements/", topic="znpp,crimea,south-oblasts")
    clauses = ask.all("clauses/", topic="znpp")

    plant = statements.one(source=CONVERSATION, subject="nuclear plant")
    assert "Europe's largest" in plant["claim"]
    bridge = statements.one(source=CONVERSATION, claim="land corridor")
    assert "greatest strategic value" in bridge["claim"]
    back = statements.one(source=ALASKA, claim="get the plant back")
    access = statements.one(source=ALASKA, claim="land access", kind="judgement", locator="line 25", reported_by="RUSI")
    assert back["reported_by"] == access["reported_by"]
    assert "not mentioned" in statements.one(kind="omission", topics=["znpp"])["claim"]
    assert "US control" in clauses[f"{US_APRIL}/c11"]["text"]
    assert "eu-ua-counter-2025-04/c13" in clauses


def test_how_many_children_and_prisoners_came_back(ask):
    figures = ask.all("statements/", topic="children,prisoners-detainees", kind="figure,omission")
    clauses = ask.all("clauses/", measure="children_taken,children_returned,prisoners_exchanged")
    positions = ask.all("positions/", topic="children,prisoners-detainees")

    assert terms(clauses[f"{REQUIREMENTS}/c06"]) == {
        "children_taken": 20000,
        "children_returned": 1453,
        "prisoners_exchanged": 2000,
    }
    assert (figures.one(topics=["children"])["source"], figures.one(claim="1,453")["locator"]) == (ALASKA, "line 17")
    assert "more than 2,000" in figures.one(subject="Prisoners exchanged")["claim"]
    assert "thousands" in figures.one(subject="Prisoners still held")["claim"]
    assert figures.one(source=GUANCHA)["said_by"] == {"kind": "party", "id": "ukraine"}
    assert positions["p016"]["source"] == GUANCHA
    assert positions["p023"]["source"] == ALASKA


def test_by_russias_argument_only_the_speaker_of_the_rada_may_lift_the_ban(ask):
    positions = ask.all("positions/", topic="negotiating-authority")
    statements = ask.all("statements/", topic="negotiating-authority")

    assert (positions["p048"]["person"], positions["p048"]["date"]) == ("putin", "2025-01-01")
    assert positions["p048"]["date_precision"] == "month"
    assert "Speaker of the Rada" in positions["p048"]["statement"]
    assert statements.values_of("source") == {GUANCHA}
    by_putin = [one for one in statements.values() if one["said_by"] == {"kind": "person", "id": "putin"}]
    assert {one["kind"] for one in by_putin} == {"argument"}
    assert ["chairman of the Verkhovna Rada" in one["claim"] for one in by_putin].count(True) == 1
    assert "agreed to new talks in Istanbul all the same" in statements.one(kind="event")["claim"]


def test_the_guancha_scheme_keeps_neutrality_and_parts_from_istanbul_and_moscow(ask):
    comparison = ask("comparisons/", proposals=[SCHEME, ISTANBUL])
    positions = ask.all("positions/", party="russia", topic="recognition,neutrality,ceasefire-sequence")

    clauses = comparison["included"]["clauses"]
    regulates = {
        topic["topic"]: {cell["proposal"] for cell in topic["cells"] if cell["clauses"]}
        for topic in comparison["matrix"]
    }
    for common in ("neutrality", "guarantors", "security-guarantees"):
        assert regulates[common] == {SCHEME, ISTANBUL}
    for new in ("contact-line", "recognition", "sanctions", "reconstruction", "accountability"):
        assert regulates[new] == {SCHEME}
    assert "Global South" in clauses[f"{SCHEME}/c01"]["text"]
    assert "international bodies" in clauses[f"{SCHEME}/c02"]["text"]
    assert "Peacekeeping" in clauses[f"{SCHEME}/c03"]["text"]
    assert terms(clauses[f"{SCHEME}/c05"])["talks_on_disputed_territory"] == 10
    assert clauses[f"{SCHEME}/c05"]["legal_effect"] == "none"
    assert "unconditional ceasefire" in clauses[f"{SCHEME}/c06"]["text"]
    assert (positions["p044"]["person"], positions["p044"]["red_line"]) == ("lavrov", True)
    assert (positions["p045"]["topic"], positions["p045"]["stance"]) == ("neutrality", "demands")
    assert "Root causes first" in positions["p047"]["statement"]


def test_the_guancha_column_stands_against_itself_and_the_other_articles(ask):
    slips = ask.all("statements/", kind="slip", source=GUANCHA)
    truces = ask.all("statements/", source=GUANCHA, topic="limited-truce")
    disputes = ask.all("disputes/", source=GUANCHA)

    assert {f"{SCHEME}/c06", f"{KYIV}/c01"} <= named(slips.one(claim="30-day"))
    assert {"p079", "p077"} <= named(slips.one(claim="open to recognising Crimea"))
    assert "d06" in slips.one(subject="signed")["note"]
    assert "Conversation article (lines 9 and 12)" in slips.one(claim="free of preconditions")["note"]
    assert {"scholz", "merz"} <= named(slips.one(claim="Scholz"))
    assert {one["locator"] for one in truces.values()} == {"line 61", "line 97"}
    assert all("None of the other four articles says so" in one["note"] for one in truces.values())
    assert {"d06", "d11", "d21", "d24"} <= disputes.keys()
    assert claims(disputes["d24"]) == {"Ukraine": GUANCHA, "Russia": "postimees-easter"}
    assert claims(disputes["d21"])["Merz"] == "president-may10"


def test_dates_and_names_that_are_not_to_be_trusted_as_printed(ask):
    statements = ask.all("statements/", kind="slip,omission")
    sources = ask.all("sources/", access="full_text")
    disputes = ask.all("disputes/", source=ARABIAN_POST)

    printed = {
        (one["source"], about["id"]): one["claim"]
        for one in statements.where(kind="slip")
        for about in one["about"]
        if about["kind"] == "person"
    }
    assert "2 January 2024" in statements.one(kind="slip", subject="Date at the head")["claim"]
    assert "list of Ukraine's demands" in printed[POST, "hegseth"]
    assert "Bessant" in printed[POST, "bessent"]
    assert "Mekhinsky" in printed[GUANCHA, "medinsky"]
    assert "Scholz" in printed[GUANCHA, "merz"]
    assert "Kuleba" in printed[GUANCHA, "kuleba"]
    undated = {one["source"] for one in statements.where(kind="omission", subject="Date of the")}
    assert undated == {CONVERSATION, ALASKA, POST, GUANCHA}
    assert all(sources[slug]["date_note"] for slug in (*undated, ARABIAN_POST))
    assert sources[ARABIAN_POST]["date"] == "2026-01-23"
    assert set(claims(disputes["d22"])) == {"2 January 2024", "23 January 2026"}
