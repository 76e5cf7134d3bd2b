"""来文信息: short name, agency, title, number, year, date of issue and default time limit of a reading."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from db.errors import InvalidInputError
from db.intake.edits import Edit, HeadField, SetDefault, SetHead, SetIssued, SetYear
from db.intake.plan_toml import PLAN_SHAPE
from tui.dialogs.line_list import Choice
from tui.dialogs.lines import LinesDialog, Listed, Taken
from tui.screens.review_rows import ReviewRows
from tui.text import one_line, pad, shown

YEARS: Final = range(2000, 2100)
PLAN_FORM: Final = "只用小写英文字母、数字和连字符，如 jiangmen-2026"


class ReviewHead(ReviewRows):
    """Each field is a step; the year is read into every date that has none."""

    # 来文信息

    def action_head(self) -> None:
        self._head(0)

    def _head(self, cursor: int) -> None:

        reading = self.reading
        head, default = reading.head, reading.default_deadline
        fields = (
            ("短名", reading.plan),
            ("发文机关", head.agency or ""),
            ("标题", head.title or ""),
            ("文号", head.document_number or ""),
            ("年份", str(head.year) if head.year is not None else ""),
            ("印发日期", head.issued_on.isoformat() if head.issued_on else ""),
            ("统一时限", default.text if default else ""),
        )
        lines = [Listed(Choice(f"{pad(label, 10)}{one_line(text) or '—'}"), text) for label, text in fields]
        edit = (
            self.ask_plan,
            lambda: self._head_line("agency", "发文机关", head.agency),
            lambda: self._head_line("title", "标题", head.title),
            lambda: self._head_line("document_number", "文号", head.document_number),
            self.ask_year,
            self._ask_issued,
            self._ask_default,
        )

        def chosen(taken: Taken | None) -> None:
            if taken is not None:
                edit[taken.index]()

        self.app.push_screen(LinesDialog(shown("来文信息：改哪一栏"), lines, cursor=cursor), chosen)

    def ask_plan(self) -> None:
        """The short name, by which the command line knows the notice."""
        plan = self.reading.plan
        self._ask_line("短名", plan, lambda text: SetHead("plan", text), remark=PLAN_FORM, check=check_plan)

    def _head_line(self, field: HeadField, label: str, value: str | None) -> None:
        self._ask_line(label, value or "", lambda text: SetHead(field, text or None))

    def ask_year(self) -> None:
        year = self.reading.head.year
        remark = "四位数字；没有写年份的日期都照它重算"
        self._ask_line(
            "年份", str(year or ""), lambda text: SetYear(int(_digits(text))), remark=remark, check=_check_year
        )

    def _ask_issued(self) -> None:
        issued = self.reading.head.issued_on

        def made(text: str) -> SetIssued:
            return SetIssued(self._typed_day(text) if text else None)

        value = issued.isoformat() if issued else ""
        self._ask_line("印发日期", value, made, remark="可以空着", check=lambda text: text and self._typed_day(text))

    def _typed_day(self, text: str) -> date:
        from tui.dialogs.typed_date import FORMS, typed_date

        day = typed_date(text, self.desk.today())
        if day is None:
            raise InvalidInputError(f"「{text}」不是能认出的日期，或没有这一天", FORMS)
        return day

    def _ask_default(self) -> None:
        from tui.dialogs.mended_deadline import MendDeadlineDialog

        default = self.reading.default_deadline
        written = default.text if default else ""

        def given(phrase: str | None) -> None:
            if phrase is not None and phrase != written:
                self.step((SetDefault(phrase or None),), "统一时限已改，没有自己时限的各项都照它。Ctrl+Z 撤销")

        self.app.push_screen(MendDeadlineDialog(shown("统一时限"), written, self.deadline_meaning), given)

    def _ask_line(
        self,
        label: str,
        value: str,
        made: Callable[[str], Edit],
        *,
        remark: str = "",
        check: Callable[[str], object] | None = None,
    ) -> None:
        from tui.dialogs.mended_text import MendLineDialog

        def given(text: str | None) -> None:
            if text is None:
                return
            if text == value:
                self.say("没有改动。")
            else:
                self.step((made(text),), f"{label}已改。Ctrl+Z 撤销")

        self.app.push_screen(MendLineDialog(shown(label), label, value, remark=remark, check=check), given)


def check_plan(text: str) -> None:
    """Raises InvalidInputError for what is no short name."""
    if not PLAN_SHAPE.fullmatch(text):
        raise InvalidInputError(f"短名「{text}」不合写法", PLAN_FORM)


def _check_year(text: str) -> None:
    digits = _digits(text)
    if not (digits.isascii() and digits.isdigit()) or int(digits) not in YEARS:
        raise InvalidInputError(f"「{text}」不是年份", f"写 {YEARS.start} 至 {YEARS.stop - 1} 之间的四位数字")


def _digits(text: str) -> str:
    return text.strip().removesuffix("年").strip()
