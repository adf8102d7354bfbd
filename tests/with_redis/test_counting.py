"""Requests counted in a Redis server, and what happens while it is away."""

import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client
from rest_framework.throttling import SimpleRateThrottle

from config.environment import Environment

_PROGRAM = shutil.which("redis-server")
# Of another process that counts in the same server.
_ELSEWHERE = """
import sys
from django.core.cache.backends.redis import RedisCache
print(len(RedisCache(sys.argv[1], {}).get(sys.argv[2])))
"""


class Redis:
    def __init__(self, folder: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as bound:
            self.port = bound.getsockname()[1]
        self._folder = folder
        self.start()

    def start(self) -> None:
        """The server, once it answers: it writes a line when it does."""
        self._process = subprocess.Popen(
            [str(_PROGRAM), "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", str(self._folder)],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        assert any("Ready to accept connections" in line for line in self._process.stdout)

    def end(self) -> None:
        self._process.kill()
        self._process.communicate()


@pytest.fixture
def redis(tmp_path: Path, settings) -> Iterator[Redis]:
    if _PROGRAM is None:
        pytest.fail("needs redis-server (Debian: apt install redis-server)")
    server = Redis(tmp_path)
    address = f"redis://127.0.0.1:{server.port}/0"
    settings.CACHES = {**settings.CACHES, "default": Environment({"CACHE_URL": address}).cache("CACHE_URL")}
    yield server
    server.end()


@pytest.mark.django_db
def test_processes_count_together(client: Client, redis: Redis, monkeypatch) -> None:
    monkeypatch.setitem(SimpleRateThrottle.THROTTLE_RATES, "anonymous", "2/min")

    statuses = [client.get("/api/v1/proposals/").status_code for _ in range(3)]

    (key,) = cache._cache.get_client().keys()
    name = key.decode().removeprefix(":1:")
    command = [sys.executable, "-c", _ELSEWHERE, f"redis://127.0.0.1:{redis.port}/0", name]
    found = subprocess.run(command, capture_output=True, text=True, check=True)
    assert statuses == [200, 200, 429]
    assert found.stdout == "2\n"


@pytest.mark.django_db
def test_while_it_is_away_everybody_is_let_in_and_afterwards_counted_again(
    client: Client, redis: Redis, monkeypatch
) -> None:
    monkeypatch.setitem(SimpleRateThrottle.THROTTLE_RATES, "anonymous", "1/min")
    before = [client.get("/api/v1/topics/").status_code for _ in range(2)]

    redis.end()
    away = [client.get("/api/v1/topics/").status_code for _ in range(3)]
    redis.start()
    after = [client.get("/api/v1/topics/").status_code for _ in range(2)]

    assert (before, away, after) == ([200, 429], [200, 200, 200], [200, 429])
