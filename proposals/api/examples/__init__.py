"""Real requests and answers on the shipped data, for the schema and its readers."""

import json
from functools import cache
from pathlib import Path
from typing import Any


@cache
def example(name: str) -> Any:
    """The decoded JSON of an example beside this file: `comparison`, `texts`."""
    return json.loads(Path(__file__).with_name(f"{name}.json").read_text(encoding="utf-8"))
