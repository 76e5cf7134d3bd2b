"""The clerk's commands on the rows of a reading: 改正, 拆成两项, 并入下一项, 删行, 加行."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from db.intake.edits import Add, Drop, Join, Mend, MendUnits, Split
from db.intake.phrases.deadlines import deadlines
from db.intake.reading import FIELD_NAMES, Field, ReadTask
from db.intake.replay import next_key
from db.rules.words import Role
from tui.dialogs.line_list import Choice
from tui.dialogs.lines import LinesDialog, Listed, Taken
from tui.screens.review_answering import ReviewAnswering
from tui.screens.review_work import named
from tui.text import one_line, pad, shown
from tui.wording_intake import (
    clock_words,
    deadline_words,
    deadlines_words,
    open_on,
    quota_words,
    units_words,
)

if TYPE_CHECKING:
    from tui.dialogs.mended_units import Units

MENDABLE: Final[tuple[Field, ...]] = (
    "requirement",
    "assignment",
    "deadline",
    "number",
    "section",
    "matter",
    "quotas",
    "clocks",
    "remark",
)
_REMARKS: Final[dict[Field, str]] = {
    "number": "与别的项重复时，程序在后面加一个记号",
    "quotas": "照通知的写法，例如 每季度不少于2条；空着是没有数量要求",
    "clocks": "照通知的写法，例如 收到申请后5个工作日内答复；空着是没有",
}
_QUOTED_CELLS: Final = 30


class ReviewRows(ReviewAnswering):
    """What is done to one row."""

    # 改正

    def action_mend(self) -> None:
        problem = self.problem
        if problem is not None:
            self.mend_for(problem)
            return
        task = self.some_row()
        if task is not None:
            left = open_on(self.reading, task.key)
            field = left[0].field if left else None
            self.mend_menu(task, field)

    def mend_menu(self, task: ReadTask, field: Field | None = None) -> None:
        """The fields of a row with what stands in them; the cursor on the one that is asked about."""

        values = {one: self.field_text(task, one) for one in MENDABLE}
        lines = [
            Listed(Choice(f"{pad(FIELD_NAMES[one], 10)}{one_line(text) or '—'}"), text) for one, text in values.items()
        ]
        cursor = MENDABLE.index(field) if field in MENDABLE else 0

        def chosen(taken: Taken | None) -> None:
            if taken is not None:
                self.mend_field(task, MENDABLE[taken.index])

        self.app.push_screen(LinesDialog(shown(f"改正{named(task)}的哪一栏"), lines, cursor=cursor), chosen)

    def field_text(self, one: ReadTask, field: Field) -> str:
        """A field as it reads now."""
        match field:
            case "assignment":
                return units_words(one.task)
            case "deadline":
                return deadlines_words(one.task, self.reading.head.year)
            case "quotas":
                return "；".join(map(quota_words, one.task.quotas))
            case "clocks":
                return "；".join(map(clock_words, one.clocks))
            case "row":
                return ""
            case _:
                return getattr(one.task, field) or ""

    def mend_field(self, task: ReadTask, field: Field) -> None:
        """The editor of one field."""
        if field == "assignment":
            self._mend_units(task)
        elif field == "deadline":
            self._mend_deadline(task)
        elif field == "requirement":
            from tui.dialogs.mended_text import MendTextDialog

            remark = "要求里的数量和时限规则会照新的文字重读。"
            dialog = MendTextDialog(shown(f"{named(task)}的具体要求"), task.task.requirement, remark=remark)
            self.app.push_screen(dialog, lambda text: self._mended(task, field, text, task.task.requirement))
        else:
            self._mend_line(task, field)

    def _mend_line(self, task: ReadTask, field: Field) -> None:
        from tui.dialogs.mended_text import MendLineDialog

        written = self._written(task, field)
        needed = "编号不能空着" if field == "number" else ""
        title = shown(f"{named(task)}的{FIELD_NAMES[field]}")
        dialog = MendLineDialog(title, FIELD_NAMES[field], written, remark=_REMARKS.get(field, ""), needed=needed)
        self.app.push_screen(dialog, lambda text: self._mended(task, field, text, written))

    def _written(self, one: ReadTask, field: Field) -> str:
        """A field in the notice's own words, which are read anew."""
        if field == "quotas":
            return "；".join(dict.fromkeys(quota.quote for quota in one.task.quotas))
        if field == "clocks":
            return "；".join(dict.fromkeys(rule.quote for rule in one.clocks))
        if field == "assignment":
            return one.task.assignment or ""
        if field == "deadline":
            return next((rule.text for rule in one.task.deadlines if rule.ours), "")
        return self.field_text(one, field)

    def _mended(self, task: ReadTask, field: Field, text: str | None, before: str) -> None:
        if text is None:
            return
        if text == before:
            # What was read in its place may be read otherwise by itself: untouched, it is no answer either.
            self.say("没有改动；照读稿确认请按空格。")
            return
        self.step((Mend(task.key, field, text),), f"已改正{named(task)}的{FIELD_NAMES[field]}。Ctrl+Z 撤销")

    def _mend_deadline(self, task: ReadTask) -> None:
        from tui.dialogs.mended_deadline import MendDeadlineDialog

        written = self._written(task, "deadline")
        dialog = MendDeadlineDialog(shown(f"{named(task)}的完成时限"), written, self.deadline_meaning)
        self.app.push_screen(dialog, lambda text: self._mended(task, "deadline", text, written))

    def deadline_meaning(self, phrase: str) -> str:
        """What a phrase would be read as: 11月底前 → 2026-11-30 周一（月底）; with what is unsure about it."""
        head = self.reading.head
        found, doubts = deadlines(phrase, "", year=head.year, default=None, issued_on=head.issued_on)
        words = [deadline_words(one, head.year).partition("，依据")[0] for one in found]
        words += [f"注意：{doubt.assumed}" for doubt in doubts]
        return "；".join(words) or "没有认出时限"

    def _mend_units(self, task: ReadTask) -> None:
        from tui.dialogs.mended_units import MendUnitsDialog

        now: dict[str, Role] = {}
        for one in task.task.responsibilities:
            now.setdefault(one.name, one.role)
        roster = [unit.name for unit in self.reading.units]
        known: list[tuple[str, Role | None]] = [(name, now.get(name)) for name in roster]
        left_out = [name for name in now if name not in roster]
        dialog = MendUnitsDialog(f"{named(task)}的责任单位", known, left_out)

        def picked(units: Units | str | None) -> None:
            before = {(role, name) for name, role in known if role is not None}
            self._units_picked(task, units, is_same=not isinstance(units, str) and set(units or ()) == before)

        self.app.push_screen(dialog, picked)

    def _units_picked(self, task: ReadTask, picked: Units | str | None, *, is_same: bool) -> None:
        if isinstance(picked, str):
            self._mend_line(task, "assignment")
        elif picked is not None and is_same:
            # Phrases that are no unit would go with a step that changes nothing else.
            self.say("责任单位没有改动；照读稿确认请按空格。")
        elif picked is not None:
            words = f"已改正{named(task)}的责任单位。Ctrl+Z 撤销"
            self.step((MendUnits(task.key, picked),), words)

    # Rows as a whole

    def action_split(self) -> None:
        task = self.some_row()
        if task is None:
            return
        from tui.dialogs.cut_requirement import CutDialog

        def cut_at(at: int | None) -> None:
            if at is not None:
                self.step((Split(task.key, at),), f"{named(task)}已拆成两项。Ctrl+Z 撤销", to=("task", task.key))

        self.app.push_screen(CutDialog(task.task.number, task.task.requirement), cut_at)

    def action_join(self) -> None:
        task = self.some_row()
        if task is None:
            return
        keys = [one.key for one in self.reading.tasks]
        at = keys.index(task.key)
        if at + 1 == len(keys):
            self.say(f"{named(task)}是最后一项，后面没有可并的。", alarm=True)
            return
        following = self.reading.tasks[at + 1]
        words = f"{named(following)}已并入{named(task)}，责任单位和时限是{named(task)}的。Ctrl+Z 撤销"
        self.step((Join(task.key),), words, to=("task", task.key))

    def action_drop(self) -> None:
        task = self.some_row()
        if task is None:
            return
        from tui.dialogs.confirm import ConfirmDialog

        def answered(yes: bool | None) -> None:
            if yes:
                self.step((Drop(task.key),), f"已去掉{named(task)}。Ctrl+Z 撤销")

        text = f"{task.task.requirement}\n\n这一行不再是任务，可以撤销。"
        self.app.push_screen(ConfirmDialog(shown(f"去掉{named(task)}"), text), answered)

    def action_add(self) -> None:
        task = self.row
        self.ask_new(task.key if task else (self.reading.tasks[-1].key if self.reading.tasks else None), "")

    def ask_new(self, after: str | None, text: str) -> None:
        """The requirement of a task that the reading missed."""
        from tui.dialogs.mended_text import MendTextDialog

        above = self.task_of(after) if after else None
        where = f"在{named(above)}下面加一项" if above else "加一项任务"

        def written(requirement: str | None) -> None:
            if requirement is None:
                return
            key = next_key(self.draft.edits)
            words = "已加一项，接着按 Enter 填责任单位和时限。Ctrl+Z 撤销"
            self.step((Add(key, after, requirement),), words, to=("task", key))

        remark = "照通知的原文写具体要求。"
        self.app.push_screen(MendTextDialog(shown(where), text, remark=remark), written)
