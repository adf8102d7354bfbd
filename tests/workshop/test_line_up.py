"""Lining two proposals up in a browser, by mouse and by keyboard."""

import datetime
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from proposals.models import Clause, Decision, Silence
from tests.chromium import accessibility_faults
from tests.factories import make_clause, make_decision, make_proposal, make_term
from tests.workshop.conftest import SignIn, Stored

_LARGEST = "/admin/proposals/proposal/line-up/us-28-point-2025-11/e3-counter-2025-11/"
_SENTENCE = "The garrison of the old harbour has at most {} soldiers."


class Plans:
    """Two plans of their own for each test; what is decided on their pairs, by the keys of the clauses."""

    def __init__(self, name: str, stored: Stored) -> None:
        self.left, self.right, self._stored = f"council-plan-{name}", f"front-answer-{name}", stored
        self.address = f"/admin/proposals/proposal/line-up/{self.left}/{self.right}/"

    def make(self) -> None:
        plan = make_proposal(self.left, short_title="Council plan")
        answer = make_proposal(self.right, short_title="Front answer", date=datetime.date(2031, 6, 1))
        for proposal, figure in ((plan, 500), (answer, 800)):
            make_term(
                make_clause(proposal, text=_SENTENCE.format(figure), label="Garrison", topics=["garrison"]),
                value=figure,
            )
        make_clause(plan, text="The Coastal Front opens the old harbour to ships.", label="Opening", topics=["harbour"])
        make_clause(answer, text="The old harbour is opened to ships.", label="Ships", topics=["harbour"])
        make_clause(plan, text="Prisoners go home.", label="Prisoners", topics=["prisoners"])
        make_clause(answer, text="Pilots guide every ferry.", label="Pilots", topics=["pilots"])

    def decided(self) -> dict[tuple[str, str], tuple[str, str, str]]:
        def read() -> Any:
            decisions = Decision.objects.filter(left__proposal__slug=self.left).with_parts()
            return {(one.left.key, one.right.key): (one.verdict, one.relation, one.note) for one in decisions}

        return self._stored(read)

    def decide(self, **fields: Any) -> None:
        def write() -> None:
            sides = [Clause.objects.get(proposal__slug=slug, key="c01") for slug in (self.left, self.right)]
            make_decision(*sides, **fields)

        self._stored(write)

    def change(self, text: str) -> None:
        self._stored(lambda: Clause.objects.filter(proposal__slug=self.right, key="c01").update(text=text))

    def silences(self) -> list[tuple[str, str]]:
        silences = Silence.objects.filter(proposal__slug__in=[self.left, self.right])
        return self._stored(lambda: list(silences.order_by("pk").values_list("topic__slug", "checked_by")))


@pytest.fixture
def plans(stored: Stored, request: pytest.FixtureRequest) -> Plans:
    made = Plans(request.node.name.replace("_", "-").split("[")[0][5:40].strip("-"), stored)
    stored(made.make)
    return made


def told(page: Page) -> Any:
    """What screen readers are told."""
    return expect(page.locator("#told"))


def _without_complaints(page: Page) -> None:
    """Lets what was refused through without its status, which the browser itself tells in the console."""
    page.route("**/decide/", lambda route: route.fulfill(status=200, response=route.fetch()))


def at(page: Page) -> str:
    return str(page.locator(".pair.is-current").get_attribute("id"))


