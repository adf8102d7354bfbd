"""Two hundred races of two or three writers: none is told "saved" whose work is not there, and none is left untold."""

from collections.abc import Callable
from functools import partial
from itertools import count

import pytest
from django.db.models import Model

from parties.history import changes_of
from proposals.models import Clause, Position, Proposal
from tests.factories import make_clause, make_position, make_proposal
from tests.races.conftest import Race, Told, Writer

CLASHED = "Nothing was saved: others changed what you changed since you opened this page. Decide above, and save again."
# What those are told who were not first.
TOLD = {CLASHED, "412"}
CLAUSE = "/api/v1/proposals/council-plan/clauses/c01/"
POSITION = "/api/v1/positions/p001/"
# In the admin and in the exchange format alike.
FIELDS: dict[type[Model], tuple[str, str, str]] = {
    Clause: ("text", "label", "note"),
    Position: ("statement", "locator", "note"),
}

_numbers = count(1)


@pytest.fixture
def plan(transactional_db: None) -> Proposal:
    plan = make_proposal(stage="draft")
    for _ in range(4):
        make_clause(plan, stage="draft")
    return plan


def unlike(field: str) -> dict[str, str]:
    """A value that nobody has written before."""
    return {field: f"Change {next(_numbers)}."}


def lost(record: Model, changes: list[tuple[dict[str, str], Told]]) -> list[dict[str, str]]:
    """Changes that were told saved and are not in the record."""
    record.refresh_from_db()
    return [
        fields
        for fields, told in changes
        if told.saved and any(getattr(record, name) != value for name, value in fields.items())
    ]


def untold(changes: list[tuple[dict[str, str], Told]]) -> list[str]:
    """What those were told that were not saved, where it does not say that somebody was first."""
    return [told.why for _, told in changes if not told.saved and told.why not in TOLD]


def fields_of(record: Model, number: int, writers: int) -> list[dict[str, str]]:
    """Every other race is about one field, the rest about as many as there are writers."""
    names = FIELDS[type(record)]
    return [unlike(names[0] if number % 2 else names[place]) for place in range(writers)]


Work = Callable[[], Told]


def held(race: Race, record: Model, work: list[tuple[dict[str, str], Work]]) -> None:
    """Runs a race from one state that all its writers have read, of whom one is first."""
    told = race(*(piece for _, piece in work))
    changes = [(fields, one) for (fields, _), one in zip(work, told, strict=True)]

    assert lost(record, changes) == []
    assert untold(changes) == []
    assert sum(one.saved for one in told) == 1


class TestTwoHundredRaces:
    @pytest.mark.parametrize(("kind", "races"), [("clause", 20), ("position", 40)])
    def test_on_one_page_of_the_admin(
        self, race: Race, writers: list[Writer], plan: Proposal, kind: str, races: int
    ) -> None:
        record = plan.clauses.get(key="c01") if kind == "clause" else make_position()
        for number in range(races):
            form = writers[0].open(record)
            changes = fields_of(record, number, 2)
            held(
                race,
                record,
                [
                    (fields, partial(writer.submit, record, form | fields))
                    for fields, writer in zip(changes, writers, strict=False)
                ],
            )

    def test_on_one_clause_in_the_table_of_a_proposal(self, race: Race, writers: list[Writer], plan: Proposal) -> None:
        clause = plan.clauses.get(key="c01")
        for number in range(10):
            form = writers[0].open(plan)
            row = form.row_of("clauses", key="c01")
            changes = [unlike("text"), unlike("text" if number % 2 else "label")]
            held(
                race,
                clause,
                [
                    (fields, partial(writer.submit, plan, form | {f"{row}-{name}": fields[name] for name in fields}))
                    for fields, writer in zip(changes, writers, strict=False)
                ],
            )

    def test_on_three_clauses_of_one_table(self, race: Race, writers: list[Writer], plan: Proposal) -> None:
        for _ in range(10):
            form = writers[0].open(plan)
            texts = {key: unlike("text")["text"] for key in ("c01", "c02", "c03")}

            told = race(
                *(
                    partial(writer.submit, plan, form | {form.row_of("clauses", key=key) + "-text": text})
                    for writer, (key, text) in zip(writers, texts.items(), strict=True)
                )
            )

            assert [one.saved for one in told] == [True, True, True]
            assert dict(plan.clauses.exclude(key="c04").values_list("key", "text")) == texts

    def test_of_three_through_the_api(self, race: Race, writers: list[Writer], plan: Proposal) -> None:
        clause = plan.clauses.get(key="c01")
        for number in range(80):
            tag = writers[0].tag(CLAUSE)
            held(
                race,
                clause,
                [
                    (fields, partial(writer.patch, CLAUSE, tag, **fields))
                    for fields, writer in zip(fields_of(clause, number, 3), writers, strict=True)
                ],
            )

    @pytest.mark.parametrize(("kind", "address", "races"), [("clause", CLAUSE, 20), ("position", POSITION, 20)])
    def test_of_the_admin_and_the_api(
        self, race: Race, writers: list[Writer], plan: Proposal, kind: str, address: str, races: int
    ) -> None:
        record = plan.clauses.get(key="c01") if kind == "clause" else make_position()
        for number in range(races):
            form, tag = writers[0].open(record), writers[1].tag(address)
            mine, theirs = fields_of(record, number, 2)
            held(
                race,
                record,
                [
                    (mine, partial(writers[0].submit, record, form | mine)),
                    (theirs, partial(writers[1].patch, address, tag, **theirs)),
                ],
            )


def test_who_decides_for_their_own_overwrites_knowingly_and_the_history_keeps_both(
    race: Race, writers: list[Writer], plan: Proposal
) -> None:
    clause = plan.clauses.get(key="c01")
    form = writers[0].open(clause)
    texts = ["Of Ida.", "Of Otto."]
    told = race(
        *(partial(writer.submit, clause, form | {"text": text}) for writer, text in zip(writers, texts, strict=False))
    )
    loser = next(place for place, one in enumerate(told) if not one.saved)

    again = type(form).on(told[loser].response) | {"_keep::text": "mine"}
    decided = writers[loser].submit(clause, again)

    assert decided.saved
    clause.refresh_from_db()
    assert clause.text == texts[loser]
    last, before = changes_of(clause, limit=2)
    assert [(item.before, item.after) for item in last.items if item.field.startswith("text")] == [
        (texts[1 - loser], texts[loser])
    ]
    assert texts[1 - loser] in [item.after for item in before.items]
