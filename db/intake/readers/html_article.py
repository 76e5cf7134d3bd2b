"""A saved page with its menus around -> the article, and what was left out.

Never left out: a data table, a sentence, a heading, and everything where nothing can be told from the rest (a page of
few words). Left out, and named: the lines of navigation elements; three and more lines in a row that are nothing but
links; and, outside the smallest element that holds all sentences and tables, lines that are mostly links or belong to
the foot of a page.
"""

import re
from typing import Final, NamedTuple

from db.intake.readers.html_page import NAVIGATION, Page, Table, Unit

ENOUGH: Final = 200
"""Signs of sentences and tables below which a page is kept whole."""
SENTENCE: Final = 25
RUN: Final = 3

_WORDS: Final = re.compile(r"[a-z]+")
_STOP: Final = re.compile("[。；;！]")
_ATTACHED: Final = re.compile(r"附件|附表|附：|\.(?:docx?|xlsx?|pdf|wps|et|ofd|zip|rar)\b", re.I)
_FOOT: Final = re.compile(
    "版权所有|ICP备|网站标识码|公网安备|网站地图|联系我们|技术支持|主办单位|承办单位：|浏览次数|点击次数|阅读次数|访问量"
    "|当前位置|您的位置|字号：|【打印|打印本页|关闭窗口|分享到|扫一扫|上一篇|下一篇|返回顶部"
)


class Article(NamedTuple):
    """kept: lines and tables in order; menu: the lines left out; block: the element that holds the article."""

    kept: list[Unit | Table]
    menu: list[Unit]
    block: int


def article(page: Page, items: list[Unit | Table]) -> Article:
    """The items of a page without its menus. items: lines, and tables that hold something, in order."""
    masses = [0] * len(page.parents)
    for item in items:
        masses[item.block] += _body(item)
    for block in range(len(masses) - 1, 0, -1):
        masses[page.parents[block]] += masses[block]
    if masses[0] < ENOUGH:
        return Article(items, [], 0)
    core, inside = _core(page, masses)
    navigation = _navigation(page, masses)
    runs, attachments = _link_runs(items)
    kept: list[Unit | Table] = []
    menu: list[Unit] = []
    for number, item in enumerate(items):
        if (
            isinstance(item, Unit)
            and number not in attachments
            and _is_menu(item, navigation[item.block], number in runs, inside[item.block])
        ):
            menu.append(item)
        else:
            kept.append(item)
    return Article(kept, menu, core)


def _body(item: Unit | Table) -> int:
    """How many signs of it are certainly the article's."""
    if isinstance(item, Unit):
        return len(item.text) if _is_sentence(item) else 0
    units = [one for row in item.rows for box in row.cells for one in box.content if isinstance(one, Unit)]
    signs = sum(len(unit.text) for unit in units)
    return signs if 2 * sum(unit.links for unit in units) <= signs else 0


def _is_sentence(unit: Unit) -> bool:
    return len(unit.text) >= SENTENCE and _STOP.search(unit.text) is not None and not _FOOT.search(unit.text)


def _core(page: Page, masses: list[int]) -> tuple[int, list[bool]]:
    """The smallest element that holds all of the body; and of every element whether it is that or inside it."""
    core = 0
    for block in range(1, len(masses)):
        # Elements are numbered as they begin: one that holds everything lies within the last that did.
        if masses[block] == masses[0]:
            core = block
    inside = [False] * len(masses)
    inside[core] = True
    for block in range(core + 1, len(masses)):
        inside[block] = inside[page.parents[block]]
    return core, inside


def _navigation(page: Page, masses: list[int]) -> list[bool]:
    """Of every element whether it belongs to a navigation element: one that is named so and holds next to nothing of
    the body (some pages name the whole page's frame like a menu)."""
    found = [False] * len(masses)
    for block in range(1, len(masses)):
        named = not NAVIGATION.isdisjoint(_WORDS.findall(page.names[block]))
        found[block] = found[page.parents[block]] or (named and masses[block] * 20 <= masses[0])
    return found


def _link_runs(items: list[Unit | Table]) -> tuple[set[int], set[int]]:
    """Lines that stand with at least two neighbours that are nothing but links, too; and those of attachments."""
    found: set[int] = set()
    attachments: set[int] = set()
    run: list[int] = []
    for number, item in enumerate([*items, None]):
        if isinstance(item, Unit) and item.links * 10 >= len("".join(item.text.split())) * 8:
            run.append(number)
            continue
        if any(_ATTACHED.search(_text(items[one])) for one in run):
            attachments.update(run)
        elif len(run) >= RUN:
            found.update(run)
        run = []
    return found, attachments


def _text(item: Unit | Table) -> str:
    return item.text if isinstance(item, Unit) else ""


def _is_menu(unit: Unit, navigation: bool, run: bool, inside: bool) -> bool:
    if _is_sentence(unit) or (unit.heading and not unit.links):
        return False
    if navigation or run:
        return True
    mostly_links = unit.links * 2 >= len("".join(unit.text.split()))
    return not inside and (mostly_links or _FOOT.search(unit.text) is not None)
