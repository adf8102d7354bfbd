"""Typed differences of two clauses, with what each side says."""

from typing import Any

import pytest

from proposals.alignment import Clause, Divergence, Term
from proposals.alignment.divergence import divergences, mirrored
from tests.alignment.cast import VOCABULARY, a_clause, a_limit

LIMIT = {"topics": ("army-size",), "modality": "must_not"}


def differing(left: Clause, right: Clause, likeness: float = 0.5) -> dict[str, Divergence]:
    return {d.kind: d for d in divergences(left, right, likeness=likeness, vocabulary=VOCABULARY)}


def texts(divergence: Divergence) -> list[str]:
    return [side.text for side in divergence.sides]


def a_span(value: float | None, comparator: str = "at_most", **fields: Any) -> Term:
    return Term(kind="duration", measure="elections", comparator=comparator, value=value, unit="days", **fields)


def test_another_limit_is_another_quantity() -> None:
    left = a_clause("north/1", "At most 600,000 soldiers.", terms=(a_limit(600_000),), **LIMIT)
    right = a_clause("coast/1", "Up to 800,000 soldiers.", terms=(a_limit(800_000, qualifier="peacetime"),), **LIMIT)

    found = differing(left, right)

    assert list(found) == ["quantity"]
    assert found["quantity"].asserted
    assert not found["quantity"].compatible
    assert texts(found["quantity"]) == ["at most 600,000 persons", "at most 800,000 persons, peacetime"]
    assert [(s.value, s.measure, s.qualifier) for s in found["quantity"].sides] == [
        (600_000, "army_personnel", None),
        (800_000, "army_personnel", "peacetime"),
    ]


def test_a_cap_and_a_strength_are_not_the_same_figure() -> None:
    left = a_clause("north/1", "At most 800 soldiers.", terms=(a_limit(800),))
    right = a_clause("coast/1", "A force of 800 soldiers.", terms=(a_limit(800, "exactly"),))

    assert texts(differing(left, right)["quantity"]) == ["at most 800 persons", "800 persons"]


def test_a_cap_meets_no_limit_at_all() -> None:
    left = a_clause("north/1", "At most 800 soldiers.", terms=(a_limit(800),))
    right = a_clause("coast/1", "No limit on soldiers.", terms=(a_limit(None, "unlimited"),))

    assert texts(differing(left, right)["quantity"]) == ["at most 800 persons", "no limit"]
    assert not differing(left, right)["quantity"].compatible


def test_a_limit_still_without_a_figure_can_hold_with_a_figure() -> None:
    left = a_clause("north/1", "A ceiling on soldiers.", terms=(a_limit(None, "unspecified"),))
    right = a_clause("coast/1", "At most 800 soldiers.", terms=(a_limit(800),))

    assert differing(left, right)["quantity"].compatible


def test_rival_figures_inside_one_clause_are_all_quoted() -> None:
    left = a_clause(
        "north/1",
        "85 or 250 soldiers.",
        terms=(a_limit(85, whose="northern-council"), a_limit(250, whose="coastal-front")),
    )
    right = a_clause("coast/1", "600 soldiers.", terms=(a_limit(600),))

    quantity = differing(left, right)["quantity"]

    assert [(s.clause, s.value, s.whose) for s in quantity.sides] == [
        ("north/1", 85, "northern-council"),
        ("north/1", 250, "coastal-front"),
        ("coast/1", 600, None),
    ]


