"""A line for a whole number, moved by one with the up and down keys."""

from typing import ClassVar, Final

from textual.binding import Binding, BindingType

from tui.dialogs.field import Field, FieldProblem

_TYPED_LIMIT: Final = 20
_FULL_WIDTH: Final = str.maketrans("０１２３４５６７８９", "0123456789")


def whole_number(text: str) -> int | None:
    """The number that is typed in Western or full-width digits, None for anything else."""
    plain = "".join(text.translate(_FULL_WIDTH).split())
    return int(plain) if plain.isdecimal() and plain.isascii() and len(plain) <= _TYPED_LIMIT else None


class NumberField(Field):
    """A number from 1 to `most`. With `may_be_blank` an empty line is no number.

    too_many says why a larger one is refused, where that is no mere slip.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(1)", "多一", show=False),
        Binding("down", "step(-1)", "少一", show=False),
    ]

    def __init__(
        self,
        label: str,
        number: int | None,
        *,
        most: int,
        remark: str = "",
        too_many: str = "",
        may_be_blank: bool = False,
        id: str | None = None,
    ) -> None:
        self._most = most
        self._too_many = too_many
        self._may_be_blank = may_be_blank
        value = "" if number is None else str(number)
        super().__init__(label, value, limit=_TYPED_LIMIT, remark=remark, select=True, id=id)

    def number(self) -> int | None:
        """The number, None when blank and that is allowed. Raises FieldProblem for anything else."""
        text = self.text()
        if not text and self._may_be_blank:
            return None
        number = whole_number(text)
        if self._too_many and number is not None and number > self._most:
            raise FieldProblem(self, self._too_many)
        if number is None or not 1 <= number <= self._most:
            said = f"「{text}」不是 1 到 {self._most} 的整数" if text else "没有填数字"
            raise FieldProblem(self, said)
        return number

    def needed_number(self) -> int:
        """The number. Raises FieldProblem also when blank."""
        number = self.number()
        if number is None:
            raise FieldProblem(self, "没有填数字")
        return number

    def action_step(self, step: int) -> None:
        number = whole_number(self.line.value)
        moved = max(1, min(1 if number is None else number + step, self._most))
        self.line.put(str(moved))
        # What is typed next is another number, not more digits of this one.
        self.line.select_all()

    def complain(self, message: str) -> None:
        super().complain(message)
        self.line.select_all()
