"""No test may open a way to a network, nor any program that a test starts."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from tests.watched.sitecustomize import watch

OPENED: Final[list[str]] = []
"""What this process has tried: also where the error was caught, the test fails."""

ENVIRONMENT: Final = {"PYTHONPATH": str(Path(__file__).with_name("watched"))}


def child_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment with which a program that a test starts ends at its first step towards a network."""
    before = environment.get("PYTHONPATH")
    path = os.pathsep.join([ENVIRONMENT["PYTHONPATH"], *([before] if before else [])])
    return {**environment, "PYTHONPATH": path}


def watch_this_process() -> None:
    """Once a process, before its first test."""
    watch(_refuse)


def _refuse(said: str) -> None:
    OPENED.append(said)
    raise AssertionError(said)
