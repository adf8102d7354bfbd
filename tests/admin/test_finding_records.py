"""Search and autocompletion find records by every name they go by."""

import pytest

from proposals.models import (
    Clause,
    ClauseSource,
    ClauseTerritory,
    ClauseTopic,
    Decision,
    Position,
    Process,
)
from tests.factories import (
    COASTAL_FRONT,
    NORTHERN_COUNCIL,
    make_clause,
    make_party,
    make_person,
    make_position,
    make_process,
    make_proposal,
    make_territory,
)


@pytest.fixture
def records(editor):
    """Every record of the cast, with an alias, and another one beside it that has none."""
    council = make_party(NORTHERN_COUNCIL)
    council.aliases.create(name="Conseil du Nord")
    front = make_party(COASTAL_FRONT)
    make_person("council-envoy", party=council).aliases.create(name="Botschafterin")
    make_person("front-envoy", name="Speaker of the Front", party=front)
    make_territory("old-harbour").aliases.create(name="Altes Hafenbecken")
    make_territory("salt-flats")
    make_process().parties.add(council)
    make_process("inland-rivers")
    make_position("p001", party=council)
    make_position("p002", party=front)
    make_proposal("council-plan", proposers=[NORTHERN_COUNCIL])
    make_proposal("front-answer", proposers=[COASTAL_FRONT])


@pytest.mark.parametrize(
    ("room", "alias", "found"),
    [
        ("parties/party", "conseil du nord", ["northern-council"]),
        ("parties/person", "botschafterin", ["council-envoy"]),
        ("parties/person", "conseil", ["council-envoy"]),
        ("proposals/territory", "hafenbecken", ["old-harbour"]),
        ("proposals/process", "conseil", ["northern-coast"]),
        ("proposals/position", "conseil", ["p001"]),
        ("proposals/proposal", "conseil", ["council-plan"]),
    ],
)
def test_a_list_finds_a_record_by_an_alias(editor, records, room, alias, found):
    page = editor.client.get(f"/admin/{room}/", {"q": alias})

    assert [record.slug for record in page.context["cl"].queryset] == found


def suggestions(editor, model, field, term):
    query = {
        "app_label": model._meta.app_label,
        "model_name": model._meta.model_name,
        "field_name": field,
        "term": term,
    }
    return [entry["text"] for entry in editor.client.get("/admin/autocomplete/", query).json()["results"]]


@pytest.mark.parametrize(
    ("model", "field", "term", "found"),
    [
        (Position, "party", "conseil", ["Northern Council (northern-council), also Conseil du Nord"]),
        (Position, "party", "northern conseil", ["Northern Council (northern-council), also Conseil du Nord"]),
        (Position, "party", "northern", ["Northern Council (northern-council)"]),
        (Position, "person", "botschafterin", ["Envoy of the Council (council-envoy), also Botschafterin"]),
        (Process, "parties", "du nord", ["Northern Council (northern-council), also Conseil du Nord"]),
        (ClauseTerritory, "territory", "hafenbecken", ["Old Harbour (old-harbour), also Altes Hafenbecken"]),
        (Position, "proposal", "conseil", ["Council Plan (council-plan)"]),
        (ClauseTopic, "topic", "ceasefire", ["Ceasefire (ceasefire)"]),
        (ClauseTopic, "topic", "cease\0fire", []),
        (ClauseSource, "source", "gazette full", ["Harbour Gazette: The text in full (harbour-gazette)"]),
        (ClauseSource, "source", "harbour-gaz", ["Harbour Gazette: The text in full (harbour-gazette)"]),
    ],
)
def test_autocompletion_finds_a_record_by_every_name_and_says_which_alias_it_was(
    editor, records, model, field, term, found
):
    assert suggestions(editor, model, field, term) == found


def test_autocompletion_names_a_clause_with_its_proposal_in_reading_order(editor):
    for slug in ("council-plan", "front-answer"):
        make_clause(make_proposal(slug), label="Old harbour")

    assert suggestions(editor, Decision, "left", "harbour") == [
        "council-plan/c01: Old harbour",
        "front-answer/c01: Old harbour",
    ]


@pytest.mark.parametrize("term", ["front-answer/c01", "front-answer c01", "front-answer/c01 harbour"])
def test_a_clause_is_found_by_its_public_id(editor, term):
    for slug in ("council-plan", "front-answer"):
        plan = make_proposal(slug)
        make_clause(plan, label="Old harbour")
        make_clause(plan, key="c011", label="Old harbour")

    assert suggestions(editor, Clause, "parent", term) == ["front-answer/c01: Old harbour"]
