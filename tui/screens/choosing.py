"""The lines of the choice screen and what stands below the line under the cursor: pure words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from db.rules.rows import LedgerRow, NoticeRow, UnitRow
from db.rules.words import WHOLE_BUREAU
from tui.cells import pad
from tui.dialogs.line_list import Choice
from tui.wording import UNSIGNED

UNLISTED: Final = "本通知未列出的单位…"
NEW_NOTICE: Final = "导入新的通知…"
_UNIT_CELLS: Final = 22
_AGENCY_CELLS: Final = 26


@dataclass(frozen=True, slots=True)
class Option:
    """A line that can be taken, what it stands for, and its longer words. stands_for None is a heading."""

    choice: Choice
    stands_for: LedgerRow | NoticeRow | UnitRow | int | str | None
    about: str = ""


def first_options(ledgers: Sequence[LedgerRow], notices: Sequence[NoticeRow]) -> list[Option]:
    """Step 1: the ledgers that are there, then the notices."""
    options: list[Option] = []
    if ledgers:
        options.append(_heading("已有的台账：接着办理"))
        options.extend(_of_ledger(ledger) for ledger in ledgers)
        options.append(_heading(""))
    options.append(_heading("新建台账：选择通知"))
    options.extend(_of_notice(notice) for notice in notices)
    options.append(Option(Choice(NEW_NOTICE), NEW_NOTICE, "读入收到的通知文件，核对后入库。核对到一半的也从这里接着。"))
    return options


def year_options(notice: NoticeRow, this_year: int) -> list[Option]:
    """Step 2: this year, then the notice's own."""
    years = dict.fromkeys(year for year in (this_year, notice.year) if year >= notice.year)
    return [_of_year(notice, year, this_year) for year in years]


def unit_options(notice: NoticeRow) -> list[Option]:
    """Step 3: the roster, the whole bureau, and the door for a unit that is not named."""
    options = [Option(Choice(unit.name, _task_words(unit)), unit, _unit_words(unit)) for unit in notice.units]
    options.append(Option(Choice(WHOLE_BUREAU, f"{notice.tasks} 项"), WHOLE_BUREAU, "通知的全部任务，不分单位。"))
    options.append(Option(Choice(UNLISTED), UNLISTED, "写上单位名称和类别，它会加入本通知的单位名册。"))
    return options


def title_words(row: LedgerRow | NoticeRow) -> str:
    """《title》 with its number; the short name where the text has no title."""
    number = f"（{row.document_number}）" if row.document_number else ""
    return f"{row.title}{number}" if row.title else f"通知 {row.plan}{number}"


def _heading(words: str) -> Option:
    return Option(Choice(words, heading=True), None)


def _of_ledger(ledger: LedgerRow) -> Option:
    officer = f"，经办人 {ledger.officer}" if ledger.officer else ""
    return Option(
        Choice(f"{pad(ledger.unit, _UNIT_CELLS)} {ledger.agency or UNSIGNED}", f"{ledger.year} 年"),
        ledger,
        f"{ledger.agency or UNSIGNED}\n{title_words(ledger)}\n{ledger.unit}，{ledger.year} 年{officer}",
    )


def _of_notice(notice: NoticeRow) -> Option:
    agency = notice.agency or UNSIGNED
    issued = f"，{notice.issued_on.isoformat()} 印发" if notice.issued_on else ""
    return Option(
        Choice(f"{pad(agency, _AGENCY_CELLS)}  {notice.title or notice.plan}", f"{notice.year} 年 {notice.tasks} 项"),
        notice,
        f"{agency}\n{title_words(notice)}\n{notice.year} 年，{notice.tasks} 项任务，{len(notice.units)} 个单位{issued}",
    )


def _of_year(notice: NoticeRow, year: int, this_year: int) -> Option:
    which = "、".join(
        words for words, holds in (("今年", year == this_year), ("通知的年度", year == notice.year)) if holds
    )
    about = "时限按通知所写的日期计算。"
    if year != notice.year:
        about = (
            f"通知是 {notice.year} 年的。按 {year} 年办理时，通知里的月、日都按 {year} 年计算，"
            f"写着 {notice.year + 1} 年的按 {year + 1} 年计算。"
        )
    return Option(Choice(f"{year} 年", which), year, about)


def _task_words(unit: UnitRow) -> str:
    possible = f"，另待确认 {unit.possible} 项" if unit.possible else ""
    return f"{unit.tasks} 项{possible}"


def _unit_words(unit: UnitRow) -> str:
    origin = "，由办理人加入名册" if unit.added else ""
    possible = "待确认的是写着「相关科室」或分工栏空白的任务，进入后由办理人逐项确认。" if unit.possible else ""
    return f"{unit.name}（{unit.kind}{origin}）。{possible}"
