"""HAProxy in front of the web hosts, from Debian's package; docs/operations.md may take its configuration from here."""

import json
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from scripts.faults.ports import free_port

_CONFIGURATION = """
global
    maxconn 1000
defaults
    mode http
    option forwardfor
    timeout connect 1s
    timeout client 30s
    # Longer than any request may take; what reads is then asked of the other host.
    timeout server 12s
    timeout http-request 10s
    timeout check 5s
    retries 2
    option redispatch 1
    retry-on conn-failure empty-response response-timeout
    # When no host is left.
    http-error status 503 content-type text/html string "No host answers. Try again in a few seconds." hdr Retry-After 5
    http-error status 504 content-type text/html string "The host fell silent; read before you write." hdr Retry-After 5
frontend public
    bind {address}
    # What writes is never sent twice.
    http-request disable-l7-retry if !METH_GET
    http-request return status 503 content-type application/problem+json hdr Retry-After 5 lf-string \
        '{problem}' \
        if {{ path_beg /api/ }} {{ nbsrv(web) eq 0 }}
    default_backend web
backend web
    balance leastconn
    option httpchk GET /readyz
    # Probes wait for a thread as everything does: a busy host must not be taken for a lost one.
    default-server check inter 2s fall 3 rise 1
{servers}
"""


_PROBLEM = {
    "type": "/problems/unavailable",
    "title": "Service Unavailable",
    "status": 503,
    "detail": "No host answers. Try again in a few seconds.",
    "errors": [],
}


class Proxy:
    def __init__(self, *, host: str, to: Sequence[tuple[str, int]]) -> None:
        program = shutil.which("haproxy") or shutil.which("haproxy", path="/usr/sbin")
        if program is None:
            raise FileNotFoundError("HAProxy is missing. Debian: apt install haproxy")
        self.host, self.port = host, free_port(host)
        servers = "\n".join(f"    server web{number} {at}:{port}" for number, (at, port) in enumerate(to, 1))
        self._folder = tempfile.TemporaryDirectory(prefix="concordance-hosts-")
        configuration = Path(self._folder.name) / "haproxy.cfg"
        configuration.write_text(
            _CONFIGURATION.format(address=f"{host}:{self.port}", servers=servers, problem=json.dumps(_PROBLEM))
        )
        self._process = subprocess.Popen([program, "-db", "-f", str(configuration)], stdout=subprocess.DEVNULL)

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(10)
        self._folder.cleanup()
