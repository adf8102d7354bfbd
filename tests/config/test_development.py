from datetime import date
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model

from config.development import first_comparison, is_empty, staff_password
from proposals.models import Proposal, Stage
from tests.factories import make_party, make_proposal

pytestmark = pytest.mark.django_db


def test_one_record_of_any_kind_is_existing_work() -> None:
    assert is_empty()

    make_party()

    assert not is_empty()


def test_a_staff_user_is_made_once_with_a_random_password(tmp_path: Path) -> None:
    file = tmp_path / "password"

    first, second = staff_password(file), staff_password(file)

    assert first == second == file.read_text().strip()
    assert file.stat().st_mode & 0o077 == 0
    user = get_user_model().objects.get()
    assert user.is_staff
    assert user.check_password(first)


def test_no_user_is_made_beside_others(tmp_path: Path) -> None:
    get_user_model().objects.create_user("editor", password="of the mediator")

    assert staff_password(tmp_path / "password") is None
    assert get_user_model().objects.count() == 1


def test_a_password_that_was_changed_is_not_told(tmp_path: Path) -> None:
    staff_password(tmp_path / "password")
    user = get_user_model().objects.get()
    user.set_password("of the mediator")
    user.save()

    assert staff_password(tmp_path / "password") is None


def test_the_first_comparison_is_of_the_earliest_and_the_longest_complete_text() -> None:
    for slug, month, length, fields in (
        ("earlier-rumour", 1, 9, {"clauses_complete": Proposal.Completeness.PARTLY}),
        ("first-draft", 2, 1, {}),
        ("short-answer", 3, 2, {}),
        ("long-answer", 4, 3, {}),
        ("unseen-draft", 5, 5, {"stage": Stage.DRAFT}),
    ):
        make_proposal(slug, date=date(2031, month, 1), clauses=["The Coastal Front withdraws."] * length, **fields)

    assert first_comparison() == "proposals=first-draft,long-answer"


def test_there_is_no_first_comparison_of_one_text() -> None:
    assert first_comparison() is None

    make_proposal("first-draft")

    assert first_comparison() is None
