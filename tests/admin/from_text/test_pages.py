"""The pages as they are without a script: every button posts the form and shows it again."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from proposals.models import Clause, Measure, Proposal, Stage
from tests.admin.conftest import Editor
from tests.documents.pdf_files import pdf
from tests.documents.word_files import numbered, outline, paragraph, word
from tests.factories import make_clause, make_party, make_process, make_proposal, make_source
from tests.hostile import TEXTS

ADDRESS = "/admin/proposals/proposal/from-text/"
TEXT = """1. Ceasefire
The Northern Council must cease fire within 10 days.
a) on land;
b) at sea.
2. Garrison
The Coastal Front keeps at most 600 soldiers.
"""
FACTS = {
    "title": "Plan of the Northern Council",
    "short_title": "Council plan",
    "slug": "council-plan-2031",
    "kind": "points_plan",
    "date": "2031-05-01",
    "date_precision": "day",
    "text_status": "leaked",
    "clauses_complete": "yes",
    "wording": "verbatim",
    "language": "en",
    "evidence": "full_text",
    "summary": "An invented plan.",
}


class Desk:
    """One editor at the page; `fields` are those of the form as a browser would send them."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.fields: list[tuple[str, str]] = []
        self.response: Any = None

    def cut(self, text: str = "", **more: Any) -> "Desk":
        return self._shown(self.client.post(ADDRESS, {"text": text, "do": "cut", **more}))

    def press(self, command: str, **changed: str) -> "Desk":
        """Presses a button after some fields were changed; a name of `r1_text` stands for r1-text."""
        return self._shown(self.client.post(ADDRESS, self.sent(command, **changed)))

    def sent(self, command: str, **changed: str) -> dict[str, list[str]]:
        sent: dict[str, list[str]] = {}
        for name, value in self.fields:
            sent.setdefault(name, []).append(value)
        known = {name.replace("-", "_"): name for name in sent}
        return sent | {known.get(name, name): [value] for name, value in changed.items()} | {"do": [command]}

    def tick(self, row: str, words: str) -> None:
        self.fields.append((f"{row}-tick", self.box(row, words).get("value", "")))

    def box(self, row: str, words: str) -> Any:
        (label,) = [one for one in self.page.xpath(f"//li[@id='{row}']//label") if words in one.text_content()]
        return label.find("input")

    @property
    def page(self) -> Any:
        return html.fromstring(self.response.content.decode())

    @property
    def outline(self) -> list[str]:
        """Each clause: a blank for each level, its number, its text; a cross where it is left out."""
        return [
            " " * int(row.get("data-depth"))
            + " ".join(
                filter(None, (row.find_class("number")[0].get("value"), row.xpath(".//textarea")[0].text.strip()))
            )
            + (" x" if row.get("data-out") else "")
            for row in self.page.find_class("clause")
        ]

    def told(self, name: str = "errorlist") -> list[str]:
        return [" ".join(one.text_content().split()) for one in self.page.find_class(name)]

    def _shown(self, response: HttpResponse) -> "Desk":
        self.response = response
        if response.status_code == 200:
            self.fields = [
                field for form in self.page.forms if form.get("id") == "from-text" for field in form.form_values()
            ]
        return self


@pytest.fixture
def desk(editor: Editor) -> Desk:
    make_process()
    for slug in ("northern-council", "coastal-front"):
        make_party(slug)
    for code, kind in [("garrison_strength", "quantity"), ("time_limit", "duration"), ("start", "date")]:
        Measure.objects.create(code=code, kind=kind, name=code.replace("_", " "))
    earlier = make_proposal("earlier-plan")
    make_clause(earlier, text="The Northern Council must cease fire.", topics=["ceasefire"])
    return Desk(editor.client)


def facts(**changed: str) -> dict[str, str]:
    return {**FACTS, "process": str(make_process().pk), **changed}


