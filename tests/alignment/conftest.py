"""What the tests of the engine rely on."""

import os
import sys

import pytest


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """Under `make mutants` each test asks the engine itself.

    A changed engine is a copy of the process that ran the unchanged one, with its memory; and a test that is answered
    from memory would not be counted among those that notice a change.
    """
    if os.environ.get("MUTANT_UNDER_TEST"):
        for name, module in list(sys.modules.items()):
            if name.startswith("proposals.alignment"):
                for one in vars(module).values():
                    if hasattr(one, "cache_clear"):
                        one.cache_clear()
