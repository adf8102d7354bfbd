"""The process that reads one file: its bytes come on standard input, its text or refusal leaves as JSON.

    python -m proposals.documents KIND SECONDS BYTES

Limits are set before anything of the file is looked at, and nothing may be run, connected to, or written.
"""

import contextlib
import json
import resource
import sys
from typing import Any

from proposals.documents.faults import UnreadableDocument
from proposals.documents.pdf import read_pdf
from proposals.documents.web_page import read_web_page
from proposals.documents.word import read_word

_READERS = {"pdf": read_pdf, "web_page": read_web_page, "word": read_word}
_FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system", "ctypes.dlopen")


def main(kind: str, seconds: int, memory: int) -> None:
    limits = {
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for limit, most in limits.items():
        # Not every system knows the limit of memory.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(limit, (most, most))
    content = sys.stdin.buffer.read()
    sys.addaudithook(_refuse)
    print(json.dumps(_answer(kind, content)))


def _answer(kind: str, content: bytes) -> dict[str, str]:
    try:
        return {"text": _READERS[kind](content)}
    except UnreadableDocument as refusal:
        return {"code": refusal.code, "sentence": str(refusal)}
    except MemoryError:
        sys.exit(1)
    except RecursionError:
        return {"code": "too_deep", "sentence": "The file is nested too deeply to be read."}
    except Exception:  # noqa: BLE001 (a damaged or hostile file meets the parsers in more ways than they have names for)
        return {"code": "damaged", "sentence": "The file cannot be read: it is damaged, or not what its name says."}


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event.startswith(_FORBIDDEN):
        raise UnreadableDocument("active", "The file makes its reader run or ask for something.")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