def test_a_text_becomes_a_draft_with_everything_in_its_place(desk: Desk) -> None:
    source = make_source()
    desk.cut(TEXT)
    desk.tick("r1", "10 days")
    desk.tick("r1", "must")

    desk.press("save", **facts(source=str(source.pk)))

    proposal = Proposal.objects.get(slug="council-plan-2031")
    clauses = list(proposal.clauses.in_reading_order())
    assert desk.response.headers["Location"] == reverse("admin:proposals_proposal_change", args=[proposal.pk])
    assert proposal.stage == Stage.DRAFT
    assert [(one.key, one.number, one.label, one.order, one.parent and one.parent.key) for one in clauses] == [
        ("c01", "1", "Ceasefire", 1, None),
        ("c02", "a", "on land;", 2, "c01"),
        ("c03", "b", "at sea.", 3, "c01"),
        ("c04", "2", "Garrison", 4, None),
    ]
    assert {(one.stage, one.wording, one.language, one.evidence) for one in clauses} == {
        (Stage.DRAFT, "verbatim", "en", "full_text")
    }
    assert [list(one.sources.all()) for one in clauses] == [[source]] * 4
    assert list(proposal.sources.all()) == [source]
    # What was ticked is stored, and nothing else.
    assert [one.modality for one in clauses] == ["must", "", "", ""]
    assert [(term.kind, term.value, term.unit) for term in clauses[0].terms.all()] == [("duration", 10, "days")]
    assert [one.roles.count() + one.topics.count() for one in clauses] == [0, 0, 0, 0]
    assert clauses[3].terms.count() == 0


def test_nothing_is_ticked_until_somebody_ticks(desk: Desk) -> None:
    desk.cut(TEXT)

    assert desk.page.xpath("//input[@type='checkbox']")
    assert not [name for name, _ in desk.fields if name.endswith("-tick")]


def test_a_role_and_a_measure_may_be_others_than_suggested(desk: Desk) -> None:
    Measure.objects.create(code="grace_period", kind="duration", name="grace period")
    desk.cut(TEXT)
    desk.tick("r1", "10 days")
    desk.tick("r1", "Northern Council")
    names = {
        kind: next(one.get("name") for one in desk.page.xpath(f"//li[@id='r1']//{kind}[contains(@name, '-as-')]"))
        for kind in ("select", "input")
    }

    desk.press("save", **facts(), **{names["select"]: "beneficiary", names["input"]: "grace_period"})

    clause = Clause.objects.get(proposal__slug="council-plan-2031", key="c01")
    assert [(role.role, role.party.slug) for role in clause.roles.all()] == [("beneficiary", "northern-council")]
    assert [term.measure.code for term in clause.terms.all()] == ["grace_period"]


def test_the_words_that_a_suggestion_rests_on_are_marked(desk: Desk) -> None:
    desk.cut(TEXT)

    assert "10 days" in [mark.text_content() for mark in desk.page.xpath("//li[@id='r1']//mark")]
    shown = desk.page.xpath("//li[@id='r1']//div[@class='shown']")[0].text_content()
    assert shown.strip() == "The Northern Council must cease fire within 10 days."


def test_every_button_shows_the_form_again_with_what_was_typed(desk: Desk) -> None:
    desk.cut(TEXT)
    assert desk.outline == [
        "1 The Northern Council must cease fire within 10 days.",
        " a on land;",
        " b at sea.",
        "2 The Coastal Front keeps at most 600 soldiers.",
    ]

    desk.press("merge r2", title="Typed already", r4_label="Men")
    assert desk.outline[1] == " a on land;\nb) at sea."
    desk.press("up r4")
    desk.press("out r1")
    assert desk.outline == [
        "2 The Coastal Front keeps at most 600 soldiers.",
        "1 The Northern Council must cease fire within 10 days. x",
        " a on land;\nb) at sea.",
    ]
    desk.press("split r2", r2_text="on land;\n\nb) at sea and in the air.")
    assert desk.outline[2:] == [" a on land;", " b at sea and in the air."]
    desk.press("undo")
    desk.press("undo")
    desk.press("undo")

    assert desk.outline[:2] == [
        "1 The Northern Council must cease fire within 10 days.",
        " a on land;\n\nb) at sea and in the air.",
    ]
    assert dict(desk.fields)["title"] == "Typed already"
    assert dict(desk.fields)["r4-label"] == "Men"
    assert not Proposal.objects.filter(title="Typed already").exists()


def test_suggestions_follow_the_words_and_ticks_stay_with_theirs(desk: Desk) -> None:
    desk.cut(TEXT)
    desk.tick("r1", "10 days")
    desk.tick("r1", "must")

    desk.press("refresh", r1_text="Before all, the Northern Council must cease fire within 12 days.")

    assert desk.box("r1", "must").get("checked") is not None
    assert desk.box("r1", "12 days").get("checked") is None
    assert len(desk.page.xpath("//li[@id='r1']//input[@checked]")) == 1


def test_all_suggestions_of_a_kind_are_ticked_at_once(desk: Desk) -> None:
    desk.cut(TEXT)

    desk.press("tick duration")

    ticked = desk.page.xpath("//input[@checked]/ancestor::label")
    assert [" ".join(one.text_content().split()) for one in ticked] == ["at most 10 days 10 days"]


