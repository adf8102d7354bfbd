"""Ports that nobody uses."""

import socket


def free_port(host: str = "127.0.0.1") -> int:
    with socket.create_server((host, 0)) as found:
        return int(found.getsockname()[1])
