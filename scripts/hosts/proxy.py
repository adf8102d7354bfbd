"""HAProxy in front of the web hosts as deploy/haproxy.cfg has it, without TLS and with other addresses."""

import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from scripts.faults.ports import free_port
from scripts.faults.site import ROOT

_PATIENCE = 20
_EXAMPLE = ROOT / "deploy" / "haproxy.cfg"
# Lines that an owner of hosts writes anew.
_OWN = re.compile(r"^ +(?:bind|server|http-request redirect) .*\n", re.M)


class Proxy:
    def __init__(self, *, host: str, to: Sequence[tuple[str, int]]) -> None:
        program = shutil.which("haproxy") or shutil.which("haproxy", path="/usr/sbin")
        if program is None:
            raise FileNotFoundError("HAProxy is missing. Debian: apt install haproxy")
        self.host, self.port = host, free_port(host)
        self._folder = tempfile.TemporaryDirectory(prefix="concordance-hosts-")
        configuration, log = (Path(self._folder.name) / name for name in ("haproxy.cfg", "log"))
        configuration.write_text(_configuration(f"{host}:{self.port}", to))
        with log.open("wb") as into:
            self._process = subprocess.Popen(
                [program, "-db", "-f", str(configuration)], stdout=subprocess.DEVNULL, stderr=into
            )
        until = time.monotonic() + _PATIENCE
        while not self._listens():
            if self._process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"HAProxy did not start:\n{log.read_text()}")
            time.sleep(0.05)

    def _listens(self) -> bool:
        try:
            socket.create_connection((self.host, self.port)).close()
        except ConnectionRefusedError:
            return False
        return True

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(10)
        self._folder.cleanup()


def _configuration(address: str, to: Sequence[tuple[str, int]]) -> str:
    servers = "".join(f"    server web{number} {at}:{port}\n" for number, (at, port) in enumerate(to, 1))
    example = _OWN.sub("", _EXAMPLE.read_text())
    return example.replace("frontend public\n", f"frontend public\n    bind {address}\n") + servers
