"""The five shipped readings, as the tests of the phrases compare with them."""

from functools import cache
from pathlib import Path

from db.intake.plan_toml import read_plan
from db.rules.notice import NoticeDraft

SEEDS = Path(__file__).resolve().parents[4] / "seeds"
PLANS = tuple(sorted(path.stem for path in SEEDS.glob("*-20*.toml")))


@cache
def gold(plan: str) -> NoticeDraft:
    texts = [(SEEDS / f"{plan}{suffix}").read_text(encoding="utf-8") for suffix in (".toml", ".txt")]
    return read_plan(plan, *texts)


def address(plan: str) -> str | None:
    """The line that the notice is addressed to: the first that ends in a colon, none of them being inside a table."""
    for line in gold(plan).text.splitlines()[:60]:
        if line.rstrip().endswith(("：", ":")) and len(line) < 80:
            return line.strip()
    return None
