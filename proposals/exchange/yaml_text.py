"""Documents as YAML text: the same value always gives the same bytes, and every YAML reader the same value.

Records and lists of records are written one field a line, lists of ids in one line, long texts wrapped.
"""

from __future__ import annotations

from typing import Any

import yaml

_WIDTH = 120


class _Dumper(yaml.SafeDumper):
    """The emitter in Python, not the one in C: where they wrap differently, files would change with the machine."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _list(dumper: _Dumper, value: list[Any]) -> yaml.Node:
    flat = all(isinstance(item, str) and len(item) <= _WIDTH // 2 for item in value)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=flat)


_Dumper.add_representer(list, _list)


def yaml_text(document: Any) -> str:
    """A document as text. Words that YAML 1.1 would misread (yes, 10, 2024-05-03) stand in quotes."""
    return yaml.dump(
        document, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_WIDTH, default_flow_style=False
    )
