"""The engine stays plain Python: it can be used where nothing but numpy is installed."""

import subprocess
import sys
from pathlib import Path

import proposals.alignment

PROGRAM = """
import sys
import proposals.alignment, proposals.alignment.evaluation, proposals.alignment.fitting
foreign = ("django", "rest_framework", "psycopg", "parties", "yaml")
print([name for name in sys.modules if name.split(".")[0] in foreign])
"""


def test_the_engine_imports_without_django_or_a_database_driver() -> None:
    root = Path(__file__).resolve().parents[2]

    done = subprocess.run([sys.executable, "-c", PROGRAM], cwd=root, capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def test_every_public_name_exists() -> None:
    assert all(hasattr(proposals.alignment, name) for name in proposals.alignment.__all__)
