"""What stands above the table: the title, what it rests on, whose it is and of which day; who signs; rates in words."""

from typing import Final

from db.export.text import one_line
from db.rules.rows import LedgerRow, LedgerSheet
from db.rules.words import WHOLE_BUREAU

CHAIN: Final = "流水校验码"
"""What ties a paper to the state of the file: the number and the hash of the newest row of the 办理流水."""


def title(sheet: LedgerSheet) -> str:
    return one_line(f"{sheet.ledger.year}年{sheet.ledger.unit}政务公开工作台账")


def basis(ledger: LedgerRow) -> str:
    """The notice: title, document number, agency; its short name where the text carries none of them."""
    named = f"《{ledger.title}》" if ledger.title else f"{ledger.plan}（来文未载标题）"
    parts = [named + (f"（{ledger.document_number}）" if ledger.document_number else ""), ledger.agency or "来文未署名"]
    if ledger.notice_year != ledger.year:
        parts.append(f"{ledger.notice_year}年通知，按{ledger.year}年办理")
    return one_line("依据：" + "　".join(parts))


def period(ledger: LedgerRow) -> str:
    return f"期间：{ledger.year}年1月1日至12月31日"


def unit(ledger: LedgerRow) -> str:
    return one_line(f"办理单位：{ledger.unit}")


def author(ledger: LedgerRow) -> str:
    """Who a file says has made it."""
    return one_line(ledger.officer or ledger.unit)


def signer(ledger: LedgerRow) -> str:
    """Who signs: the unit; for the whole bureau the agency, where the notice names it."""
    return one_line(ledger.agency or ledger.unit if ledger.unit == WHOLE_BUREAU else ledger.unit)


def rate_words(done: int, total: int) -> str:
    """The rate with one decimal place, rounded half up, but never up to 100: 1999 of 2000 are 99.9%.

    — where nothing is to be done.
    """
    if not total:
        return "—"
    rounded = (done * 2000 + total) // (2 * total)
    whole, tenth = divmod(min(rounded, 999) if done < total else rounded, 10)
    return f"{whole}.{tenth}%"


def particulars(sheet: LedgerSheet) -> str:
    """Period, unit, officer, the day of the export and the 流水校验码."""
    return "　　".join(each_particular(sheet))


def each_particular(sheet: LedgerSheet) -> tuple[str, ...]:
    """The same one by one."""
    ledger = sheet.ledger
    return (
        period(ledger),
        unit(ledger),
        one_line(f"办理人：{ledger.officer or '未填写'}"),
        f"导出日期：{sheet.today.isoformat()}",
        *([f"{CHAIN}：{sheet.head}"] if sheet.head else []),
    )