def test_every_fault_is_told_in_its_place_and_what_was_typed_is_kept(desk: Desk) -> None:
    make_proposal("council-plan-2031")
    desk.cut(TEXT)
    desk.tick("r1", "10 days")
    desk.press("refresh")
    count = Clause.objects.count()
    changed = {"r1_text": "Nothing of it.", "r2_text": "", "r3_number": "x" * 41, "r4_label": "y" * 201}

    desk.press("save", **facts(title="", date="2031-02-30", wording=""), **changed)

    told = "\n".join(desk.told())
    assert "This field is required." in told
    assert "Enter a valid date." in told
    assert "already exists" in told
    assert "Text: This is missing." in told or "Text: This is empty." in told
    assert "Number: This has 41 characters; 40 are allowed." in told
    assert "Label: This has 201 characters; 200 are allowed." in told
    assert "the text no longer says so" in told
    assert desk.outline[0] == "1 Nothing of it."
    assert dict(desk.fields)["r4-label"] == "y" * 201
    assert dict(desk.fields)["date"] == "2031-02-30"
    assert Clause.objects.count() == count


def test_a_measure_that_is_none_is_told_at_its_clause(desk: Desk) -> None:
    desk.cut(TEXT)
    desk.tick("r1", "10 days")
    (name,) = {one.get("name") for one in desk.page.xpath("//li[@id='r1']//input[contains(@name, '-as-')]")}

    desk.press("save", **facts(), **{name: "time_limits"})

    (fault,) = desk.page.xpath("//li[@id='r1']//*[contains(@class, 'errorlist')]")
    assert "there is no measure 'time_limits'; did you mean time_limit" in fault.text_content()
    assert not Proposal.objects.filter(slug="council-plan-2031").exists()


def test_all_left_out_is_nothing_to_save(desk: Desk) -> None:
    desk.cut("Only one clause.")
    desk.press("out r1")

    desk.press("save", **facts())

    assert "Every clause is left out" in "\n".join(desk.told())


def test_hostile_text_is_text_on_the_page_and_in_the_database(desk: Desk) -> None:
    lines = [f"{place}. {' '.join(text.split())} end." for place, text in enumerate(TEXTS, 1)]
    desk.cut("\n".join(lines))
    page = desk.response.content.decode()
    desk.press("refresh", title="</title><script>alert(2)</script>", past='"><script>alert(3)</script>')

    assert "<script>alert" not in page + desk.response.content.decode()
    assert "onerror=alert" not in page.replace("&gt;&lt;img src=x onerror=alert", "")
    desk.press("save", **facts(title="<script>alert(4)</script>"))
    stored = [clause.text for clause in Proposal.objects.get(slug="council-plan-2031").clauses.in_reading_order()]
    shown = " ".join(stored)
    assert all(part in shown for part in ("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7 * 7 }}"))
    assert "=cmd|' /C calc'!A0" in shown


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plan.txt", b"1. The parties cease fire.\n2. Both sign.\n"),
        ("plan.md", b"1. The parties **cease fire**.\n2. Both sign.\n"),
        ("plan.html", b"<ol><li>The parties cease fire.</li><li>Both sign.</li></ol>"),
        ("plan.pdf", pdf(["1. The parties cease fire.", "2. Both sign."])),
        (
            "plan.docx",
            word(
                paragraph("The parties cease fire.", number=(1, 0)) + paragraph("Both sign.", number=(1, 0)),
                numbering=outline(0, ("decimal", "%1.")) + numbered(1, 0),
            ),
        ),
    ],
)
def test_a_file_of_every_kind_is_cut(desk: Desk, name: str, content: bytes) -> None:
    desk.cut(file=SimpleUploadedFile(name, content))

    assert desk.outline == ["1 The parties cease fire.", "2 Both sign."]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Paste a text, or choose a file."),
        ({"text": " \n "}, "Paste a text, or choose a file."),
        ({"text": "...\n---"}, "holds no words"),
        ({"text": "kept", "file": SimpleUploadedFile("a.txt", b"1. a")}, "not both"),
        ({"file": SimpleUploadedFile("macro.docm", b"PK\x03\x04")}, "macro.docm: A .docm file may hold macros."),
        ({"file": SimpleUploadedFile("scan.pdf", pdf([]))}, "scanned pages need OCR first"),
        ({"file": SimpleUploadedFile("long.txt", b"x" * (5 * 1024**2 + 1))}, "more than 5 MB"),
        ({"text": "word " * 200_001}, "more than 1 MB"),
        ({"text": "x" * 6_000_000}, "too large"),
        ({"text": "\n".join(f"- Clause {place}." for place in range(1, 1_002))}, "1,001 clauses; 1,000 can be saved"),
    ],
)
def test_what_cannot_be_cut_is_refused_and_the_text_kept(desk: Desk, given: dict[str, Any], said: str) -> None:
    desk.cut(**given)

    (fault,) = desk.page.find_class("errornote")
    assert said in fault.text_content()
    if given.get("text") and len(given["text"]) < 5_000_000:
        assert desk.page.xpath("//textarea")[0].text.strip() == given["text"].strip()


