"""What each role may do: the one list that migrations write into groups, and that tests hold against every page.

A migration that brings a new model comes before one of this app that calls `write_roles` again.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps as django_apps
from django.contrib.auth.management import create_permissions

from parties.readers import PREVIEW

ROLES = ("reader", "editor", "reviewer", "administrator")

# Records that have no stage: readers meet them as soon as they are there.
_RECORDS = (
    *("parties.party", "parties.person"),
    *("proposals.process", "proposals.topicgroup", "proposals.topic", "proposals.territory", "proposals.measure"),
    *("proposals.source", "proposals.dispute"),
)
_STAGED = ("proposals.proposal", "proposals.clause", "proposals.position", "proposals.statement")
_PARTS = (
    *("parties.partyalias", "parties.membership", "parties.personalias", "proposals.territoryalias"),
    *("proposals.proposalparty", "proposals.proposalsource", "proposals.textversion", "proposals.lineage"),
    *("proposals.silence", "proposals.term", "proposals.dependency", "proposals.contest"),
    *("proposals.clauseparty", "proposals.clausetopic", "proposals.clauseterritory", "proposals.clausesource"),
    *("proposals.disputeabout", "proposals.disputeclaim", "proposals.statementabout", "proposals.statementtopic"),
)
# A snapshot holds the words of what was withdrawn since; the pages and the API leave them out.
_LOOKED_AT = (
    "proposals.alignmentrun",
    "proposals.importedrecord",
    "proposals.snapshot",
    "proposals.vocabularysnapshot",
)

_PUBLIC = (*_RECORDS, *_STAGED, *_PARTS)
_WRITTEN = (*_PUBLIC, "proposals.decision")

# Beside the actions on models, by the first role that has it.
PUBLISH, WITHDRAW = "proposals.publish_records", "proposals.withdraw_records"
RESTORE = "proposals.restore_records"
ALIGN = "proposals.align_corpus"
IMPORT, OVERWRITE = "proposals.import_records", "proposals.overwrite_records"


def _each(action: str, models: tuple[str, ...]) -> Iterator[str]:
    for label in models:
        app, name = label.split(".")
        yield f"{app}.{action}_{name}"


_READER = frozenset(_each("view", _PUBLIC))
_EDITOR = _READER | {
    *_each("view", ("proposals.decision", *_LOOKED_AT)),
    *_each("add", _WRITTEN),
    *_each("change", _WRITTEN),
    # Of a record with a stage only drafts, unless the user may withdraw it too.
    *_each("delete", (*_STAGED, *_PARTS, "proposals.decision")),
    *_each("view", ("knox.authtoken",)),
    *_each("add", ("knox.authtoken",)),
    *_each("delete", ("knox.authtoken",)),
    *(PREVIEW, PUBLISH, IMPORT),
}
_REVIEWER = _EDITOR | {*_each("delete", _RECORDS), WITHDRAW, RESTORE, ALIGN}
_ADMINISTRATOR = _REVIEWER | {
    OVERWRITE,
    *(f"auth.{action}_{name}" for action in ("view", "add", "change") for name in ("user", "group")),
    *("auth.delete_group", "axes.view_accessattempt", "axes.delete_accessattempt"),
}

PERMISSIONS: dict[str, frozenset[str]] = {
    "reader": _READER,
    "editor": frozenset(_EDITOR),
    "reviewer": frozenset(_REVIEWER),
    "administrator": frozenset(_ADMINISTRATOR),
}

# Models that nobody is given a permission on: they are written by the way.
INTERNAL = (
    *("parties.change", "proposals.retiredkey", "proposals.stagemove"),
    *("proposals.alignmentjob", "proposals.alignedtext", "proposals.alignedpair"),
)
PLACED = frozenset({*_PUBLIC, *_WRITTEN, *_LOOKED_AT, *INTERNAL})

_APPS = ("auth", "axes", "knox", "parties", "proposals")


def write_roles(apps: Any) -> None:
    """Gives each group what its role may do, as far as there is such a model; what else a group has, it keeps.

    `apps` are those of a migration, or Django's own. Permissions are made here, since Django makes them only after the
    last migration.
    """
    for label in _APPS:
        create_permissions(django_apps.get_app_config(label), apps=apps, verbosity=0)
    group, permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    known = {
        f"{app}.{code}": pk
        for pk, app, code in permission.objects.values_list("pk", "content_type__app_label", "codename")
    }
    for role in ROLES:
        record, _ = group.objects.get_or_create(name=role)
        record.permissions.add(*(known[name] for name in PERMISSIONS[role] if name in known))
