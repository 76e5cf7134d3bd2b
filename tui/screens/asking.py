"""A dialog that stays open, with all that was typed in it, when what it asks for cannot be done."""

from collections.abc import Callable
from typing import TypeVar

from db.errors import TaizhangError
from tui.dialogs.dialog import Dialog

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
