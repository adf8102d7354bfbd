"""ETags: a change anywhere in what an answer depends on changes its tag, and nothing else does."""

import datetime

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from parties.models import Party, PartyAlias, Person
from proposals.alignment import EMPTY
from proposals.models import (
    Clause,
    Decision,
    Dispute,
    Measure,
    Position,
    Proposal,
    Silence,
    Source,
    Stage,
    Statement,
    Territory,
    Topic,
    TopicGroup,
    VocabularySnapshot,
)
from tests.api.population import populate
from tests.api.test_lists import LISTS
from tests.factories import (
    make_clause,
    make_decision,
    make_position,
    make_proposal,
    make_source,
    make_statement,
    make_topic,
)

COMPARISON = "comparisons/?proposals=plan-1,plan-2"
COUNTERPARTS = "proposals/plan-1/clauses/c01/counterparts/"
WITH_ALL = f"{COMPARISON}&include=readings,positions,disputes"


def tag(api, path):
    path, _, query = path.partition("?")
    answer = api.request("get", path, query=query)
    assert answer.status == 200, answer.body
    return answer.headers["ETag"]


def tags(api, *paths):
    return {path: tag(api, path) for path in paths}


def moved(api, action, *paths):
    before = tags(api, *paths)
    action()
    after = tags(api, *paths)
    return {path for path in paths if before[path] != after[path]}


@pytest.fixture
def records(db):
    populate(4)
    VocabularySnapshot.objects.create(name="v1", content=EMPTY.to_json())


PATHS = (
    "clauses/", "positions/", "disputes/", "statements/", "proposals/", "parties/", "topics/",
    "proposals/plan-1/", "proposals/plan-1/clauses/", "proposals/plan-1/clauses/c01/", "proposals/plan-3/",
    "positions/p1/", COUNTERPARTS,
    "topics/topic-1/timeline/", COMPARISON, WITH_ALL,
)  # fmt: skip


def changed(model, fields, **where):
    return lambda: model.objects.filter(**where).update(**fields)


