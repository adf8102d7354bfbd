"""manage.py freeze_vocabulary: the vocabulary changes on purpose only."""

import pytest
from django.core.management import call_command

from proposals.comparison import current_vocabulary
from proposals.models import Clause, VocabularySnapshot
from tests.factories import make_clause, make_proposal

pytestmark = pytest.mark.django_db


def freeze(capsys, **options):
    call_command("freeze_vocabulary", **options)
    return capsys.readouterr().out.strip()


@pytest.fixture
def _plan():
    make_proposal(clauses=["The Coastal Front opens the old harbour."])


@pytest.mark.usefixtures("_plan")
def test_a_frozen_vocabulary_is_the_current_one(capsys):
    name = freeze(capsys)

    assert VocabularySnapshot.objects.get().name == name == current_vocabulary().id


@pytest.mark.usefixtures("_plan")
def test_freezing_the_same_records_again_writes_nothing(capsys):
    name = freeze(capsys)
    before = VocabularySnapshot.objects.get().frozen_at

    assert freeze(capsys) == name
    assert VocabularySnapshot.objects.get().frozen_at == before


@pytest.mark.usefixtures("_plan")
def test_a_new_vocabulary_takes_the_place_of_the_old_one_which_is_kept(capsys):
    first = freeze(capsys)
    make_clause(make_proposal("front-answer"), text="Pilots guide every ship.")

    second = freeze(capsys)

    assert first != second
    assert dict(VocabularySnapshot.objects.values_list("name", "is_current")) == {first: False, second: True}
    Clause.objects.get(text="Pilots guide every ship.").delete()
    assert freeze(capsys) == first
    assert current_vocabulary().id == first


@pytest.mark.usefixtures("_plan")
def test_if_missing_keeps_the_one_that_is_there(capsys):
    first = freeze(capsys, if_missing=True)
    make_clause(make_proposal("front-answer"), text="Pilots guide every ship.")

    assert freeze(capsys, if_missing=True) == first