def test_figures_of_other_subjects_are_not_compared() -> None:
    left = a_clause("north/1", "At most 600 soldiers.", terms=(a_limit(600),))
    other = Term(
        kind="quantity", measure="army_personnel", subject="northern-council", comparator="at_most", value=900.0
    )
    right = a_clause("coast/1", "At most 900 soldiers of the other side.", terms=(other,))

    assert "quantity" not in differing(left, right)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("at most 600,000 troops", "1,5 million troops"),
        ("limited to 600,000 soldiers", "no restriction on soldiers"),
        ("33 hostages are freed", "all hostages are freed"),
        ("30 prisoners are freed", "250 prisoners are freed"),
        ("$100bn is paid", "the Front pays 50 billion dollars"),
    ],
)
def test_figures_in_the_wording_are_compared_where_nothing_is_curated(ours: str, theirs: str) -> None:
    found = differing(a_clause("north/1", ours), a_clause("coast/1", theirs))

    assert found["quantity"].asserted


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("600,000 troops", "600 000 soldiers"),  # the same figure
        ("50:50", "half of the power"),
        ("30 boats", "250 prisoners"),  # other things are counted
        ("100 billion dollars", "30 per cent"),
    ],
)
def test_equal_figures_and_figures_of_other_things_do_not_differ(ours: str, theirs: str) -> None:
    assert "quantity" not in differing(a_clause("north/1", ours), a_clause("coast/1", theirs))


def test_a_hundred_days_meet_as_soon_as_possible() -> None:
    left = a_clause("north/1", "Elections in 100 days.", terms=(a_span(100),))
    soon = (a_span(None, "unspecified", counts_from="signing"),)
    worded = a_clause("coast/1", "Elections as soon as possible.", terms=soon)
    unworded = a_clause("coast/2", "Elections with a deadline to be named.", terms=soon)

    assert differing(left, worded)["deadline"].asserted
    assert texts(differing(left, worded)["deadline"]) == ["at most 100 days", "as soon as possible, from signing"]
    assert texts(differing(left, unworded)["deadline"])[1] == "a deadline without a figure, from signing"


def test_the_same_days_from_another_event_are_another_deadline() -> None:
    left = a_clause("north/1", "100 days after signing.", terms=(a_span(100, counts_from="signing"),))
    right = a_clause("coast/1", "100 days after withdrawal.", terms=(a_span(100, counts_from="withdrawal"),))
    silent = a_clause("coast/2", "100 days.", terms=(a_span(100),))

    assert "deadline" in differing(left, right)
    assert "deadline" not in differing(left, silent)


@pytest.mark.parametrize(
    ("ours", "theirs", "kind"),
    [
        ("Elections within 100 days.", "Elections as soon as possible.", "deadline"),
        ("Elections on 15 May 2031.", "Elections on 1 June 2031.", "deadline"),
        ("The vote is on 15 May 2031.", "The vote follows immediately.", "deadline"),
        ("Freed in the second phase.", "Freed within 72 hours.", "deadline"),
        ("The pause lasts 30 days.", "The pause lasts 60 days.", "duration"),
        ("The pause lasts 30 days.", "The pause is permanent.", "duration"),
    ],
)
def test_times_in_the_wording_are_compared(ours: str, theirs: str, kind: str) -> None:
    found = differing(a_clause("north/1", ours), a_clause("coast/1", theirs))

    assert found[kind].asserted
    assert differing(a_clause("north/1", theirs), a_clause("coast/1", ours))[kind].asserted


def test_a_permanent_stop_is_no_thirty_days() -> None:
    thirty = Term(kind="duration", measure="ceasefire", comparator="exactly", value=30.0, unit="days")
    left = a_clause("north/1", "A ceasefire.", topics=("ceasefire",), permanence="permanent")
    right = a_clause("coast/1", "A pause.", topics=("ceasefire",), permanence="temporary", terms=(thirty,))

    assert texts(differing(left, right)["scope"]) == ["permanent", "temporary"]


def test_in_law_is_not_in_fact() -> None:
    left = a_clause("north/1", "Salt Island is recognised.", legal_effect="in_law")
    right = a_clause("coast/1", "Salt Island is recognised.", legal_effect="in_fact")

    assert texts(differing(left, right)["legal_effect"]) == ["in law", "in fact"]


def test_the_same_words_bind_another_party() -> None:
    left = a_clause("north/1", "The mines are cleared.", roles=(("obligated", "northern-council"),))
    right = a_clause("coast/1", "The mines are cleared.", roles=(("obligated", "coastal-front"),))

    actor = differing(left, right, likeness=1.0)["actor"]

    assert actor.asserted
    assert not actor.compatible
    assert texts(actor) == ["Northern Council", "Coastal Front"]