# They hang on the links between all proposals.
OF_ALL_LINKS = {COUNTERPARTS, "topics/topic-1/timeline/"}
OF_A_CLAUSE = {"clauses/", "proposals/", *OF_ALL_LINKS}
CHANGES = {
    "a clause of the comparison": (
        changed(Clause, {"text": "Another text."}, proposal__slug="plan-1", key="c01"),
        OF_A_CLAUSE
        | {"proposals/plan-1/", "proposals/plan-1/clauses/", "proposals/plan-1/clauses/c01/", COMPARISON, WITH_ALL},
    ),
    "a clause elsewhere": (
        changed(Clause, {"text": "Another text."}, proposal__slug="plan-3", key="c02"),
        OF_A_CLAUSE | {"proposals/plan-3/"},
    ),
    "a party named in it": (changed(Party, {"note": "x"}, slug="coastal-front"), {"parties/", COMPARISON, WITH_ALL}),
    "a party named nowhere": (changed(Party, {"note": "x"}, slug="member-3"), {"parties/"}),
    "a source cited in it": (changed(Source, {"title": "x"}, slug="harbour-gazette"), {COMPARISON, WITH_ALL}),
    "a place touched in it": (changed(Territory, {"note": "x"}, slug="place-1"), {COMPARISON, WITH_ALL}),
    "a place touched elsewhere": (changed(Territory, {"note": "x"}, slug="place-3"), set()),
    "a topic of it": (changed(Topic, {"name": "x"}, slug="topic-2"), {"topics/", COMPARISON, WITH_ALL}),
    "a topic elsewhere": (changed(Topic, {"name": "x"}, slug="topic-3"), {"topics/"}),
    "a measure of it": (changed(Measure, {"name": "x"}, code="date_1"), {COMPARISON, WITH_ALL}),
    "a position on it": (
        changed(Position, {"statement": "x"}, slug="p1"),
        {"positions/", "positions/p1/", "topics/topic-1/timeline/", WITH_ALL},
    ),
    "a position elsewhere": (
        changed(Position, {"statement": "x"}, slug="p3"), {"positions/", "topics/topic-1/timeline/"}
    ),
    "a statement that supersedes one on it": (
        changed(Position, {"date": datetime.date(2031, 8, 1)}, slug="q1"),
        {"positions/", "positions/p1/", "topics/topic-1/timeline/", WITH_ALL},
    ),
    "a statement that supersedes one on it, taken out of sight": (
        changed(Position, {"stage": Stage.WITHDRAWN}, slug="q1"),
        {"positions/", "positions/p1/", "topics/topic-1/timeline/", WITH_ALL},
    ),
    "a dispute about it": (changed(Dispute, {"subject": "x"}, slug="d2"), {"disputes/", WITH_ALL}),
    "a dispute elsewhere": (changed(Dispute, {"subject": "x"}, slug="d3"), {"disputes/"}),
    "a statement about it": (changed(Statement, {"claim": "x"}, slug="s2"), {"statements/"}),
    "a decision within it": (
        changed(Decision, {"note": "x"}, left__proposal__slug="plan-1", right__proposal__slug="plan-2"),
        {COMPARISON, WITH_ALL, *OF_ALL_LINKS},
    ),
    "a decision elsewhere": (
        changed(Decision, {"note": "x"}, left__proposal__slug="plan-2", right__proposal__slug="plan-3"), OF_ALL_LINKS
    ),
    "the vocabulary of the engine": (
        changed(VocabularySnapshot, {"is_current": True}, name="v1"), {COMPARISON, WITH_ALL, *OF_ALL_LINKS}
    ),
    "nothing, saved anew": (lambda: [one.save() for one in Clause.objects.all()], set()),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_a_tag_changes_with_what_the_answer_depends_on_and_with_nothing_else(api, records, change):
    action, expected = CHANGES[change]

    assert moved(api, action, *PATHS) == expected


HIDDEN_WORK = {
    "a new draft": lambda: make_proposal("secret-plan", stage=Stage.DRAFT, clauses=["A secret."]),
    "a draft clause of a public proposal": lambda: make_position("secret", stage=Stage.REVIEW),
}


@pytest.mark.parametrize("work", HIDDEN_WORK)
def test_work_on_drafts_shows_in_no_tag_of_the_public(api, records, work):
    make_topic(), make_source()

    assert moved(api, HIDDEN_WORK[work], "clauses/", "positions/", "proposals/plan-1/", WITH_ALL) == set()


def test_publishing_and_withdrawing_show_in_the_tags(api, records):
    draft = make_position("later", topic=Topic.objects.get(slug="topic-1"), stage=Stage.DRAFT)

    publish = moved(api, lambda: Position.objects.filter(pk=draft.pk).update(stage=Stage.PUBLIC), *PATHS)
    withdraw = moved(api, lambda: Proposal.objects.filter(slug="plan-3").update(stage=Stage.WITHDRAWN), "clauses/")

    assert publish == {"positions/", "topics/topic-1/timeline/", WITH_ALL}
    assert withdraw == {"clauses/"}


def test_an_alias_counts_as_its_party(api, records):
    def add():
        PartyAlias.objects.create(party=Party.objects.get(slug="coastal-front"), name="The Front")

    assert moved(api, add, "parties/coastal-front/", "parties/member-1/") == {"parties/coastal-front/"}


def test_asked_otherwise_the_tag_is_another(api, staff_api, records):
    found = [
        tag(api, path)
        for path in ("clauses/", "clauses/?limit=1", "clauses/?limit=2", "positions/", COMPARISON, WITH_ALL)
    ]

    assert len(set(found)) == len(found)
    assert tag(staff_api, "clauses/") != found[0]


@pytest.mark.parametrize("path", [*LISTS, "proposals/plan-1/", "snapshots/", COMPARISON])
def test_whoever_holds_the_answer_is_told_so_by_one_query(api, records, path):
    known = tag(api, path)
    path, _, query = path.partition("?")

    with CaptureQueriesContext(connection) as queries:
        answer = api.request("get", path, query=query, headers={"If-None-Match": known})

    assert (answer.status, answer.body) == (304, None)
    assert answer.headers["ETag"] == known
    assert "Cache-Control" in answer.headers
    assert len(queries) == 1


@pytest.mark.parametrize(
    "named", ['W/{tag}', '"other", {tag}', "{gzipped}", 'W/{gzipped}'], ids=["weak", "list", "gzip", "weak gzip"]
)  # fmt: skip
def test_a_condition_names_the_tag_in_any_form_that_says_the_same(api, records, named):
    known = tag(api, "clauses/")
    header = named.format(tag=known, gzipped=f'{known[:-1]}-gzip"')

    assert api.request("get", "clauses/", headers={"If-None-Match": header}).status == 304


@pytest.mark.parametrize("named", ['"other"', "nonsense", "*", ""])
def test_another_tag_gets_the_answer(api, records, named):
    assert api.request("get", "clauses/", headers={"If-None-Match": named}).status == 200


@pytest.mark.parametrize("path", ["clauses/?topic=nothing", "proposals/nothing/", "comparisons/?proposals=plan-1"])
def test_a_refusal_has_no_tag_and_is_kept_nowhere(api, records, path):
    path, _, query = path.partition("?")

    answer = api.request("get", path, query=query, headers={"If-None-Match": "*"})

    assert answer.status in (400, 404)
    assert "ETag" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_remembered_comparison_takes_one_query_and_is_forgotten_with_an_edit(api, records):
    first = api.request("get", "comparisons/", query="proposals=plan-1,plan-2")

    with CaptureQueriesContext(connection) as queries:
        again = api.request("get", "comparisons/", query="proposals=plan-1,plan-2")
    asked = len(queries)
    Clause.objects.filter(proposal__slug="plan-1", key="c01").update(text="Something else.")
    edited = api.request("get", "comparisons/", query="proposals=plan-1,plan-2")

    assert asked == 1
    assert (again.body, again.headers["ETag"]) == (first.body, first.headers["ETag"])
    assert edited.body["included"]["clauses"]["plan-1/c01"]["text"] == "Something else."


def test_what_staff_see_is_never_remembered_for_the_public(api, staff_api):
    plan = make_proposal("council-plan", clauses=["The harbour opens."])
    make_proposal("front-answer", clauses=["The harbour stays closed."], date=datetime.date(2031, 6, 1))
    make_clause(plan, text="A secret draft.", stage=Stage.DRAFT)
    asked = {"proposals": "council-plan,front-answer"}

    seen_by_staff = staff_api.get("comparisons/", **asked)
    seen_by_all = api.get("comparisons/", **asked)

    assert "council-plan/c02" in seen_by_staff.body["included"]["clauses"]
    assert "council-plan/c02" not in seen_by_all.body["included"]["clauses"]
    assert seen_by_staff.headers["Cache-Control"] == "private, no-store"


def test_what_a_comparison_depends_on_is_looked_up_again_only_after_a_change(api, records):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            tag(api, COMPARISON)
        return len(asked)

    tag(api, COMPARISON)
    unchanged = queries()
    Source.objects.filter(slug="source-3").update(title="Another title")  # nothing that the comparison shows
    before = tag(api, COMPARISON)
    again = queries()

    assert (unchanged, again) == (1, 1)
    assert tag(api, COMPARISON) == before


def test_a_change_that_is_taken_back_is_not_remembered(api, records):
    before = tag(api, WITH_ALL)

    with transaction.atomic():
        Clause.objects.filter(proposal__slug="plan-1", key="c01").update(text="Something else.")
        within = tag(api, WITH_ALL)
        transaction.set_rollback(True)

    assert within != before
    assert tag(api, WITH_ALL) == before


def reverse(model, column="order"):
    for place, one in enumerate(model.objects.order_by("-pk"), start=1):
        model.objects.filter(pk=one.pk).update(**{column: place})


# Each gives the records named another order, or another place.
REORDERED = {
    "parties by name": lambda: reverse(Party, "name"),
    "topics": lambda: reverse(Topic),
    "groups of topics": lambda: reverse(TopicGroup),
    "clauses of a text": lambda: reverse(Clause),
    "persons by party": lambda: Person.objects.update(party=Party.objects.get(slug="mediator")),
    "positions by clause": lambda: Position.objects.update(clause=None, proposal=None),
}
WITH_PARTS_IN_ORDER = (
    *(f"{path}/" for path in ("processes", "topics", "disputes", "proposals", "persons", "statements", "decisions")),
    *("topics/?ordering=slug", "topics/?ordering=-taxonomy", "persons/?ordering=party"),
    *("processes/track-1/", "disputes/d1/", "proposals/plan-1/"),
    *(f"statements/?{query}" for query in ("party=member-1", "clause=plan-1/c01", "proposal=plan-1")),
)


@pytest.mark.parametrize("kind", REORDERED)
def test_an_answer_that_changes_with_other_records_has_another_tag(staff_api, records, kind):
    Dispute.objects.get(slug="d1").topics.add(*Topic.objects.all())
    for topic in Topic.objects.all():
        Silence.objects.get_or_create(
            proposal=Proposal.objects.get(slug="plan-1"),
            topic=topic,
            defaults={"reason": "x", "checked_by": "x", "checked_on": datetime.date(2031, 1, 1)},
        )
    make_statement("of-a-position", about=[{"position": Position.objects.get(slug="p1")}])
    before = {path: read(staff_api, path) for path in WITH_PARTS_IN_ORDER}

    REORDERED[kind]()

    after = {path: read(staff_api, path) for path in WITH_PARTS_IN_ORDER}
    assert [
        path
        for path in WITH_PARTS_IN_ORDER
        if before[path].body != after[path].body and before[path].headers["ETag"] == after[path].headers["ETag"]
    ] == []


def read(api, path):
    path, _, query = path.partition("?")
    return api.request("get", path, query=query)


def test_a_decision_that_becomes_stale_has_another_tag(staff_api, db):
    clause = make_clause(make_proposal("council-plan"))
    decision = make_decision(clause, make_clause(make_proposal("front-answer")))
    path = f"decisions/{decision.pk}/"
    before = staff_api.get(path)

    Clause.objects.filter(pk=clause.pk).update(text="Another text.")

    after = staff_api.get(path)
    assert (before.body["stale"], after.body["stale"]) == (False, True)
    assert before.headers["ETag"] != after.headers["ETag"]
    refused = staff_api.patch(path, {"verdict": "same_matter"}, **{"If-Match": before.headers["ETag"]})
    assert refused.status == 412


def test_a_search_in_one_text_hangs_on_the_words_of_all(api, db):
    make_clause(make_proposal("council-plan"), text="The harbour opens.")
    other = make_clause(make_proposal("front-answer"), text="The pier opens.")
    path = "proposals/council-plan/clauses/?q=harbuor"
    before = read(api, path)

    Clause.objects.filter(pk=other.pk).update(text="The harbuor opens.")

    after = read(api, path)
    assert (before.body["count"], after.body["count"]) == (1, 0)
    assert before.headers["ETag"] != after.headers["ETag"]
