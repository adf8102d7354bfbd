"""What the tests of the engine rely on."""

import os
import sys

import pytest


@pytest.fixture(scope="session", autouse=True)
def _nothing_remembered() -> None:
    """A changed engine of `make mutants` is a copy of the process that ran the unchanged one, with its memory."""
    if os.environ.get("MUTANT_UNDER_TEST"):
        for name, module in list(sys.modules.items()):
            if name.startswith("proposals.alignment"):
                for one in vars(module).values():
                    if hasattr(one, "cache_clear"):
                        one.cache_clear()
