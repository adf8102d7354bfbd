"""A migration's operation for many triggers at once."""

from typing import Any

import pgtrigger.compiler
from django.db.migrations.operations.base import Operation


class AddTriggers(Operation):
    """Adds triggers to models of one app, each named with its model.

    pgtrigger's own operation draws up the model, and all that it is related to, anew for each trigger: with a hundred
    of them every run of the tests would begin ten seconds later.
    """

    reversible = True

    def __init__(self, triggers: list[tuple[str, pgtrigger.compiler.Trigger]]) -> None:
        self.triggers = triggers

    def state_forwards(self, app_label: str, state: Any) -> None:
        for name, trigger in self.triggers:
            options = state.models[app_label, name].options
            options["triggers"] = [*options.get("triggers", []), trigger]

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for _name, trigger in self.triggers:
            # Without parameters, or a percent sign in the function would be taken for the place of one.
            schema_editor.execute(trigger.install_sql, params=None)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for _name, trigger in self.triggers:
            schema_editor.execute(trigger.uninstall_sql, params=None)

    def describe(self) -> str:
        return f"Create {len(self.triggers)} triggers"