def test_more_parties_bound_can_hold_with_fewer() -> None:
    left = a_clause("north/1", "The Northern Council clears mines.", roles=(("obligated", "northern-council"),))
    both = (("obligated", "northern-council"), ("obligated", "coastal-front"))
    right = a_clause("coast/1", "Mines are cleared.", roles=both)

    assert differing(left, right)["actor"].compatible


def test_a_body_with_other_members_is_another_body() -> None:
    left = a_clause(
        "north/1", "A committee of the Northern Council watches.", roles=(("obligated", "northern-council"),)
    )
    both = (("obligated", "northern-council"), ("obligated", "coastal-front"))
    right = a_clause("coast/1", "A commission of Northern Council and Coastal Front watches.", roles=both)

    assert not differing(left, right)["actor"].compatible


def test_actors_and_force_read_from_the_wording_are_hints() -> None:
    left = a_clause("north/1", "The Northern Council must clear the mines.")
    right = a_clause("coast/1", "The Coastal Front may clear the mines.")

    found = differing(left, right)

    assert {kind: d.asserted for kind, d in found.items()} == {"modality": False, "actor": False}


def test_a_total_ban_reaches_further_than_a_ban_on_permanent_presence() -> None:
    ban = {"topics": ("foreign-forces",), "modality": "must_not"}
    left = a_clause("north/1", "No foreign troops.", **ban)
    right = a_clause("coast/1", "No permanent foreign troops.", permanence="permanent", **ban)

    assert texts(differing(left, right)["scope"]) == ["without restriction", "permanent"]


def test_a_duty_is_not_an_option() -> None:
    left = a_clause("north/1", "Ports open.", topics=("fishing",), modality="must")
    right = a_clause("coast/1", "Ports may open.", topics=("fishing",), modality="may")

    assert differing(left, right)["modality"].asserted


def test_a_duty_and_an_aim_differ_in_force_and_can_hold_together() -> None:
    left = a_clause("north/1", "Ports open.", topics=("fishing",), modality="must")
    right = a_clause("coast/1", "The aim is open ports.", topics=("fishing",), modality="aims")

    force = differing(left, right)["modality"]

    assert (force.asserted, force.compatible) == (True, True)


def test_an_option_on_one_of_several_matters_of_a_duty_is_still_against_it() -> None:
    left = a_clause("north/1", "Bases close and ports open.", topics=("foreign-forces", "fishing"), modality="must")
    right = a_clause("coast/1", "Ports may open.", topics=("fishing",), modality="may")

    assert differing(left, right)["modality"].asserted


def test_whom_one_text_leaves_free_the_other_must_not_bind() -> None:
    roles = {
        "free": (("obligated", "northern-council"), ("beneficiary", "coastal-front")),
        "bound": (("obligated", "coastal-front"),),
    }
    left = a_clause("north/1", "No limit on soldiers of the Coastal Front.", modality="must_not", roles=roles["free"])
    right = a_clause("coast/1", "The Coastal Front keeps few soldiers.", modality="must", roles=roles["bound"])
    bound_too = a_clause(
        "coast/2",
        "Both keep few soldiers.",
        modality="must",
        roles=(*roles["bound"], ("obligated", "northern-council")),
    )

    force = differing(left, right)["modality"]

    assert (force.asserted, force.compatible, texts(force)) == (True, False, ["is left free", "is bound"])
    assert "modality" not in differing(left, bound_too) or not differing(left, bound_too)["modality"].asserted


def test_a_duty_to_do_and_a_duty_not_to_do_may_say_the_same() -> None:
    left = a_clause("north/1", "The Front stays out.", topics=("fishing",), modality="must")
    right = a_clause("coast/1", "The Front does not come in.", topics=("fishing",), modality="must_not")

    assert "modality" not in differing(left, right)


def test_force_that_may_speak_of_another_part_of_a_clause_is_a_hint() -> None:
    left = a_clause("north/1", "No bases; ports may open.", topics=("foreign-forces", "fishing"), modality="must_not")
    right = a_clause("coast/1", "Ports may open.", topics=("fishing",), modality="may")

    assert not differing(left, right)["modality"].asserted


