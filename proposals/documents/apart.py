"""Reads a file in a process of its own, which ends with the file: the parsers' memory and time are not the server's."""

import json
import subprocess
import sys
from pathlib import Path

from proposals.documents.faults import UnreadableDocument

SECONDS = 15  # of processor time; a document of 300 pages takes a few
MEMORY = 768 * 1024**2
_ROOT = Path(__file__).resolve().parents[2]
_TOO_HEAVY = UnreadableDocument(
    "too_heavy", "Reading the file takes more time or memory than is allowed. Paste its text instead."
)


def read_apart(kind: str, content: bytes, *, seconds: int = SECONDS, memory: int = MEMORY) -> str:
    """The text of a file of one of the kinds in __main__.py. Raises UnreadableDocument, whatever the file does."""
    try:
        done = subprocess.run(
            [sys.executable, "-E", "-s", "-m", "proposals.documents", kind, str(seconds), str(memory)],
            input=content,
            capture_output=True,
            check=False,
            cwd=_ROOT,
            # Neither the secret key nor the database's address is there to be read.
            env={"PYTHONUTF8": "1"},
            timeout=seconds + 5,
        )
    except subprocess.TimeoutExpired:
        raise _TOO_HEAVY from None
    if done.returncode:
        # Killed by a limit, or dead of it: nothing else ends it without an answer.
        raise _TOO_HEAVY
    answer = json.loads(done.stdout)
    if "code" in answer:
        raise UnreadableDocument(answer["code"], answer["sentence"])
    return str(answer["text"])
