"""Groups as the migration writes them, and users who are given one of them."""

from itertools import pairwise

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.test import Client

from access.roles import PERMISSIONS, PLACED, ROLES, write_roles
from parties.tracking import Event
from tests.admin.filled_form import FilledForm
from tests.roles import make_user

pytestmark = pytest.mark.django_db

USERS = "/admin/auth/user/"


def held_by(role):
    found = Permission.objects.filter(group__name=role).values_list("content_type__app_label", "codename")
    return {f"{app}.{codename}" for app, codename in found}


@pytest.mark.parametrize("role", ROLES)
def test_a_group_holds_what_its_role_may_do(role):
    assert held_by(role) == PERMISSIONS[role], "Write a migration of access/ that calls write_roles."


def test_each_role_may_all_that_the_one_before_it_may():
    for lesser, greater in pairwise(ROLES):
        assert PERMISSIONS[lesser] < PERMISSIONS[greater]


def test_every_model_has_a_place_among_the_roles():
    models = [model for app in ("parties", "proposals") for model in apps.get_app_config(app).get_models()]
    # Events are the database's own, and proxies are there for their triggers.
    ours = {model._meta.label_lower for model in models if not model._meta.proxy and not issubclass(model, Event)}

    assert ours == PLACED, "Place it in access/roles.py."


def test_what_is_written_again_adds_what_is_missing_and_takes_nothing_away():
    reader = Group.objects.get(name="reader")
    reader.permissions.remove(Permission.objects.get(codename="view_party"))
    reader.permissions.add(Permission.objects.get(codename="view_decision"))

    write_roles(apps)

    assert held_by("reader") == PERMISSIONS["reader"] | {"proposals.view_decision"}


@pytest.fixture
def administrator():
    client = Client()
    client.force_login(make_user("administrator", "ada", password="harbour and wall"))
    return client


def page_of(user):
    return f"{USERS}{user.pk}/change/"


class TestAnAdministrator:
    def test_makes_a_user_of_a_role_who_may_enter(self, administrator):
        form = FilledForm.on(administrator.get(f"{USERS}add/"))
        editors = Group.objects.get(name="editor")

        administrator.post(
            f"{USERS}add/",
            form
            | {"username": "otto", "role": editors.pk, "usable_password": "true"}
            | dict.fromkeys(("password1", "password2"), "quay and lighthouse"),
        )

        otto = User.objects.get(username="otto")
        assert (otto.is_staff, otto.is_superuser, list(otto.groups.all())) == (True, False, [editors])
        assert (
            Client()
            .post("/admin/login/?next=/admin/", {"username": "otto", "password": "quay and lighthouse"})
            .headers["Location"]
            == "/admin/"
        )

    def test_takes_a_role_away_and_with_it_the_way_in(self, administrator):
        otto = make_user("editor", "otto")
        form = FilledForm.on(administrator.get(page_of(otto)))

        administrator.post(page_of(otto), form | {"role": ""})

        otto.refresh_from_db()
        assert (otto.is_staff, otto.groups.count()) == (False, 0)

    def test_leaves_the_groups_of_a_user_alone_unless_the_role_is_changed(self, administrator):
        otto = make_user("editor", "otto")
        otto.groups.add(Group.objects.create(name="translators"))
        form = FilledForm.on(administrator.get(page_of(otto)))

        administrator.post(page_of(otto), form | {"first_name": "Otto"})

        otto.refresh_from_db()
        assert (otto.first_name, otto.is_staff, otto.groups.count()) == ("Otto", True, 2)

    @pytest.mark.parametrize("lost", [{"role": ""}, {"is_active": None}])
    def test_does_not_shut_themselves_out(self, administrator, lost):
        ada = User.objects.get(username="ada")
        form = FilledForm.on(administrator.get(page_of(ada))) | lost
        form = {name: value for name, value in form.items() if value is not None}

        page = administrator.post(page_of(ada), form)

        assert "Your own role and access are for another administrator to change." in page.content.decode()
        assert User.objects.get(username="ada").groups.get().name == "administrator"
        assert User.objects.get(username="ada").is_active

    def test_becomes_no_superuser(self, administrator):
        ida = User.objects.create_superuser("ida", password="harbour and wall")
        ada = User.objects.get(username="ada")

        administrator.post(page_of(ada), FilledForm.on(administrator.get(page_of(ada))) | {"is_superuser": "on"})
        of_ida = administrator.post(page_of(ida), {"username": "ida", "first_name": "Mine"})
        new = dict.fromkeys(("password1", "password2"), "quay and lighthouse")
        password = administrator.post(f"{USERS}{ida.pk}/password/", new | {"usable_password": "true"})

        assert not User.objects.get(username="ada").is_superuser
        assert (of_ida.status_code, password.status_code) == (403, 403)
        assert User.objects.get(username="ida").check_password("harbour and wall")

    def test_deletes_no_user_whose_name_stands_in_the_history(self, administrator):
        otto = make_user("editor", "otto")

        assert administrator.post(f"{USERS}{otto.pk}/delete/", {"post": "yes"}).status_code == 403
        assert User.objects.filter(username="otto").exists()


def test_a_superuser_makes_another(client):
    client.force_login(User.objects.create_superuser("ida"))
    otto = make_user("editor", "otto")

    client.post(page_of(otto), FilledForm.on(client.get(page_of(otto))) | {"is_superuser": "on", "role": ""})

    otto.refresh_from_db()
    assert (otto.is_superuser, otto.is_staff) == (True, True)


def test_an_editor_deletes_drafts_and_nothing_further(client):
    from proposals.models import Proposal, Stage
    from tests.factories import make_clause, make_proposal

    client.force_login(make_user("editor"))
    draft, review = make_proposal("front-answer", stage=Stage.DRAFT), make_proposal(stage=Stage.REVIEW)
    make_clause(draft, stage=Stage.DRAFT)
    once_public = make_proposal("mediator-draft", stage=Stage.DRAFT)
    make_clause(once_public)

    pages = [f"/admin/proposals/proposal/{plan.pk}/delete/" for plan in (draft, review, once_public)]
    answers = [client.post(page, FilledForm.on(client.get(page)) | {"post": "yes"}).status_code for page in pages]

    assert answers == [302, 403, 403]
    assert set(Proposal.objects.all()) == {review, once_public}


def test_an_editor_deletes_no_public_clause_by_its_row_either(client):
    from proposals.models import Clause
    from tests.admin.conftest import Editor, faults
    from tests.factories import make_clause, make_proposal

    user = make_user("editor")
    client.force_login(user)
    plan = make_proposal()
    make_clause(plan)
    at_work = Editor(client, user)

    saved = at_work.save(plan, at_work.open(plan) | {"clauses-0-DELETE": "on"})

    assert any("You may delete drafts only" in fault for fault in faults(saved))
    assert Clause.objects.exists()