def test_a_review_by_keyboard_alone(sign_in: SignIn, plans: Plans) -> None:
    page = sign_in(plans.address, name="keys-editor")
    first, *others = [str(one.get_attribute("id")) for one in page.locator(".pair").all()]
    assert (at(page), len(others)) == (first, 1)

    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.id") == others[0]
    page.keyboard.press("ArrowUp")
    assert at(page) == first
    page.keyboard.press("k")
    told(page).to_have_text("This is the first pair.")

    page.goto(page.url.split("#")[0] + "#pair__c01__c01")
    page.reload()
    page.keyboard.press("c")
    told(page).to_have_text("Decided: same matter, conflict.")
    assert at(page) == "pair__c02__c02"
    page.keyboard.press("n")
    told(page).to_have_text("Decided: not the same matter.")
    expect(page.locator("#progress")).to_contain_text("2 of 2 pairs decided")
    expect(page.get_by_role("link", name="Open the public comparison")).to_be_visible()
    assert plans.decided() == {
        ("c01", "c01"): ("same_matter", "conflict", ""),
        ("c02", "c02"): ("not_same_matter", "", ""),
    }

    page.keyboard.press("m")
    page.keyboard.type("yes, jokes on me: n")
    page.keyboard.press("Control+Enter")
    told(page).to_have_text("The note is saved.")
    assert plans.decided()["c02", "c02"] == ("not_same_matter", "", "yes, jokes on me: n")
    page.keyboard.press("e")
    told(page).to_have_text("Decided: same matter, equivalent.")
    page.keyboard.press("r")
    told(page).to_have_text("Decided: same matter.")
    page.keyboard.press("u")
    told(page).to_have_text("The decision is taken back.")
    assert plans.decided().keys() == {("c01", "c01")}

    page.keyboard.press("l")
    expect(page.locator("#by-hand-right")).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("pilots guide")
    page.locator("#by-hand-left").fill("c03")
    page.locator("#by-hand-right").press("Enter")
    expect(page.locator("#pair__c03__c03")).to_be_focused()
    assert plans.decided()["c03", "c03"][0] == "same_matter"

    page.keyboard.press("g")
    expect(page.locator(".gap:focus")).to_have_count(1)
    page.keyboard.press("s")
    told(page).to_contain_text("Recorded: ")
    assert [name for _, name in plans.silences()] == ["Keys-Editor"]

    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("u")  # in the window no key does anything
    page.get_by_label("Single keys do something").uncheck()
    page.keyboard.press("Escape")
    page.locator("#pair__c01__c01 h3 a").click()
    page.keyboard.press("u")
    assert len(plans.decided()) == 2


def test_a_review_by_mouse_alone(sign_in: SignIn, plans: Plans) -> None:
    page = sign_in(plans.address, name="mouse-editor")

    page.locator("#pair__c01__c01 h3 a").click()
    card = page.locator("#pair__c01__c01")
    expect(card.get_by_role("table", name="What differs")).to_contain_text("500")
    card.get_by_label("Note").fill("Both count soldiers.")
    card.get_by_role("button", name="Overlap").click()
    told(page).to_have_text("Decided: same matter, overlap.")
    assert plans.decided() == {("c01", "c01"): ("same_matter", "overlap", "Both count soldiers.")}

    card.locator("h3 a").click()
    expect(card.locator(".verdict")).to_contain_text("by you, as Mouse-Editor")
    card.get_by_role("button", name="Take back").click()
    told(page).to_have_text("The decision is taken back.")
    assert plans.decided() == {}

    _without_complaints(page)
    page.locator("#clause__left__c03 .by-hand-link").click()
    page.get_by_role("dialog", name="Link by hand").get_by_label("Front answer").fill("nothing like it")
    page.get_by_role("button", name="Link", exact=True).click()
    expect(page.locator("#by-hand-fault")).to_have_text("No clause of Front answer has “nothing like it”.")
    page.get_by_role("dialog").get_by_label("Front answer").fill("c03")
    page.get_by_role("button", name="Link", exact=True).click()
    expect(page.locator("#pair__c03__c03 .verdict")).to_be_visible()
    expect(page.locator("#clause__left__c03 .partners")).to_contain_text("Pilots")

    gap = page.locator(".gap", has_text="Prisoners")
    gap.get_by_text("Why and from which copy").click()
    gap.get_by_label("Why").fill("The annex was read too.")
    gap.get_by_role("button", name="Record a silence").click()
    expect(gap).to_contain_text("The annex was read too. Checked by Mouse-Editor")
    assert plans.silences() == [("prisoners", "Mouse-Editor")]


