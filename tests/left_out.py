"""Which tests were left out, and why, for the last lines of a run."""

from collections.abc import Iterable


def left_out(found: Iterable[tuple[str, str]]) -> list[str]:
    """A line for each reason, with the names (without the folder) of the tests that were left out for it."""
    named: dict[str, list[str]] = {}
    for test, reason in found:
        named.setdefault(reason.removeprefix("Skipped: "), []).append(test.rpartition("/")[2])
    return [f"left out ({reason}): {', '.join(tests)}" for reason, tests in named.items()]
