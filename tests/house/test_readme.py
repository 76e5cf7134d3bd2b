"""What README and the manual say is what there is."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.version import Version

import tui.commands
import tui.view_commands
from tests.house.tree import ROOT
from tui.commands import Command

README = (ROOT / "README.md").read_text(encoding="utf-8")
MANUAL = (ROOT / "MANUAL.zh.md").read_text(encoding="utf-8")


def blocks(page: str) -> list[str]:
    """The commands of a page, one for each fenced block."""
    return re.findall(r"^```sh\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)


def block_below(heading: str) -> str:
    return blocks(README[README.index(f"\n## {heading}\n") :])[0]


def flags_in(text: str) -> set[str]:
    return set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", text))


def pinned(path: Path) -> dict[str, Version]:
    """The versions of a lock, by package."""
    found = re.findall(r"^([a-z0-9-]+)==([^\s;\\]+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {name: Version(version) for name, version in found}


def unhashed(lock: str) -> list[str]:
    """The packages of a lock without a hash."""
    entries = re.split(r"\n(?=[a-z0-9])", re.sub(r"^#.*\n", "", lock, flags=re.MULTILINE).strip())
    return [entry.partition("=")[0] for entry in entries if "--hash=sha256:" not in entry]


def command_rows(commands: dict[str, tuple[Command, ...]]) -> set[str]:
    """The beginning of the manual's row of each command."""
    return {f"| {command.shown_key} | {command.label} |" for group in commands.values() for command in group}


def test_ci_runs_readmes_own_test_command() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    command = block_below("Test it")
    setup, _, testing = command.rstrip().rpartition(" &&\n")
    assert testing.endswith("-m pytest -n 3")
    # The gates stand between the two.
    assert f"\n{setup}\n" in script
    assert script.endswith(f"\n{testing}\n")
    assert script.startswith("#!/usr/bin/env bash\n")
    assert "set -euo pipefail" in script


def test_every_command_of_readme_is_valid_shell() -> None:
    commands = blocks(README)
    assert len(commands) == 6
    for command in commands:
        subprocess.run(["bash", "-n"], input=command, text=True, encoding="utf-8", check=True, timeout=10)


def test_both_set_ups_install_the_same_uv_and_check_hashes() -> None:
    opening, testing = block_below("Open it"), block_below("Test it")
    assert opening.splitlines()[0] == testing.splitlines()[0]
    assert "--require-hashes -r requirements.txt" in opening
    assert "--require-hashes -r requirements-dev.txt" in testing


def test_every_flag_of_the_command_stands_in_readme_or_the_manual() -> None:
    command = [sys.executable, "-m", "tui", "--help"]
    shown = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True, timeout=60)
    flags = flags_in(shown.stdout)
    assert {"--plan", "--unit", "--list", "--export"} <= flags
    assert flags - flags_in(README) - flags_in(MANUAL) == set()


def test_the_manual_names_no_flag_that_the_command_has_not() -> None:
    command = [sys.executable, "-m", "tui", "--help"]
    shown = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True, timeout=60)
    assert flags_in(MANUAL) - flags_in(shown.stdout) == set()


def test_the_manual_has_a_row_for_every_command_and_key() -> None:
    groups = {
        name: value
        for name, value in (*vars(tui.commands).items(), *vars(tui.view_commands).items())
        if isinstance(value, tuple) and value and all(isinstance(item, Command) for item in value)
    }
    assert {"CHECKLIST", "WALK", "EVERYWHERE"} <= groups.keys()
    assert {row for row in command_rows(groups) if row not in MANUAL} == set()


def test_the_manual_has_no_row_for_a_command_that_is_not_there() -> None:
    named = (*vars(tui.commands).items(), *vars(tui.view_commands).items())
    groups = {name: value for name, value in named if isinstance(value, tuple)}
    rows = set(re.findall(r"^\| [^|\n]+ \| [^|\n]+ \|(?= [^|\n]+ \|$)", MANUAL, re.MULTILINE))
    assert rows - command_rows(groups) - {"| 键 | 名称 |", "| --- | --- |"} == set()


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_package_of_a_lock_has_its_hash(name: str) -> None:
    assert unhashed((ROOT / name).read_text(encoding="utf-8")) == []


def test_a_package_without_a_hash_is_found() -> None:
    assert unhashed("# made by uv\na==1 \\\n    --hash=sha256:0\nb==2\nc==3 \\\n    --hash=sha256:1\n") == ["b"]


def test_the_locks_agree_with_each_other_and_with_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    runtime, development = pinned(ROOT / "requirements.txt"), pinned(ROOT / "requirements-dev.txt")
    assert runtime.items() <= development.items()
    for lock, wanted in (
        (runtime, project["project"]["dependencies"]),
        (development, project["dependency-groups"]["dev"]),
    ):
        for requirement in map(Requirement, wanted):
            assert requirement.specifier.contains(lock[requirement.name]), requirement


def test_what_a_wheelhouse_needs_depends_on_no_system() -> None:
    """pip download judges markers by the machine that it runs on, not by the one that it downloads for: the only ones
    that may stand there tell CPython, which the wheelhouse is for, from other interpreters."""
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").split("\n")
    markers = [line.partition(";")[2].rstrip(" \\") for line in lines if ";" in line]
    words = re.compile(r"[a-z_]+(?= *(?:[!=]=))")
    assert {name for marker in markers for name in words.findall(marker)} <= {
        "platform_python_implementation",
        "implementation_name",
    }
    for marker in markers:
        cpython = {"platform_python_implementation": "CPython", "implementation_name": "cpython"}
        assert Marker(marker).evaluate(cpython)