def test_a_condition_on_one_side_is_told_and_can_hold_with_the_other() -> None:
    left = a_clause("north/1", "Ports open.")
    right = a_clause("coast/1", "Ports open.", condition="once the mines are cleared")

    condition = differing(left, right)["condition"]

    assert condition.compatible
    assert texts(condition) == ["no condition", "once the mines are cleared"]


@pytest.mark.parametrize("theirs", ["Once the mines are cleared the fighting stops.", "The fighting stops."])
def test_a_condition_is_against_a_text_that_refuses_any(theirs: str) -> None:
    condition = "" if theirs.startswith("Once") else "the mines are cleared"
    left = a_clause("north/1", "All fighting stops without conditions.", topics=("ceasefire",))
    right = a_clause("coast/1", theirs, topics=("ceasefire",), condition=condition)

    found = differing(left, right)["condition"]

    assert (found.asserted, found.compatible) == (True, False)
    assert texts(found)[0] == "without conditions"


def test_to_agree_is_no_condition_of_an_agreement() -> None:
    left = a_clause("north/1", "All fighting stops without conditions.", topics=("ceasefire",))
    right = a_clause("coast/1", "The fighting stops as soon as all sides agree.", topics=("ceasefire",))

    assert "condition" not in differing(left, right)


def test_two_bodies_that_watch_the_same_matter_cannot_both_be_meant() -> None:
    left = a_clause("north/1", "The mediator monitors it.", topics=("monitoring",), roles=(("obligated", "mediator"),))
    both = (("obligated", "northern-council"), ("obligated", "coastal-front"))
    right = a_clause("coast/1", "A joint centre monitors it.", topics=("monitoring",), roles=both)
    aside = a_clause("coast/2", "Peace; both monitor it.", topics=("ceasefire", "monitoring"), roles=both)

    assert not differing(left, right)["actor"].compatible
    assert differing(left, aside)["actor"].compatible


@pytest.mark.parametrize(
    ("ours", "theirs", "compatible"),
    [
        (("grey-coast",), ("salt-island",), False),
        (("grey-coast", "salt-island"), ("salt-island",), True),  # one names more
        (("grey-coast", "salt-island"), ("salt-island", "high-pass"), False),
    ],
)
def test_other_places_differ(ours: tuple[str, ...], theirs: tuple[str, ...], compatible: bool) -> None:
    found = differing(
        a_clause("north/1", "A zone.", territories=ours), a_clause("coast/1", "A strip.", territories=theirs)
    )

    assert found["territory"].compatible is compatible


def test_places_are_read_from_the_wording_where_none_are_curated() -> None:
    found = differing(
        a_clause("north/1", "Soldiers leave Salt Island."), a_clause("coast/1", "Soldiers leave High Pass.")
    )

    assert texts(found["territory"]) == ["Salt Island", "High Pass"]
    assert found["territory"].asserted


def test_the_same_clause_has_no_difference() -> None:
    fields: dict[str, Any] = {
        "terms": (a_limit(600),),
        "roles": (("obligated", "coastal-front"),),
        "condition": "if signed",
    }

    left, right = (a_clause(f"{slug}/1", "At most 600 soldiers.", **LIMIT, **fields) for slug in ("north", "coast"))

    assert differing(left, right) == {}


def test_a_mirrored_divergence_swaps_its_sides_only() -> None:
    left = a_clause("north/1", "At most 600 soldiers.", terms=(a_limit(600),))
    right = a_clause("coast/1", "At most 800 soldiers.", terms=(a_limit(800),))

    one, two = differing(left, right)["quantity"], differing(right, left)["quantity"]

    assert mirrored(one) == two


def test_a_coded_figure_stands_with_its_cap_beside_one_read_from_a_pasted_text() -> None:
    coded = a_clause("north/1", "The army has 600 soldiers.", terms=(a_limit(600),))
    pasted = a_clause("coast/1", "The army has 700 soldiers.")

    found = differing(coded, pasted)

    assert texts(found["quantity"]) == ["at most 600 persons", "700 soldiers"]
