"""The five notices as they stand in the folder: text, raw TOML, and the reading that comes of them."""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

import seeds
from db.intake.plan_toml import read_plan
from db.rules.notice import NoticeDraft, Responsibility, Task

FOLDER: Final = Path(seeds.__file__).parent
LIUPANSHUI_PATHS: Final = (
    *("一(一)", "一(二)", "一(三)"),
    *("一(四)1", "一(四)2", "一(四)3", "一(四)4", "一(四)5", "一(四)6", "一(四)7"),
    *("二(一)", "二(二)", "三(一)", "三(二)", "四(一)", "四(二)"),
)
NUMBERS: Final = {
    "jiangmen-2021": tuple(str(n) for n in range(1, 40)),
    "liupanshui-2020": LIUPANSHUI_PATHS,
    "jiangmen-culture-2021": tuple(str(n) for n in range(1, 34)),
    "hubei-2022": tuple(str(n) for n in range(1, 29)),
    "jiading-2021": tuple(str(n) for n in range(1, 33)),
}
PLANS: Final = tuple(NUMBERS)


def bare(text: str) -> str:
    """Without white space; written here again, so that the reader's own is not its judge."""
    return "".join(sign for sign in text if not sign.isspace())


@cache
def notice_text(plan: str) -> str:
    return (FOLDER / f"{plan}.txt").read_text(encoding="utf-8")


@cache
def bare_text(plan: str) -> str:
    return bare(notice_text(plan))


@cache
def raw(plan: str) -> dict[str, Any]:
    """The TOML as tomllib gives it."""
    return tomllib.loads((FOLDER / f"{plan}.toml").read_text(encoding="utf-8"))


@cache
def draft(plan: str) -> NoticeDraft:
    return read_plan(f"{plan}.toml", (FOLDER / f"{plan}.toml").read_text(encoding="utf-8"), notice_text(plan))


def task(plan: str, number: str) -> Task:
    (found,) = (one for one in draft(plan).tasks if one.number == number)
    return found


def strings_under(node: object, keys: frozenset[str], key: str = "") -> Iterator[tuple[str, str]]:
    """Every (key, string) of the TOML that stands under one of the keys, at any depth, lists included."""
    if isinstance(node, str):
        if key in keys:
            yield key, node
    elif isinstance(node, list):
        for item in node:
            yield from strings_under(item, keys, key)
    elif isinstance(node, dict):
        for name, value in node.items():
            yield from strings_under(value, keys, name)


ROLE_LETTERS: Final = {"lead": "牵", "responsible": "责", "support": "配"}
THROUGH_MARKS: Final = {"name": "", "group": "*", "related": "~", "inherited": "^"}


def brief(one: Responsibility) -> str:
    """One responsibility as the golden tables write it: 牵办公室, 配各科室*, 责相关科室~, 责等~?, 牵财审科^."""
    unlisted = "" if one.listed else "?"
    return f"{ROLE_LETTERS[one.role]}{one.name}{THROUGH_MARKS[one.through]}{unlisted}"


def brief_task(plan: str, number: str) -> str:
    return " ".join(brief(one) for one in task(plan, number).responsibilities)
