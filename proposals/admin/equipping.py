"""Gives lists what they have in common beyond what is edited in them, those of lower layers too.

The admins of parties know neither the exchange format nor what waits; so each admin is replaced by one that does.
"""

from typing import Any

from django.contrib import admin

from parties import admin as _parties  # noqa: F401  (registers the parties' admins)
from proposals.admin.dashboard import NEEDS, WithNeeds
from proposals.admin.transfer import Transfers
from proposals.exchange.format import KINDS


def equip(site: admin.AdminSite) -> None:
    """Replaces the admin of every kind of records of the exchange format. Call it once all of them are registered."""
    for record in KINDS.values():
        plain: Any = type(site.get_model_admin(record.model))
        more = (Transfers, WithNeeds) if record.model in NEEDS else (Transfers,)
        equipped = type(plain)(plain.__name__, (*more, plain), {"kind": record.kind})
        site.unregister(record.model)
        site.register(record.model, equipped)
