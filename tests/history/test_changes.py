"""Who changed a record, when, from where, and what, as its history tells it."""

import pytest
from django.db import connection

from parties.history import changes_of
from tests.factories import *

pytestmark = pytest.mark.django_db

def test_x():
    import pghistory
    plan=make_proposal(); c=make_clause(plan); make_term(c)
    with pghistory.context(user=1, source="x"):
        c.text="The Coastal Front closes the old harbour."; c.save()
        c.topic_links.all().delete()
    with pghistory.context(user=1, source="y"):
        c.delete()
    for rec in (plan,):
        for s in changes_of(rec):
            print(s.when,s.who,s.source,s.of,s.key)
            for i in s.items: print("   ",i.kind,"|",i.part,"|",i.field,"|",i.before,"|",i.after, )
    assert 0
