"""Texts stay texts on every page, nothing is run that the policy forbids, and sessions end without losing work."""

from pathlib import Path
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import Page

from tests.access.matrix import PAGES
from tests.chromium import accessibility_faults
from tests.factories import make_proposal
from tests.roles import make_user
from tests.workshop.conftest import SignIn, Stored
from tests.workshop.hostile_records import make_hostile_records

_PAGES = ("changelist", "add", "change", "delete", "history")
_PASSWORD = "harbour and wall"
# Elements that only a text which was taken for markup brings in.
_INJECTED = """[
    ...document.querySelectorAll("img[src='x'], img[src^='https://example'], [onerror], [onclick], [onload]"),
    ...document.querySelectorAll("a[href^='javascript'], iframe, object, embed, base"),
    ...[...document.querySelectorAll("script")].filter(one => !one.src && one.type !== "application/json"),
    ...document.querySelectorAll("style, [style*='url(']"),
].map(one => one.outerHTML.slice(0, 200))"""


def _addresses(records: dict[str, Any]) -> list[str]:
    """Every page of every model, and those that belong to none."""
    found = [reverse(f"admin:{name}") for name in ("index", "password_change", "password_change_done")]
    by_model = {record.__class__: record for record in records.values()}
    for name, (args, row) in PAGES.items():
        # The others answer no page, are asked above, or are gone with the session.
        if row[-1] == 200 and name not in ("index", "app_list", "jsi18n"):
            pair = ["hostile-plan", "hostile-answer"]
            found.append(reverse(f"admin:{name}", args=pair if name.endswith("line_up") else args(by_model)))
    for model, model_admin in admin.site._registry.items():
        opts = model._meta
        record = records[opts.label_lower]
        for page in _PAGES:
            if page == "add" and not model_admin.has_add_permission(_Request()):
                continue
            if page == "delete" and not model_admin.has_delete_permission(_Request()):
                continue
            args = [] if page in ("changelist", "add") else [record.pk]
            found.append(reverse(f"admin:{opts.app_label}_{opts.model_name}_{page}", args=args))
        for to in ("withdrawn", "review"):
            if hasattr(model_admin, "move_view"):
                found.append(reverse(f"admin:{opts.app_label}_{opts.model_name}_move", args=[record.pk, to]))
    return found


class _Request:
    """Of a superuser, as far as permissions are asked for."""

    user = User(is_superuser=True)


def test_hostile_words_are_words_on_every_page(sign_in: SignIn, stored: Stored) -> None:
    def make() -> dict[str, Any]:
        return make_hostile_records(User.objects.create_superuser("hostile-ida"))

    records = stored(make)
    page = sign_in("/admin/", name="hostile-ida")
    site = page.url.split("/admin/")[0]
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))

    for address in stored(lambda: _addresses(records)):
        opened = page.goto(site + address)

        assert opened is not None
        assert opened.status == 200, address
        assert page.evaluate(_INJECTED) == [], address
        assert "unsafe" not in opened.headers["content-security-policy"]
    # No comparison can be made with what it holds.
    stored(lambda: records["proposals.vocabularysnapshot"].delete())
    for address in ("/", "/proposals/hostile-plan/", "/compare/?proposals=hostile-plan,hostile-answer"):
        opened = page.goto(site + address)

        assert opened is not None
        assert opened.status == 200, address
        assert page.evaluate(_INJECTED) == [], address
    assert dialogs == []


def _sign_in_by_hand(page: Page, name: str, password: str = _PASSWORD) -> None:
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in").click()


