"""Put first on the path of a process (tests/no_network.py), this ends it at its first step towards a network.

Python imports a module of this name at its start. What asyncio needs for itself (a pair of local sockets) is none.
"""

import os
import sys
from collections.abc import Callable
from typing import Any

ASKING = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo"}
LOCAL = 1
"""AF_UNIX; socket itself is not imported here: whether the program imports it is a question of its own."""


def is_network(event: str, args: tuple[Any, ...]) -> bool:
    """Whether an audit event of Python is a socket that leads out of the machine, or a name that is asked for."""
    if event in ASKING:
        return True
    if event == "socket.__new__":
        return int(args[1]) != LOCAL
    # A local socket is called by a path, every other by a tuple.
    return event in ("socket.connect", "socket.bind", "socket.sendto") and isinstance(args[-1], tuple)


def watch(stop: Callable[[str], None]) -> None:
    """From now on `stop` is told of each such event of this process, before it happens."""

    def hook(event: str, args: tuple[Any, ...]) -> None:
        if event.startswith("socket.") and is_network(event, args):
            stop(f"no network: {event} {args[1:]!r}")

    sys.addaudithook(hook)


def _end(said: str) -> None:
    os.write(2, f"{said}\n".encode(errors="replace"))
    os._exit(97)


if __name__ == "sitecustomize":
    watch(_end)
