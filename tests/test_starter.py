"""A child of tests/starter.py begins as a fresh interpreter does, and what it did does not reach the next one."""

from pathlib import Path

import pytest

from tests.starter import started

WHAT_IT_FINDS = """
import os, sys
ours = {name.split(".")[0] for name in sys.modules} & {"db", "seeds", "tui", "tests"}
print(sorted(ours), sys.argv[1:], os.environ["HOME"], sys.stdin.read() == "", "chinesé")
import db.errors
sys.exit(7)
"""


@pytest.mark.parametrize("time", ["the first", "the next"])
def test_nothing_of_ours_is_loaded_and_arguments_home_and_outputs_are_its_own(time: str, own_home: Path) -> None:
    done = started("-c", WHAT_IT_FINDS, time, "\udc80 二\n")
    found = f"[] {[time, chr(0xDC80) + ' 二' + chr(10)]} {own_home} True chinesé\n"
    assert (done.returncode, done.stdout.decode(), done.stderr) == (7, found, b"")


def test_an_error_nobody_catches_ends_it_with_1_and_is_told() -> None:
    done = started("-c", "import os, sys\nos.write(1, b'out ')\nraise ValueError('so')")
    assert (done.returncode, done.stdout) == (1, b"out ")
    assert done.stderr.decode().endswith("ValueError: so\n")


def test_a_child_that_is_killed_is_told_by_its_signal() -> None:
    assert started("-c", "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)").returncode == -9
