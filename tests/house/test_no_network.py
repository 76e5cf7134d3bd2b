"""The program speaks to no network: no module of it imports what could, and no test of it opens a socket."""

import ast
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.test_walls import imports
from tests.house.tree import named, parsed, sources
from tests.no_network import ENVIRONMENT, OPENED, child_environment

SPEAKING = (
    "aiohttp", "asyncio.streams", "ftplib", "http.client", "http.server", "httpx", "imaplib", "nntplib", "poplib",
    "requests", "smtplib", "socket", "socketserver", "ssl", "telnetlib", "urllib.request", "urllib3", "webbrowser",
    "websockets", "xmlrpc",
)  # fmt: skip
"""What opens connections, or has another program open one."""
SPEAKING_CALLS = {
    "create_connection", "create_datagram_endpoint", "create_server", "getaddrinfo", "gethostbyname", "open_connection",
    "open_url", "start_server", "urlopen", "urlretrieve",
}  # fmt: skip
"""Functions and methods by which what is imported for something else would do it (asyncio, Textual, urllib)."""


def speaking(tree: ast.Module) -> list[str]:
    found = [
        f"line {line}: {name}"
        for name, line in imports(tree)
        if any(name == one or name.startswith(one + ".") or one == f"{name}.request" for one in SPEAKING)
    ]
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and f"{node.module}.{node.names[0].name}" in SPEAKING:
            found.append(f"line {node.lineno}: {node.module}.{node.names[0].name}")
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
            if called in SPEAKING_CALLS:
                found.append(f"line {node.lineno}: {called}()")
    return found


def test_no_module_imports_what_could_speak_to_a_network() -> None:
    found = {named(path): speaking(parsed(path)) for path in sources()}
    assert {path: what for path, what in found.items() if what} == {}


@pytest.mark.parametrize(
    "code",
    [
        "import socket",
        "from socket import create_connection",
        "def f():\n    import urllib.request",
        "from urllib import request",
        "from urllib.request import urlopen",
        "import http.client",
        "from http import client",
        "import smtplib as mail",
        "import asyncio\nasync def f():\n    await asyncio.open_connection('a', 1)",
        "import asyncio\nasyncio.get_running_loop().create_server(None, 'a', 1)",
        "import webbrowser\nwebbrowser.open('http://example.invalid')",
        "def f(app):\n    app.open_url('http://example.invalid')",
    ],
)
def test_a_planted_way_out_is_found(code: str) -> None:
    assert speaking(ast.parse(code))


@pytest.mark.parametrize(
    "code", ["from urllib.parse import urlsplit, quote", "import asyncio\nasyncio.get_running_loop()", "import html"]
)
def test_what_only_reads_addresses_is_left_alone(code: str) -> None:
    assert speaking(ast.parse(code)) == []


OPENING = {
    "a socket": "import socket; socket.socket(socket.AF_INET, socket.SOCK_STREAM)",
    "one of the sixth version": "import socket; socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)",
    "a name": "import socket; socket.getaddrinfo('localhost', 1)",
    "a name of old": "import socket; socket.gethostbyname('localhost')",
    "a page": "from urllib.request import urlopen; urlopen('http://127.0.0.1:9/')",
    "a connection of asyncio": "import asyncio; asyncio.run(asyncio.open_connection('127.0.0.1', 9))",
}


@pytest.mark.parametrize("code", OPENING.values(), ids=OPENING.keys())
def test_a_program_that_a_test_starts_is_stopped_at_its_first_socket(code: str) -> None:
    done = _run(code)
    assert done.returncode != 0
    assert "no network" in done.stderr


def test_what_asyncio_needs_for_itself_is_no_network() -> None:
    done = _run("import asyncio, socket; socket.socketpair(); asyncio.run(asyncio.sleep(0)); print('well')")
    assert (done.stdout, done.stderr) == ("well\n", "")


def test_the_tests_themselves_are_under_the_same_watch() -> None:
    with pytest.raises(AssertionError, match="no network"):
        socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    with pytest.raises(AssertionError, match="no network"):
        socket.getaddrinfo("localhost", 1)
    assert len(OPENED) == 2
    OPENED.clear()


def test_a_program_that_a_test_starts_in_its_own_environment_is_watched() -> None:
    watched = Path(ENVIRONMENT["PYTHONPATH"])
    assert (watched / "sitecustomize.py").is_file()
    assert str(watched) in os.environ["PYTHONPATH"].split(os.pathsep)


def _run(code: str) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-c", code]
    environment = child_environment({"PATH": "/usr/bin:/bin"})
    return subprocess.run(words, capture_output=True, text=True, check=False, env=environment, timeout=60)
