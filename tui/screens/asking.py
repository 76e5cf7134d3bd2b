"""A dialog that stays open, with all that was typed in it, when what it asks for cannot be done."""

from collections.abc import Callable
from typing import Any, Final, TypeVar

from db.errors import DamagedError, FileLockedError, NotSavedError, ReadOnlyError, TaizhangError
from db.rules.evidence import Progress
from tui.dialogs.dialog import Dialog
from tui.text import Shown

T = TypeVar("T")
_NOT_WRITTEN: Final = (NotSavedError, ReadOnlyError, FileLockedError, DamagedError)
"""Where the clerk's words were right and the file did not take them."""


def attempting(dialog: Dialog[T], attempt: Callable[[T], None]) -> Dialog[T]:
    """The dialog, which now tries `attempt` with its answer and closes only if that raises no TaizhangError."""
    leave = dialog.close

    def close(answer: T) -> None:
        try:
            attempt(answer)
        except TaizhangError as error:
            _tell(dialog, error)
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
                _tell(dialog, error)
            else:
                leave(answer)

        work: ProgressDialog[object] = ProgressDialog(title, lambda progress: attempt(answer, progress), passes=passes)
        dialog.app.push_screen(work, ended)

    setattr(dialog, "close", close)  # noqa: B010 - one dialog, not its class
    return dialog


def _tell(dialog: Dialog[Any], error: TaizhangError) -> None:
    words = "".join(part for part in (error.message, error.hint) if part)
    dialog.say(words if words.startswith("没有保存：") else f"没有办成：{words}")
    if isinstance(error, _NOT_WRITTEN):
        dialog.draft_stays()
