"""What a verb takes in, validated by models that are no tables: a table class validates nothing."""

from datetime import date
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

from db.errors import InvalidInputError
from db.rules.limits import (
    DONE_LIMIT,
    LINE_LIMIT,
    NAME_LIMIT,
    NOTE_LIMIT,
    REASON_LIMIT,
    REQUIREMENT_LIMIT,
    TextRefused,
    clean_text,
)
from db.rules.words import UnitKind


def _cleaned(limit: int, line_limit: int | None = None, *, single_line: bool = False) -> AfterValidator:
    def clean(value: str) -> str:
        return clean_text(value, limit=limit, line_limit=line_limit, single_line=single_line)[0]

    return AfterValidator(clean)


def _some(message: str) -> AfterValidator:
    def check(value: str) -> str:
        if not value:
            raise TextRefused(message, _AGAIN)
        return value

    return AfterValidator(check)


def _or_none(value: str | None) -> str | None:
    return value or None


def _office_year(value: date) -> date:
    if not 2000 <= value.year <= 2999:
        raise TextRefused(f"{value.isoformat()} 不像是办公用的日期（应在 2000 年到 2999 年之间）。", _AGAIN)
    return value


Day = Annotated[date, AfterValidator(_office_year)]
NoteText = Annotated[str, _cleaned(NOTE_LIMIT, LINE_LIMIT), _some("记事是空的，没有保存。")]
Reason = Annotated[str, _cleaned(REASON_LIMIT), _some("请写明理由。")]
Done = Annotated[
    str | None, AfterValidator(lambda text: None if text is None else clean_text(text, limit=DONE_LIMIT)[0])
]
Name = Annotated[str, _cleaned(NAME_LIMIT, single_line=True)]


_AGAIN = "改好后再试；没有保存任何内容。"
_FIELDS = {
    "done_on": "办结日期",
    "what_was_done": "工作做法及成效",
    "reason": "理由",
    "due": "日期",
    "text": "记事",
    "requirement": "事项内容",
    "year": "年度",
    "unit": "单位名称",
    "kind": "单位类别",
    "officer": "经办人",
}


class Input(BaseModel):
    """Strict, and nothing beside the named fields."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Settling(Input):
    """销账: the day of completion, none in the future."""

    done_on: Day
    today: date
    what_was_done: Annotated[Done, AfterValidator(_or_none)] = None


class Reasoned(Input):
    """Something that needs a reason."""

    reason: Reason


class Adjusting(Input):
    """调整时限."""

    due: Day
    reason: Reason


class Noting(Input):
    """记事."""

    text: NoteText


class OwnTask(Input):
    """自增事项."""

    requirement: Annotated[str, _cleaned(REQUIREMENT_LIMIT), _some("请写明事项内容。")]
    due: Day | None
    reason: Reason


class Beginning(Input):
    """A ledger to begin."""

    year: int
    unit: Annotated[Name, _some("请写明单位名称。")]
    kind: UnitKind | None
    officer: Annotated[Name | None, AfterValidator(_or_none)]


class HandingOver(Input):
    """交接."""

    officer: Annotated[Name | None, AfterValidator(_or_none)]


Model = TypeVar("Model", bound=Input)


def validated(model: type[Model], **values: object) -> Model:
    """The input as its model. Raises InvalidInputError with the first thing that is wrong, in the clerk's words."""
    try:
        return model.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        cause = first.get("ctx", {}).get("error")
        if isinstance(cause, TextRefused):
            raise InvalidInputError(cause.message, cause.hint) from error
        name = _FIELDS.get(str(first["loc"][0]) if first["loc"] else "", "输入")
        raise InvalidInputError(f"{name}填写有误：{first['input']!s}", _AGAIN) from error
