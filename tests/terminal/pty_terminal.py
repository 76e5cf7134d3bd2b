"""A real terminal for the real command: a pseudo-terminal with pyte as its screen, waiting for what is shown."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyte

from tests.no_network import child_environment

KEYS = {
    "enter": "\r",
    "tab": "\t",
    "esc": "\x1b",
    "space": " ",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "F1": "\x1bOP",
    "F2": "\x1bOQ",
    "F3": "\x1bOR",
    "F4": "\x1bOS",
    "F5": "\x1b[15~",
    "F6": "\x1b[17~",
    "F7": "\x1b[18~",
    "F8": "\x1b[19~",
    "F9": "\x1b[20~",
    "F10": "\x1b[21~",
    "ctrl+a": "\x01",
    "ctrl+f": "\x06",
    "ctrl+q": "\x11",
    "ctrl+s": "\x13",
    "ctrl+u": "\x15",
    "ctrl+y": "\x19",
    "ctrl+z": "\x1a",
}
_PATIENCE = 30.0
# Sequences of newer terminals that pyte takes for text.
_FOREIGN = re.compile(
    rb"\x1b\[[<=>][0-9;:]*[ -/]*[@-~]|\x1b\[\?[0-9;]*\$[a-z]|\x1b\[\?[0-9]+u|\x1b[P_^X].*?\x1b\\", re.DOTALL
)


class Terminal:
    """One program in one terminal of columns x lines. Close it, or use it as a context manager."""

    def __init__(
        self, words: Sequence[str], environment: Mapping[str, str], cwd: Path, columns: int = 100, lines: int = 30
    ) -> None:
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self._screen)
        self.raw = bytearray()
        self.status: int | None = None
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            os.chdir(cwd)
            os.execvpe(words[0], list(words), child_environment(environment))
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *_: object) -> None:
        if self.status is None:
            os.kill(self.pid, signal.SIGKILL)
            self.wait()
        self.close()

    def close(self) -> None:
        """Close the terminal under the program."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

    @property
    def is_given_back(self) -> bool:
        """Whether the terminal shows what is typed and reads by lines again, and the other screen was left."""
        modes = termios.tcgetattr(self._fd)[3]
        return bool(modes & termios.ECHO and modes & termios.ICANON and b"\x1b[?1049l" in self.raw)

    @property
    def text(self) -> str:
        """What the screen shows, lines joined, without the empty half of wide characters."""
        rows = range(self._screen.lines), range(self._screen.columns)
        lines = ("".join(self._screen.buffer[y][x].data for x in rows[1]) for y in rows[0])
        return "\n".join(line.rstrip() for line in lines)

    def see(self, wanted: str) -> str:
        """Wait until `wanted` is on the screen; the screen then. Fails with what is there instead."""
        end = time.monotonic() + _PATIENCE
        while wanted not in self.text:
            if time.monotonic() > end or not self._read(0.1):
                raise AssertionError(f"{wanted!r} never came; the screen shows:\n{self.text}")
        return self.text

    def see_no_more(self, gone: str) -> str:
        """Wait until `gone` is no longer on the screen."""
        end = time.monotonic() + _PATIENCE
        while gone in self.text:
            if time.monotonic() > end or not self._read(0.1):
                raise AssertionError(f"{gone!r} is still there; the screen shows:\n{self.text}")
        return self.text

    def rest(self, seconds: float) -> None:
        """Let the program run on, for what shows nothing to wait for."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self._read(0.05)

    def press(self, *names: str) -> None:
        """Press keys by name, or type the text where it is no name."""
        for name in names:
            os.write(self._fd, KEYS.get(name, name).encode())
            # A person's pace: several keys in one burst are one burst to a program too.
            self._read(0.05)

    def send(self, given: bytes) -> None:
        """Bytes as a terminal sends them."""
        os.write(self._fd, given)

    def resize(self, columns: int, lines: int) -> None:
        """Another size of the window; the kernel sends SIGWINCH."""
        self._screen.resize(lines, columns)
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def wait_stopped(self) -> None:
        """Wait until the program is suspended."""
        end = time.monotonic() + _PATIENCE
        while not os.waitid(os.P_PID, self.pid, os.WSTOPPED | os.WNOHANG):
            self._read(0.05)
            assert time.monotonic() < end, "the program was never suspended"

    def wait_taken_over(self) -> None:
        """Wait until the program reads keys again, not lines: what is typed before that goes through the kernel."""
        end = time.monotonic() + _PATIENCE
        while termios.tcgetattr(self._fd)[3] & termios.ICANON:
            self._read(0.05)
            assert time.monotonic() < end, "the program never took the terminal over"

    def wait(self, patience: float = _PATIENCE) -> int:
        """Wait for the program's end; its exit status (128+n by a signal)."""
        end = time.monotonic() + patience
        while self.status is None:
            self._read(0.05)
            done, status = os.waitpid(self.pid, os.WNOHANG)
            if done:
                self.status = os.waitstatus_to_exitcode(status)
            elif time.monotonic() > end:
                raise AssertionError(f"the program does not end; the screen shows:\n{self.text}")
        return self.status

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the program."""
        os.kill(self.pid, number)

    def _read(self, seconds: float) -> bool:
        """Take what output there is; False once the program has closed its terminal."""
        if self._fd < 0:
            time.sleep(min(seconds, 0.02))
            return False
        if not select.select([self._fd], [], [], seconds)[0]:
            return True
        try:
            piece = os.read(self._fd, 1 << 16)
        except OSError:
            return False
        self.raw += piece
        self._stream.feed(_FOREIGN.sub(b"", piece))
        return bool(piece)
