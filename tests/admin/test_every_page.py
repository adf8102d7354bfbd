"""Every page of the admin, of every model that is registered there."""

import html
from html.parser import HTMLParser

import pytest
from axes.models import AccessAttempt
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import User
from django.urls import reverse
from knox.models import AuthToken

from parties.editing import ReadOnlyAdmin
from parties.models import Change
from parties.tracking import Event
from proposals.models import AlignedPair, AlignedText, AlignmentJob, AlignmentRun, RetiredKey, StageMove
from tests.admin.filled_form import FilledForm
from tests.admin.one_of_each import SAID, make_one_of_each
from tests.everything import everything

REGISTERED = sorted(admin.site._registry, key=lambda model: model._meta.label)
OURS = [model for model in REGISTERED if model._meta.app_label in ("knox", "parties", "proposals")]
READ_ONLY = [model for model in REGISTERED if isinstance(admin.site._registry[model], ReadOnlyAdmin)]
# The log of changes and the history are the database's own; moves and keys that went are noted beside what is done.
_BY_THE_WAY = (Change, Event, RetiredKey, StageMove, AlignedPair, AlignedText, AlignmentJob)
EDITABLE = [model for model in OURS if model not in READ_ONLY]


def each(models):
    return pytest.mark.parametrize("model", models, ids=lambda model: model._meta.label_lower)


def address(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def words(response):
    return html.unescape(response.content.decode())


@pytest.fixture
def records(editor):
    return make_one_of_each(editor.user)


def test_every_registered_model_has_a_record_here():
    assert set(REGISTERED) == set(SAID)


def test_every_model_is_edited_on_a_page_of_its_own_or_on_that_of_its_owner():
    inlines = {inline.model for model_admin in admin.site._registry.values() for inline in model_admin.inlines}

    # Proxies are there for their triggers alone.
    models = [model for app in ("knox", "parties", "proposals") for model in apps.get_app_config(app).get_models()]
    ours = {model for model in models if not model._meta.proxy and not issubclass(model, _BY_THE_WAY)}

    assert ours == {*OURS, *(inlines & ours)}


@each(REGISTERED)
def test_a_list_shows_its_record(editor, records, model):
    page = words(editor.client.get(address(model, "changelist")))

    assert [text for text in SAID[model][0] if text not in page] == []


@each(REGISTERED)
def test_a_page_shows_everything_about_its_record(editor, records, model):
    page = words(editor.client.get(address(model, "change", records[model].pk)))

    assert [text for text in SAID[model][1] if text not in page] == []
    assert str(records[model]) in page


@each([model for model in REGISTERED if model not in READ_ONLY])
def test_a_page_for_a_new_record_offers_its_fields(editor, records, model):
    form = FilledForm.on(editor.client.get(address(model, "add")))

    offered = {name for name in form if not name.startswith("_") and "-" not in name}
    assert offered & {"name", "code", "slug", "key", "verdict", "username"}


# Of these there is an add page, or deletion, which have tests of their own.
@each([model for model in READ_ONLY if model not in (AuthToken, AccessAttempt, AlignmentRun)])
def test_what_programs_write_is_for_looking_at_only(editor, records, model):
    record = records[model]

    assert editor.client.get(address(model, "add")).status_code == 403
    assert editor.client.post(address(model, "change", record.pk), {"name": "autumn"}).status_code == 403
    assert editor.client.post(address(model, "delete", record.pk), {"post": "yes"}).status_code == 403
    record.refresh_from_db()
    assert str(record) in SAID[model][0] or record.address in SAID[model][0]


@each(EDITABLE)
def test_saving_a_page_untouched_changes_nothing_in_the_database(editor, records, model):
    before = everything()

    saved = editor.save(records[model], editor.open(records[model]))

    assert saved.status_code == 302
    assert everything() == before


@each(EDITABLE)
def test_the_search_of_a_list_takes_any_words(editor, records, model):
    for words_sought in ("harbour council", "%", "'; --", "council-plan/c01", "ü" * 200):
        page = editor.client.get(address(model, "changelist"), {"q": words_sought})

        assert page.context["cl"].query == words_sought


@each(EDITABLE)
def test_each_filter_of_a_list_narrows_it(editor, records, model):
    page = editor.client.get(address(model, "changelist"))
    total = page.context["cl"].result_count

    for spec in page.context["cl"].filter_specs:
        for choice in spec.choices(page.context["cl"]):
            narrowed = editor.client.get(address(model, "changelist") + choice["query_string"])
            assert narrowed.context["cl"].result_count <= total


class _Inline(HTMLParser):
    """Gathers what a strict content security policy would not run or apply."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "style" or (tag == "script" and "src" not in given and given.get("type") != "application/json"):
            self.found.append(self.get_starttag_text())
        self.found += [f"{tag} {name}" for name in given if name.startswith("on") or name == "style"]


@each(REGISTERED)
def test_no_page_needs_a_script_or_style_of_its_own(editor, records, model):
    pages = [address(model, "changelist"), address(model, "change", records[model].pk)]
    if model not in READ_ONLY:
        pages.append(address(model, "add"))

    for page in pages:
        response = editor.client.get(page)
        inline = _Inline()
        inline.feed(response.content.decode())

        assert inline.found == []
        assert "unsafe" not in response.headers["Content-Security-Policy"]


@each(REGISTERED)
@pytest.mark.parametrize("who", ["nobody", "a plain user"])
def test_only_staff_come_in(client, db, model, who):
    if who == "a plain user":
        client.force_login(User.objects.create_user("otto"))

    for page in (address(model, "changelist"), address(model, "add"), address(model, "change", 1)):
        assert client.get(page).headers["Location"] == f"{reverse('admin:login')}?next={page}"


@each(REGISTERED)
def test_staff_without_permissions_see_no_records(client, db, model):
    client.force_login(User.objects.create_user("otto", is_staff=True))

    assert client.get(address(model, "changelist")).status_code == 403
