"""What of each stage is seen, by whom, and where: on every surface that shows records."""

import json

import pytest
from django.contrib.auth.models import User
from django.test import Client

from access.roles import ROLES
from parties.models import Change
from proposals.models import Clause, Dispute, DisputeAbout, Position, Proposal, Stage, Statement
from tests.admin.filled_form import FilledForm
from tests.factories import make_clause, make_position, make_proposal, make_statement, make_topic
from tests.roles import make_user

pytestmark = pytest.mark.django_db

SECRET = "quayside"
WHO = ("anybody", "nobody's user", *ROLES)
SEE_ALL = ROLES[1:]

API = "/api/v1"
SURFACES = {
    "list of proposals": f"{API}/proposals/",
    "list of clauses": f"{API}/clauses/",
    "list of positions": f"{API}/positions/",
    "list of statements": f"{API}/statements/",
    "list of disputes": f"{API}/disputes/",
    "a proposal": f"{API}/proposals/quayside-plan/",
    "its clauses": f"{API}/proposals/quayside-plan/clauses/",
    "a clause": f"{API}/proposals/quayside-plan/clauses/c01/",
    "a position": f"{API}/positions/quayside-1/",
    "a statement": f"{API}/statements/quayside-1/",
    "search": f"{API}/clauses/?q=quayside",
    "facets": f"{API}/clauses/?facets=proposal",
    "timeline": f"{API}/topics/ceasefire/timeline/",
    "comparison": f"{API}/comparisons/?proposals=council-plan,quayside-plan",
    "comparison as a table": f"{API}/comparisons/?proposals=council-plan,quayside-plan&format=csv",
    "table of clauses": f"{API}/clauses/?format=csv",
    "first page": "/",
    "page of the proposal": "/proposals/quayside-plan/",
    "page of the comparison": "/compare/?proposals=council-plan,quayside-plan",
}
# The same for everybody, whoever asks.
OF_THE_PUBLIC = {
    "dump": f"{API}/dump/",
    "file of the proposal": f"{API}/proposals/quayside-plan/?format=yaml",
    "changes": f"{API}/changes/",
    "feed": f"{API}/changes/feed/",
}
ADMIN = {
    "list of proposals": "/admin/proposals/proposal/",
    "list of clauses": "/admin/proposals/clause/",
    "list of positions": "/admin/proposals/position/",
    "list of statements": "/admin/proposals/statement/",
    "list of disputes": "/admin/proposals/dispute/",
    "search of clauses": "/admin/proposals/clause/?q=quayside",
    "choice of proposals": "/admin/autocomplete/?app_label=proposals&model_name=position&field_name=proposal",
    "choice of clauses": "/admin/autocomplete/?app_label=proposals&model_name=dependency&field_name=target",
    "choice of positions": "/admin/autocomplete/?app_label=proposals&model_name=position&field_name=superseded_by",
}


@pytest.fixture(params=Stage, ids=lambda stage: stage.value)
def stage(request):
    return request.param


@pytest.fixture
def records(stage):
    make_proposal("council-plan", clauses=["The harbour opens."])
    hidden = make_proposal("quayside-plan", stage=stage, title="The quayside plan", short_title="Quayside")
    clause = make_clause(hidden, text="It closes the quayside.", label="Quayside", stage=stage)
    dispute = Dispute.objects.create(slug="width", subject="Width of the quayside")
    DisputeAbout.objects.create(dispute=dispute, clause=clause)
    return {
        Proposal: hidden,
        Clause: clause,
        Position: make_position("quayside-1", topic=make_topic(), stage=stage),
        Statement: make_statement("quayside-1", stage=stage),
        Dispute: dispute,
    }


def client_of(who):
    client = Client()
    if who != "anybody":
        client.force_login(User.objects.create_user("nobody") if who == "nobody's user" else make_user(who))
    return client