def test_the_second_of_two_editors_sees_both_verdicts_and_decides(sign_in: SignIn, plans: Plans) -> None:
    page = sign_in(plans.address + "#pair__c01__c01", name="second-editor")
    plans.decide(verdict="not_same_matter", note="Another garrison.")

    _without_complaints(page)
    page.keyboard.press("o")

    clash = page.get_by_role("alert").filter(has_text="two readers has decided this pair")
    expect(clash).to_contain_text("You wanted: the same matter, overlap.")
    assert plans.decided()["c01", "c01"] == ("not_same_matter", "", "Another garrison.")
    assert accessibility_faults(page) == []
    clash.get_by_role("button", name="Decide so all the same").click()
    told(page).to_have_text("Decided: same matter, overlap.")
    assert plans.decided()["c01", "c01"][:2] == ("same_matter", "overlap")


def test_a_stale_decision_comes_first_and_is_confirmed_by_one_key(sign_in: SignIn, plans: Plans) -> None:
    plans.decide(relation="overlap")
    plans.change("The garrison of the old harbour has at most 900 soldiers.")
    page = sign_in(plans.address, name="stale-editor")

    assert at(page) == "pair__c01__c01"
    expect(page.locator("#pair__c01__c01 .stale-note")).to_contain_text("was changed since")
    page.keyboard.press("u")  # somebody else's: the key only leads to the button
    expect(page.get_by_role("button", name="Take back the decision of two readers")).to_be_focused()
    page.keyboard.press("y")

    told(page).to_have_text("Decided: same matter, overlap.")
    expect(page.locator("#pair__c01__c01")).to_have_attribute("data-standing", "decided")


def test_it_works_without_scripts(sign_in: SignIn, plans: Plans) -> None:
    page = sign_in("/admin/", name="plain-editor")
    context = page.context.browser.new_context(java_script_enabled=False)  # type: ignore[union-attr]
    context.add_cookies(page.context.cookies())  # type: ignore[arg-type]
    plain = context.new_page()
    plain.goto(page.url.replace("/admin/", plans.address))

    plain.locator("#pair__c01__c01").get_by_role("button", name="Conflict").click()
    expect(plain.get_by_text("Decided: same matter, conflict.")).to_be_visible()
    plain.get_by_role("button", name="Record a silence of Front answer on Prisoners").click()
    expect(plain.get_by_text("Recorded: Front answer is silent on Prisoners.")).to_be_visible()
    plain.locator("#by-hand-left").fill("c03")
    plain.locator("#by-hand-right").fill("c03")
    plain.get_by_role("button", name="Link", exact=True).click()

    assert plans.decided().keys() == {("c01", "c01"), ("c03", "c03")}
    context.close()


def test_the_way_leads_from_a_proposal_by_its_choice_to_the_page(sign_in: SignIn) -> None:
    page = sign_in("/admin/proposals/proposal/?q=e3-counter-2025-11", name="way-editor")
    page.locator("#result_list .field-short_title a").click()

    page.get_by_role("link", name="Line up with…").click()
    expect(page.get_by_role("combobox", name="Another proposal")).to_be_visible()
    assert accessibility_faults(page) == []
    page.locator(".select2-selection").click()
    page.locator(".select2-search__field").fill("28-point")
    page.locator(".select2-results__option", has_text="US 28").first.click()
    page.get_by_role("button", name="Line up").click()

    expect(page.locator("h1", has_text="Line up")).to_contain_text("US 28 points")


@pytest.mark.parametrize("width", [1280, 768])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_largest_pair_is_accessible_and_fits(sign_in: SignIn, width: int, scheme: Any) -> None:
    page = sign_in("/admin/", name="reader-of-all", width=width)
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(page.url.replace("/admin/", _LARGEST))
    # Colours fade over when a class changes, and axe would measure them half way.
    page.evaluate("Promise.all(document.getAnimations().map((one) => one.finished)).then(() => null)")

    assert accessibility_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.keyboard.press("?")
    assert accessibility_faults(page) == []
