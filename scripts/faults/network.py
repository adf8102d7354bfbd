"""The network between the service and its database: a TCP proxy that may be slow, swallow everything, or be closed."""

import asyncio
import contextlib
import threading
from collections.abc import Coroutine
from typing import Any

from scripts.faults.ports import free_port


class Network:
    """Listens on a port of its own and passes on what comes, as `delay` and `swallows` say at that moment."""

    def __init__(self, *, to: tuple[str, int], host: str = "127.0.0.1") -> None:
        self.host = host
        self.port = free_port(host)
        # Seconds that each packet takes, either way.
        self.delay = 0.0
        self._to = to
        self._loop = asyncio.new_event_loop()
        self._open: asyncio.Event = asyncio.Event()
        self._open.set()
        self._writers: set[asyncio.StreamWriter] = set()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._server: asyncio.Server = self._do(asyncio.start_server(self._accept, host, self.port, backlog=64))

    def swallow(self) -> None:
        """From now on packets vanish: connections stay open, and nothing is heard."""
        self._loop.call_soon_threadsafe(self._open.clear)

    def restore(self) -> None:
        """What was sent meanwhile arrives late, as it does when a sender tries again."""
        self.delay = 0.0
        self._loop.call_soon_threadsafe(self._open.set)

    def close(self) -> None:
        self._do(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)

    async def _end(self) -> None:
        self._server.close()
        for writer in self._writers:
            writer.close()
        passing = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in passing:
            task.cancel()
        await asyncio.gather(*passing, return_exceptions=True)

    def _do(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        try:
            await self._open.wait()
            onward_reader, onward_writer = await asyncio.open_connection(*self._to)
        except OSError:
            # A closed port is told at once, as the server's own would be.
            writer.transport.abort()
            return
        self._writers.add(onward_writer)
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.gather(self._pass(reader, onward_writer), self._pass(onward_reader, writer))

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while packet := await reader.read(65_536):
                await asyncio.sleep(self.delay)
                await self._open.wait()
                writer.write(packet)
                await writer.drain()
        except OSError:
            pass
        finally:
            await self._open.wait()
            writer.close()
            self._writers.discard(writer)
