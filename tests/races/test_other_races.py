"""Races in which one writer takes away, moves, adds or publishes what another edits; never an error of the server."""

from functools import partial
from typing import Any

import pytest

from proposals.models import Clause, Position, Proposal, Stage
from tests.admin.conftest import faults
from tests.exchange.harbour import PLAN, harbour
from tests.factories import make_clause, make_position, make_proposal
from tests.races.conftest import Race, Told, Writer

# Enough for each side to be first at times.
RACES = 5


@pytest.fixture
def plan(transactional_db: None) -> Proposal:
    return make_proposal(clauses=["It opens.", "It stays open.", "It closes."])


def typed_into(writer: Writer, plan: Proposal, key: str, **fields: Any) -> Any:
    form = writer.open(plan)
    row = form.row_of("clauses", key=key)
    return form | {f"{row}-{name}": value for name, value in fields.items()}


def test_one_moves_clauses_and_one_edits_them(race: Race, writers: list[Writer], plan: Proposal) -> None:
    ida, otto, _ = writers
    for number in range(RACES):
        first, *rest = plan.clauses.in_reading_order().values_list("key", flat=True)
        moving = typed_into(ida, plan, first, order=9)
        editing = typed_into(otto, plan, first, text=f"It opens at {number}.")

        told = race(partial(ida.submit, plan, moving), partial(otto.submit, plan, editing))

        assert [one.saved for one in told] == [True, True]
        assert plan.clauses.get(key=first).text == f"It opens at {number}."
        assert list(plan.clauses.in_reading_order().values_list("key", flat=True)) == [*rest, first]


def test_one_deletes_a_clause_and_one_edits_it(race: Race, writers: list[Writer], plan: Proposal) -> None:
    ida, otto, _ = writers
    for number in range(RACES):
        clause = make_clause(plan, key=f"d{number:02}")
        confirmed, editing = ida.ask_to_delete(clause), otto.open(clause) | {"text": "It opens at noon."}

        deleted, edited = race(partial(ida.delete, clause, confirmed), partial(otto.submit, clause, editing))

        is_there = Clause.objects.filter(pk=clause.pk).first()
        if is_there:
            assert edited.saved
            assert is_there.text == "It opens at noon."
            assert "Nothing was deleted" in deleted.content.decode()
        else:
            assert deleted.status_code == 302
            assert not edited.saved
            assert "It opens at noon." in edited.response.content.decode()


def test_one_deletes_it_through_the_api_and_one_edits_it(
    race: Race, writers: list[Writer], transactional_db: None
) -> None:
    ida, otto, _ = writers
    for number in range(RACES):
        position = make_position(f"p{number:03}")
        address = f"/api/v1/positions/{position.slug}/"
        tag, editing = ida.tag(address), otto.open(position) | {"note": "Copies differ."}

        deleted, edited = race(
            partial(ida.client.delete, address, headers={"If-Match": tag}), partial(otto.submit, position, editing)
        )

        is_there = Position.objects.filter(pk=position.pk).first()
        assert (deleted.status_code, edited.saved) == ((412, True) if is_there else (204, False))
        assert is_there is None or is_there.note == "Copies differ."


def test_two_add_a_clause_with_one_key(race: Race, writers: list[Writer], plan: Proposal) -> None:
    ida, otto, una = writers
    for number in range(RACES):
        key = f"n{number:02}"
        forms = []
        for writer in (ida, otto):
            form = writer.open(plan)
            form.add_row("clauses", key=key, number="9", label="New", text=f"Of {writer.user}.")
            forms.append(form)
        body = {"id": key, "number": "9", "label": "New", "text": "Of una."}
        body |= {"kind": "commitment", "wording": "paraphrase", "modality": "must", "topics": ["ceasefire"]}
        body |= {"evidence": "full_text", "confidence": "high"}
        adding = partial(
            una.client.post, "/api/v1/proposals/council-plan/clauses/", body, content_type="application/json"
        )

        first, second, third = race(partial(ida.submit, plan, forms[0]), partial(otto.submit, plan, forms[1]), adding)

        told = {"ida": first.saved, "otto": second.saved, "una": third.status_code == 201}
        assert sum(told.values()) == 1, third.content
        assert plan.clauses.get(key=key).text == next(f"Of {name}." for name, saved in told.items() if saved)
        for refused in (one for one in (first, second) if not one.saved):
            assert "This key is in use in the proposal." in faults(refused.response)
        assert third.status_code in (201, 409)


def test_one_withdraws_it_and_one_edits_it(race: Race, writers: list[Writer], plan: Proposal) -> None:
    ida, otto, _ = writers
    clause = plan.clauses.get(key="c01")
    for number in range(RACES):
        Clause.objects.filter(pk=clause.pk).update(stage=Stage.PUBLIC)
        editing = otto.open(clause) | {"text": f"It opens at {number}."}

        _, edited = race(partial(ida.act, "withdraw", clause, confirmed="yes"), partial(otto.submit, clause, editing))

        clause.refresh_from_db()
        assert clause.stage == Stage.WITHDRAWN
        assert edited.saved is (clause.text == f"It opens at {number}.")


def test_actions_on_the_same_records_and_a_table_of_them(race: Race, writers: list[Writer], plan: Proposal) -> None:
    ida, otto, una = writers
    clauses = list(plan.clauses.in_reading_order())
    for number in range(RACES):
        editing = typed_into(una, plan, "c02", label=f"Harbour {number}")

        race(
            partial(ida.act, "withdraw", *clauses, confirmed="yes"),
            partial(otto.act, "make_public", *reversed(clauses), confirmed="yes"),
            partial(una.submit, plan, editing),
        )

        assert len(set(plan.clauses.values_list("stage", flat=True))) == 1


def test_an_import_and_an_editor(race: Race, writers: list[Writer]) -> None:
    ida, otto, _ = writers
    send = partial(ida.client.post, "/api/v1/imports/", content_type="application/json")
    document = {"format": "concordance/1"} | {
        name: records for content in harbour().values() for name, records in content.items() if name != "proposals"
    }
    assert send(document | {"proposals": [PLAN]}).status_code == 200, "the plan is not valid alone"
    clause = Clause.objects.get(key="c01")
    for number in range(RACES):
        clauses = [{**one, "note": f"Import {number}."} for one in PLAN["clauses"]]
        editing = otto.open(clause) | {"note": f"Editor {number}."}

        imported, edited = race(
            partial(send, document | {"proposals": [PLAN | {"clauses": clauses}]}),
            partial(otto.submit, clause, editing),
        )

        clause.refresh_from_db()
        conflicts = imported.json()["counts"]["conflict"]
        assert (clause.note, edited.saved, conflicts > 0) in (
            (f"Editor {number}.", True, True),
            (f"Import {number}.", False, False),
        )
        # Whatever the editor left, so that the next document finds what an import wrote.
        ida.client.post(
            "/api/v1/imports/?overwrite=true",
            document | {"proposals": [PLAN | {"clauses": clauses}]},
            content_type="application/json",
        )


def test_two_press_save_twice(race: Race, writers: list[Writer], plan: Proposal) -> None:
    clause = plan.clauses.get(key="c01")
    form = writers[0].open(clause) | {"text": "It opens at noon."}

    told: list[Told] = race(*(partial(writer.submit, clause, form) for writer in writers))

    assert [one.saved for one in told] == [True, True, True]
    assert Clause.objects.get(pk=clause.pk).version == clause.version + 1
