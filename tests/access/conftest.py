"""Records that everybody asks for."""

import pytest
from django.contrib.auth.models import User
from django.db.models import Model

from proposals.models import VocabularySnapshot
from tests.admin.one_of_each import make_one_of_each


@pytest.fixture
def records_of_each(db: None) -> dict[str, Model]:
    """One of each model, all of them public."""
    records = make_one_of_each(User.objects.create_user("ida", last_name="Northern"))
    # One for the page of the admin alone: no engine could read it.
    VocabularySnapshot.objects.all().delete()
    return records
