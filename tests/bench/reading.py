"""How well intake reads the five notices: rows, units and roles, deadlines, wrong values, problems. It only prints.

.venv/bin/python tests/bench/reading.py [--all]      --all: every wrong value and every problem in words
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from db.intake.replay import replayed
from tests.db.intake.gold import compared
from tests.db.intake.test_five_notices import GOLDS, PLANS, source_of


def main() -> None:
    """Read, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", action="store_true")
    given = parser.parse_args()
    for plan in PLANS:
        reading = replayed(source_of(plan), ())
        found = compared(reading, GOLDS[plan])
        print(found.line())
        for words in found.wrong if given.all else found.silent:
            print("   ", "SILENT" if words in found.silent else "said  ", words)
        for problem in reading.problems if given.all else ():
            print("   ", "必答" if problem.blocks else "    ", problem.key, problem.text, "→", problem.assumed)


if __name__ == "__main__":
    main()