def shows(answer):
    """Whether the answer tells of the hidden record; what was asked for is repeated, and tells nothing."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer.status_code == 200 and SECRET in content.decode().replace("?q=quayside", "").lower()


@pytest.mark.parametrize("surface", SURFACES)
def test_readers_meet_what_is_public_and_staff_everything(records, stage, surface):
    seen = {who for who in WHO if shows(client_of(who).get(SURFACES[surface]))}

    assert seen == set(WHO if stage == Stage.PUBLIC else SEE_ALL)


@pytest.mark.parametrize("surface", OF_THE_PUBLIC)
def test_what_everybody_takes_holds_what_is_public(records, stage, surface):
    # A test is one transaction, and changes are told once theirs has ended.
    Change.objects.update(xact=1)

    seen = {who for who in WHO if shows(client_of(who).get(OF_THE_PUBLIC[surface]))}

    assert seen == (set(WHO) if stage == Stage.PUBLIC else set())


@pytest.mark.parametrize("surface", ADMIN)
def test_the_admin_shows_readers_what_is_public(records, stage, surface):
    seen = {role for role in ROLES if _rows_show(client_of(role).get(ADMIN[surface]))}

    assert seen == set(ROLES if stage == Stage.PUBLIC else SEE_ALL)


def _rows_show(answer):
    if answer.headers["Content-Type"] == "application/json":
        return SECRET in answer.content.decode().lower()
    return any(SECRET in f"{row} {getattr(row, 'slug', '')}".lower() for row in answer.context["cl"].queryset)


@pytest.mark.parametrize("model", [Proposal, Clause, Position, Statement, Dispute], ids=lambda model: model.__name__)
@pytest.mark.parametrize("page", ["change", "history", "delete"])
def test_pages_of_the_admin_on_what_is_hidden_are_those_of_nothing(records, stage, model, page):
    address = f"/admin/proposals/{model._meta.model_name}/{records[model].pk}/{page}/"

    opened = client_of("reader").get(address)

    if page == "change" and stage == Stage.PUBLIC:
        assert shows(opened)
    else:
        assert opened.status_code in (302, 403)
        assert not shows(opened)


class TestAReader:
    """Meets nothing hidden on the pages of public records that are tied to it."""

    @pytest.fixture
    def reader(self):
        return client_of("reader")

    @pytest.fixture
    def tied(self):
        hidden = make_proposal("quayside-plan", stage=Stage.DRAFT, short_title="Quayside")
        target = make_clause(hidden, label="Quayside")
        plan = make_proposal("council-plan", date="2031-06-01")
        clause = make_clause(plan)
        withdrawn = make_clause(plan, label="Quayside", stage=Stage.WITHDRAWN)
        clause.dependencies.create(target=target, relation="after")
        clause.dependencies.create(target=withdrawn, relation="after")
        Clause.objects.filter(pk=clause.pk).update(strikes=target, parent=withdrawn)
        plan.lineage.create(earlier=hidden, relation="answers")
        later = make_position("quayside-2", stage=Stage.DRAFT, date="2031-07-01")
        position = make_position(superseded_by=later)
        return {Proposal: plan, Clause: clause, Position: position}

    @pytest.mark.parametrize("model", [Proposal, Clause, Position], ids=lambda model: model.__name__)
    def test_on_the_page_of_a_record(self, reader, tied, model):
        page = reader.get(f"/admin/proposals/{model._meta.model_name}/{tied[model].pk}/change/")

        assert page.status_code == 200
        assert SECRET not in page.content.decode().lower()

    @pytest.mark.parametrize("model", [Proposal, Clause, Position], ids=lambda model: model.__name__)
    def test_nor_in_the_list_its_counts_and_the_choices_of_its_filters(self, reader, tied, model):
        page = reader.get(f"/admin/proposals/{model._meta.model_name}/?_facets=True")

        assert page.status_code == 200
        assert SECRET not in page.content.decode().lower()
        assert page.context["cl"].result_count == 1

    @pytest.mark.parametrize("model", [Proposal, Clause, Position], ids=lambda model: model.__name__)
    def test_and_what_is_left_out_on_the_page_stays_in_the_record(self, reader, tied, model):
        address = f"/admin/proposals/{model._meta.model_name}/{tied[model].pk}/change/"
        before = model.objects.values().get(pk=tied[model].pk)

        refused = reader.post(address, FilledForm.on(reader.get(address)))

        assert refused.status_code == 403
        assert model.objects.values().get(pk=tied[model].pk) == before


def test_a_request_asks_once_what_a_user_may(django_assert_max_num_queries, records, stage):
    """Session, user, and two for permissions; six for the list."""
    client = client_of("editor")
    with django_assert_max_num_queries(14):
        answer = client.get(f"{API}/proposals/")

    assert json.loads(answer.content)["count"] == 2