def test_one_signs_in_changes_the_password_and_signs_out(sign_in: SignIn, stored: Stored) -> None:
    stored(lambda: make_user("editor", "signs-in", password=_PASSWORD))
    page = sign_in("/admin/", name="signs-in", role="editor")
    page.context.clear_cookies()
    site = page.url.split("/admin/")[0]

    page.goto(f"{site}/admin/")
    assert accessibility_faults(page) == []
    _sign_in_by_hand(page, "signs-in")
    cookies = {cookie["name"]: cookie for cookie in page.context.cookies()}
    page.goto(f"{site}/admin/password_change/")
    page.get_by_label("Old password").fill(_PASSWORD)
    page.get_by_label("New password", exact=False).nth(0).fill("quay and lighthouse")
    page.get_by_label("New password confirmation").fill("quay and lighthouse")
    page.get_by_role("button", name="Change my password").click()
    page.get_by_text("Your password was changed").wait_for()
    page.get_by_role("button", name="Log out").click()
    page.get_by_role("link", name="Log in again").wait_for()

    assert cookies["sessionid"]["httpOnly"]
    assert cookies["sessionid"]["sameSite"] == cookies["csrftoken"]["sameSite"] == "Lax"
    # Forgotten when the browser closes.
    assert cookies["sessionid"]["expires"] == -1
    assert "sessionid" not in {cookie["name"] for cookie in page.context.cookies()}


def test_a_form_outlives_the_session_it_was_opened_in(sign_in: SignIn, stored: Stored, tmp_path: Path) -> None:
    stored(lambda: make_user("editor", "outlives", password=_PASSWORD))
    plan = stored(lambda: make_proposal("outlives-plan", stage="draft"))
    address = f"/admin/proposals/proposal/{plan.pk}/change/"
    page = sign_in(address, name="outlives", role="editor")
    page.locator("#id_summary").fill("Typed before the session ended.")

    stored(lambda: Session.objects.all().delete())
    page.locator("input[name=_continue]").first.click()
    page.get_by_role("alert").wait_for()
    told, typed = page.get_by_role("alert").inner_text(), page.locator("#id_summary").input_value()
    page.screenshot(path=tmp_path / "session-ended.png")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in again in another tab").click()
    _sign_in_by_hand(opened.value, "outlives")
    opened.value.wait_for_url("**/admin/")
    page.locator("input[name=_continue]").first.click()
    page.locator(".success").wait_for()

    assert "Your session has ended" in told
    assert typed == "Typed before the session ended."
    plan_now = stored(lambda: type(plan).objects.get(pk=plan.pk))
    assert plan_now.summary == "Typed before the session ended."


def test_a_proposal_goes_from_draft_to_public_and_back(sign_in: SignIn, stored: Stored, tmp_path: Path) -> None:
    from tests.factories import make_clause

    def make() -> Any:
        plan = make_proposal("staged-plan", stage="draft", short_title="Staged plan")
        make_clause(plan, text="The harbour opens.", stage="draft")
        make_clause(plan, text="It stays open.", stage="draft").citations.all().delete()
        return plan

    plan = stored(make)
    address = f"/admin/proposals/proposal/{plan.pk}/change/"
    page = sign_in(address, name="stage-editor", role="editor")
    page.screenshot(path=tmp_path / "draft.png")

    page.get_by_role("link", name="Make public").click()
    hindered = page.inner_text("#content")
    page.screenshot(path=tmp_path / "hindered.png")
    assert accessibility_faults(page) == []
    stored(lambda: plan.clauses.get(key="c02").citations.create(source=plan.citations.get().source))
    page.reload()
    page.set_viewport_size({"width": 768, "height": 900})
    page.get_by_label("Note").fill("Read against the print.")
    page.screenshot(path=tmp_path / "confirm-768.png", full_page=True)
    assert accessibility_faults(page) == []
    page.get_by_role("button", name="Make public").click()
    page.get_by_text("1 record is public now.").wait_for()
    page.screenshot(path=tmp_path / "public-768.png", full_page=True)

    assert "staged-plan/c02 has no source." in hindered
    assert "by Stage-Editor: Read against the print." in page.inner_text("#content")
    reviewer = sign_in(address, name="stage-reviewer", role="reviewer")
    reviewer.get_by_role("link", name="Withdraw").click()
    reviewer.get_by_role("button", name="Withdraw").click()
    reviewer.get_by_text("1 record is withdrawn now.").wait_for()
    reviewer.get_by_role("link", name="Preview").click()
    assert "Staged plan is not public: withdrawn." in reviewer.inner_text("main")
    reviewer.screenshot(path=tmp_path / "preview.png")
    assert accessibility_faults(reviewer) == []