def test_a_body_beyond_all_bounds_is_turned_away_unread(desk: Desk) -> None:
    response = desk.client.post(ADDRESS, {"do": "cut"}, headers={"content-length": "99999999999"})

    assert response.status_code == 413
    assert "too large" in response.content.decode()


@pytest.mark.parametrize("value", ["\0", "-1", "9" * 20, "[[[[", "r" * 10_000, '["party", {"party": 1}, ""]', "\ud800"])
@pytest.mark.parametrize("name", ["row", "the others"])
def test_what_no_page_of_ours_sends_is_no_error_of_the_server(desk: Desk, name: str, value: str) -> None:
    desk.cut("1. The parties cease fire.\n2. Both sign.")
    names = ["row"] if name == "row" else [*dict(desk.fields), "r1-tick", "r1-as-x", "cut", "process", "source"]
    bad = {one: value.encode("utf-8", "replace").decode() for one in names if one != "row" or name == "row"}
    before = set(Proposal.objects.all())

    for command in ("save", "undo", "split r1", "tick topic", "nonsense"):
        response = desk.client.post(ADDRESS, {**desk.sent(command), **bad, "do": command})
        # The page comes back, with the text or its clauses to go on with, and nothing is saved.
        assert response.status_code == 200
        assert html.fromstring(response.content.decode()).xpath("//main//form//textarea | //main//*[@name='row']")
        assert set(Proposal.objects.all()) == before


def test_a_script_is_sent_the_clauses_that_have_changed_alone(desk: Desk) -> None:
    desk.cut(TEXT)

    response = desk.client.post(ADDRESS, desk.sent("merge r2"), headers={"x-part": "clauses"})

    part = html.fromstring(response.content.decode())
    assert [(row.get("id"), row.get("data-stays") is not None) for row in part.find_class("clause")] == [
        ("r1", True),
        ("r2", False),
        ("r4", True),
    ]
    assert not part.xpath("//input[@name='title']")


def test_a_hundred_clauses_are_saved_by_as_many_queries_as_two(desk: Desk) -> None:
    def saved(count: int, slug: str) -> int:
        lines = (
            f"{place}. The Northern Council must leave pier {place} within {place + 5} days."
            for place in range(1, count + 1)
        )
        desk.cut("\n".join(lines))
        desk.press("tick duration")
        desk.press("tick modality")
        desk.press("tick party")
        with CaptureQueriesContext(connection) as queries:
            desk.press("save", **facts(slug=slug))
        assert Clause.objects.filter(proposal__slug=slug).count() == count
        return len(queries)

    # The first one also fills the cache of content types.
    few = saved(2, "short-plan")

    assert saved(100, "long-plan") <= few


@pytest.fixture
def reader(client: Client, db: None) -> Client:
    user = User.objects.create_user("rita", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_proposal"))
    client.force_login(user)
    return client


def test_only_who_may_add_proposals_sees_the_page(reader: Client) -> None:
    assert reader.get(ADDRESS).status_code == 403
    assert reader.post(ADDRESS, {"do": "cut", "text": TEXT}).status_code == 403
    assert b"New proposal from text" not in reader.get("/admin/proposals/proposal/").content
    assert Client().get(ADDRESS).headers["Location"].startswith("/admin/login/")


def test_the_list_of_proposals_leads_to_the_page(desk: Desk) -> None:
    page = html.fromstring(desk.client.get("/admin/proposals/proposal/").content.decode())

    assert [one.get("href") for one in page.xpath("//a[text()='New proposal from text']")] == [ADDRESS]


def test_a_form_without_its_token_is_refused(editor: Editor) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor.user)

    assert strict.post(ADDRESS, {"do": "cut", "text": TEXT}).status_code == 403
