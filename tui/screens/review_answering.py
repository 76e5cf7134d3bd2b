"""确认: a row is right as it stands, a problem is answered as assumed or by one of what else it could be."""

from __future__ import annotations

from typing import Final

from db.intake.edits import AcceptProblem, AcceptTask
from db.intake.reading import Problem, Reading
from db.intake.replay import replayed
from tui.dialogs.line_list import Choice
from tui.dialogs.lines import LinesDialog, Listed, Taken
from tui.dialogs.told import ToldDialog
from tui.screens.review_work import ReviewWork, named
from tui.text import cut, one_line, shown
from tui.wording_intake import open_on, problem_name

_QUOTED_CELLS: Final = 30


class ReviewAnswering(ReviewWork):
    """One problem at a time: what was not looked at is not answered."""

    def action_accept(self) -> None:
        problem = self.problem
        if problem is not None:
            self.answer(problem)
            return
        task = self.some_row()
        if task is None:
            return
        left = open_on(self.reading, task.key)
        if left:
            self.answer(left[0])
        elif task.accepted:
            self.say(f"{named(task)}已经确认过。")
        else:
            at = [line.key for line in self.lines].index(("task", task.key))
            below = next((line.key for line in self.lines[at + 1 :] if line.key is not None), None)
            self.step((AcceptTask(task.key),), f"已确认：{named(task)}。Ctrl+Z 撤销", to=below or ("task", task.key))

    def answer(self, problem: Problem) -> None:
        """One problem: as assumed, or one of what else it could be."""
        if problem.answered:
            self.say("这个问题已经确认过。Ctrl+Z 撤销")
        elif problem.kind == "year_unknown":
            self.ask_year()
        elif problem.kind == "no_tasks" and not self.reading.tasks:
            self.say("还没有一项任务：Ctrl+L 指明表格各栏，或按 Ins 加行。", alarm=True)
        elif problem.others:
            self._choose(problem)
        else:
            self._answered(problem, None)

    def _choose(self, problem: Problem) -> None:
        options = (problem.assumed, *problem.others)
        lines = [Listed(Choice(one_line(words)), words) for words in options]
        above = f"{problem_name(problem)}：{problem.text}" if problem.text else problem_name(problem)

        def chosen(taken: Taken | None) -> None:
            if taken is not None:
                self._answered(problem, problem.others[taken.index - 1] if taken.index else None)

        self.app.push_screen(LinesDialog(shown("这里读作什么？第一行是现在的读法"), lines, above=above), chosen)

    def _answered(self, problem: Problem, choice: str | None) -> None:
        answer = AcceptProblem(problem.key, choice)
        self.once_read((*self.draft.edits, answer), lambda: self._take_answer(problem, answer))

    def _take_answer(self, problem: Problem, answer: AcceptProblem) -> None:
        choice = answer.choice
        words = cut(choice if choice is not None else problem.assumed, _QUOTED_CELLS)
        if choice is not None and _lost(replayed(self.draft.source, (*self.draft.edits, answer))) > _lost(self.reading):
            # No step does what the choice says: the clerk does it in the field itself.
            told = ToldDialog(shown(f"“{words}”要请您自己改"), "下面是这一行的各栏；改好后再按空格确认这个问题。")
            self.app.push_screen(told, lambda _: self.mend_for(problem))
            return
        self.step((answer,), f"已核对“{problem_name(problem)}”：{words}。Ctrl+Z 撤销")

    def mend_for(self, problem: Problem) -> None:
        """Goes where the problem can be mended."""
        raise TypeError(f"{type(self).__name__} mends nothing")

    def ask_year(self) -> None:
        """Asks which year the plan is for."""
        raise TypeError(f"{type(self).__name__} has no head")


def _lost(reading: Reading) -> int:
    """How many steps found nothing to be done on."""
    return sum(1 for one in reading.problems if one.kind == "edit_lost")
