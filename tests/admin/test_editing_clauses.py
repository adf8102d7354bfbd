"""A clause's page: everything coded on it."""

from decimal import Decimal

from proposals.models import Clause, Measure, Stage
from tests.admin.conftest import faults
from tests.factories import (
    COASTAL_FRONT,
    make_clause,
    make_party,
    make_proposal,
    make_source,
    make_term,
    make_territory,
    make_topic,
)


def reload(clause):
    return Clause.objects.get(pk=clause.pk)


def test_everything_on_a_clause_is_entered_on_one_page(editor):
    target = make_clause(make_proposal("council-plan"))
    clause = make_clause(make_proposal("front-answer"), topics=[])
    measure = Measure.objects.create(code="garrison_strength", kind="quantity", name="strength of a garrison")
    front = make_party(COASTAL_FRONT)
    form = editor.open(clause)
    form["condition"] = "after both have signed"
    form.add_row("topic_links", topic=make_topic("garrison").pk)
    form.add_row("topic_links", topic=make_topic("prisoners").pk)
    form.add_row("roles", role="obligated", party=front.pk)
    form.add_row("territory_links", territory=make_territory().pk)
    form.add_row("citations", source=make_source("coast-radio").pk)
    form.add_row("dependencies", relation="after", target=target.pk)
    form.add_row("contests", party=front.pk, objection="It wants the harbour closed.")
    term = {"kind": "quantity", "measure": measure.pk, "subject": front.pk, "comparator": "at_most"}
    form.add_row("terms", **term, value="500", unit="persons", qualifier="peacetime")

    saved = editor.save(clause, form)

    assert faults(saved) == []
    clause = Clause.objects.with_parts(editor.user).get(pk=clause.pk)
    assert clause.condition == "after both have signed"
    assert [(link.topic.slug, link.order) for link in clause.topic_links.all()] == [("garrison", 1), ("prisoners", 2)]
    assert [(role.role, role.party) for role in clause.roles.all()] == [("obligated", front)]
    assert [link.territory.slug for link in clause.territory_links.all()] == ["old-harbour"]
    assert [citation.source.slug for citation in clause.citations.all()] == ["harbour-gazette", "coast-radio"]
    assert [(tie.relation, tie.target) for tie in clause.dependencies.all()] == [("after", target)]
    assert [contest.objection for contest in clause.contests.all()] == ["It wants the harbour closed."]
    assert [(term.value, term.unit, term.qualifier) for term in clause.terms.all()] == [
        (Decimal(500), "persons", "peacetime")
    ]


def test_topics_stand_in_their_order_and_change_places(editor):
    clause = make_clause(make_proposal(), topics=["garrison", "prisoners"])
    form = editor.open(clause)
    assert form["topic_links-0-topic"] == str(make_topic("garrison").pk)

    form |= {"topic_links-0-order": 2, "topic_links-1-order": 1}
    editor.save(clause, form)

    topics = reload(clause).topic_links.order_by("order").values_list("topic__slug", flat=True)
    assert list(topics) == ["prisoners", "garrison"]


def test_a_part_taken_away_is_gone_and_the_version_moves(editor):
    clause = make_clause(make_proposal(), topics=["garrison", "prisoners"])
    before = reload(clause).version
    form = editor.open(clause)
    form["topic_links-0-DELETE"] = "on"

    editor.save(clause, form)

    assert [topic.slug for topic in clause.topics.all()] == ["prisoners"]
    assert reload(clause).version == before + 1


def test_a_figure_is_shown_as_people_write_it(editor):
    clause = make_clause(make_proposal())
    make_term(clause, value=600000)
    make_term(clause, value=0.25, unit="percent")

    form = editor.open(clause)

    assert [form["terms-0-value"], form["terms-1-value"]] == ["600000", "0.25"]


def test_a_new_clause_is_a_draft_at_the_end_of_its_proposal(editor):
    plan = make_proposal(clauses=["It opens.", "It stays open."])
    form = editor.open_new(Clause, proposal=plan.pk)
    form |= {"key": "c03", "number": "3", "label": "Old harbour", "text": "It closes."}

    editor.save_new(Clause, form)

    clause = Clause.objects.get(key="c03")
    assert (clause.proposal, clause.order, clause.stage) == (plan, 3, Stage.DRAFT)


def test_a_clause_stays_in_its_proposal(editor):
    clause = make_clause(make_proposal("council-plan"))
    form = editor.open(clause)

    editor.save(clause, form | {"proposal": make_proposal("front-answer").pk})

    assert reload(clause).proposal.slug == "council-plan"


def test_script_in_a_text_is_shown_as_text(editor):
    clause = make_clause(make_proposal(), text="<script>alert(1)</script>", label="<b>Harbour</b>")

    for page in (f"/admin/proposals/clause/{clause.pk}/change/", "/admin/proposals/clause/"):
        content = editor.client.get(page).content.decode()

        assert "<script>alert" not in content
        assert "<b>Harbour" not in content


def test_a_public_clause_keeps_a_source(editor):
    clause = make_clause(make_proposal("council-plan"))
    form = editor.open(clause)

    refused = editor.save(clause, form | {"citations-0-DELETE": "on"})

    assert faults(refused) == ["A public clause has a source."]
    assert clause.citations.count() == 1


def test_the_source_of_a_draft_may_go(editor):
    clause = make_clause(make_proposal("council-plan"), stage=Stage.DRAFT)
    form = editor.open(clause)

    editor.save(clause, form | {"citations-0-DELETE": "on"})

    assert not clause.citations.exists()
