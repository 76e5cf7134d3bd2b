"""A dialog that stays open, with all that was typed in it, when what it asks for cannot be done."""

from collections.abc import Callable
from typing import TypeVar

from db.errors import TaizhangError
from db.rules.evidence import Progress
from tui.dialogs.dialog import Dialog
from tui.text import Shown

T = TypeVar("T")


def attempting(dialog: Dialog[T], attempt: Callable[[T], None]) -> Dialog[T]:
    """The dialog, which now tries `attempt` with its answer and closes only if that raises no TaizhangError."""
    leave = dialog.close

    def close(answer: T) -> None:
        try:
            attempt(answer)
        except TaizhangError as error:
            dialog.say("没有办成：" + "".join(part for part in (error.message, error.hint) if part))
        else:
            leave(answer)

    setattr(dialog, "close", close)  # noqa: B010 - one dialog, not its class
    return dialog


def attempting_long(
    dialog: Dialog[T], title: Shown, attempt: Callable[[T, Progress], object], *, passes: int = 1
) -> Dialog[T]:
    """The same for what takes long: `attempt` runs in a thread under a window that shows how far it is."""
    leave = dialog.close

    def close(answer: T) -> None:
        from tui.dialogs.progress import Outcome, ProgressDialog

        def ended(outcome: Outcome[object] | None) -> None:
            error = outcome.error if outcome else None
            if outcome is None or outcome.is_cancelled:
                dialog.say("已取消，什么也没有改变")
            elif error is not None:
                dialog.say("没有办成：" + "".join(part for part in (error.message, error.hint) if part))
            else:
                leave(answer)

        work: ProgressDialog[object] = ProgressDialog(title, lambda progress: attempt(answer, progress), passes=passes)
        dialog.app.push_screen(work, ended)

    setattr(dialog, "close", close)  # noqa: B010 - one dialog, not its class
    return dialog
