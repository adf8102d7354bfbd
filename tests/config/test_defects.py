"""What leaves for a Sentry server."""

import json
import os
import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
_PROGRAM = """
import json, logging, sentry_sdk
from sentry_sdk.transport import Transport
from config.observing.defects import report_defects

class Kept(Transport):
    def capture_envelope(self, envelope):
        for item in envelope.items:
            print(item.get_bytes().decode())

report_defects(dsn="https://key@sentry.example/1", release="1.0.0", transport=Kept)
pasted = "The Coastal Front withdraws its boats"
sentry_sdk.set_user({"username": "mediator", "ip_address": "10.0.0.7"})
sentry_sdk.set_context("request", {"body": pasted})
try:
    raise ValueError(pasted)
except ValueError:
    logging.getLogger("council").exception("could not store %s", pasted)
sentry_sdk.flush()
"""


def test_a_defect_leaves_with_its_place_and_nothing_of_what_was_sent() -> None:
    process = subprocess.run(
        [sys.executable, "-c", _PROGRAM], cwd=_ROOT, env=os.environ, capture_output=True, text=True, check=True
    )

    events = [json.loads(line) for line in process.stdout.splitlines() if '"exception"' in line]
    assert len(events) == 1
    (told,) = events[0]["exception"]["values"]
    assert (told["type"], told["stacktrace"]["frames"][-1]["filename"]) == ("ValueError", "<string>")
    for secret in ("boats", "mediator", "10.0.0.7"):
        assert secret not in process.stdout
