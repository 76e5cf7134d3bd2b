"""What a verb takes in, validated by models that are no tables: a table class validates nothing."""

from datetime import date
from typing import Annotated, Final, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

from db.errors import InvalidInputError
from db.rules.calendar import DayOffKind
from db.rules.evidence import MOST_MB
from db.rules.limits import (
    ADDRESS_LIMIT,
    DAYS_LIMIT,
    FILE_NAME_LIMIT,
    NUMBER_LIMIT,
    REQUIREMENT_LIMIT,
    SOURCE_LIMIT,
    TITLE_LIMIT,
    TextRefused,
)
from db.rules.words import Channel, DayKind, Form, RuleSource, Stage, UnitKind
from db.store.fields import (
    AGAIN,
    Day,
    Days,
    Done,
    Name,
    NoteText,
    Reason,
    Remark,
    Subject,
    Times,
    cleaned,
    maybe,
    noting,
    or_none,
    some,
)

_FIELDS: Final = {
    "done_on": "办结日期",
    "what_was_done": "工作做法及成效",
    "reason": "理由",
    "due": "日期",
    "day": "日期",
    "on": "日期",
    "start": "起算日期",
    "title": "标题",
    "channel": "公开渠道",
    "address": "网址",
    "form": "形式",
    "number": f"次数（应为 1 到 {NUMBER_LIMIT}）",
    "days": f"天数（应为 1 到 {DAYS_LIMIT}）",
    "may_extend": f"可延长的天数（应为 1 到 {DAYS_LIMIT}）",
    "day_kind": "天数的算法",
    "what": "内容",
    "name": "名称",
    "subject": "事由",
    "outcome": "结果",
    "stage": "进度",
    "to": "报送对象",
    "remark": "备注",
    "source": "依据",
    "notice": "通知名称",
    "text": "记事",
    "requirement": "事项内容",
    "year": "年度",
    "unit": "单位名称",
    "kind": "单位类别",
    "day_off": "放假或上班",
    "officer": "经办人",
    "caption": "说明",
    "megabytes": f"上限（应为 1 到 {MOST_MB} 之间的整数，单位 MB）",
}


class Input(BaseModel):
    """Strict, and nothing beside the named fields."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Settling(Input):
    """销账: the day of completion, none in the future."""

    done_on: Day
    today: date
    what_was_done: Annotated[Done, AfterValidator(or_none)] = None


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

    requirement: Annotated[str, cleaned(REQUIREMENT_LIMIT), some("请写明事项内容。")]
    due: Day | None
    reason: Reason


class Beginning(Input):
    """A ledger to begin."""

    year: int
    unit: Annotated[Name, some("请写明单位名称。")]
    kind: UnitKind | None
    officer: Annotated[Name | None, AfterValidator(or_none)]


class HandingOver(Input):
    """交接."""

    officer: Annotated[Name | None, AfterValidator(or_none)]


class Publishing(Input):
    """公开记录."""

    entry: int | None
    day: Day
    title: Annotated[str, cleaned(TITLE_LIMIT, single_line=True), some("请写明标题。")]
    channel: Channel
    address: Annotated[str | None, maybe(ADDRESS_LIMIT, single_line=True)]
    form: Form


class Counting(Input):
    """A plain count."""

    day: Day
    number: Times
    what: Remark


class Naming(Input):
    """事项."""

    name: Annotated[Subject, some("请写明事项名称。")]
    day: Day | None


class SettlingPeriod(Input):
    """本期销账."""

    start: Day
    done_on: Day
    what_was_done: Annotated[Done, AfterValidator(or_none)] = None


class Timing(Input):
    """What a clock is about and since when."""

    subject: Annotated[Subject, some("请写明这件计时是什么事。")]
    start: Day


class Pausing(Input):
    """暂停计时."""

    on: Day
    anew: bool
    reason: Reason


class Resuming(Input):
    """继续计时."""

    on: Day


class Extending(Input):
    """延长计时."""

    on: Day
    days: Days
    reason: Reason


class Closing(Input):
    """了结计时."""

    on: Day
    outcome: Annotated[Done, AfterValidator(or_none)]


class Moving(Input):
    """登记进度."""

    on: Day
    stage: Stage


class HandingIn(Input):
    """报送."""

    on: Day
    remark: Remark


class Reporting(Input):
    """A report that the clerk adds."""

    what: Annotated[Subject, some("请写明要报送什么。")]
    to: Annotated[Subject, some("请写明报送给谁。")]
    due: Day
    reason: Reason


class NewReporting(Reporting):
    """With where the duty comes from."""

    source: RuleSource


class OneDay(Input):
    """One day off or workday, by a notice."""

    day: Day
    day_off: DayOffKind
    notice: Annotated[Subject, some("请写明依据的通知。")]


class DaySource(Input):
    """The notice that the office pasted."""

    notice: Annotated[Subject, some("请写明依据的通知。")]
    text: Annotated[str, cleaned(SOURCE_LIMIT), some("通知原文是空的，没有保存。")]


class KeptDocument(Input):
    """The document of a draft (待确认稿)."""

    name: Annotated[str, cleaned(FILE_NAME_LIMIT, single_line=True), some("文件名里没有能显示的文字，没有存下。")]


class CorrectedRule(Input):
    """A rule of the statute as the office corrects it."""

    days: Days
    day_kind: DayKind
    may_extend: Days | None


Model = TypeVar("Model", bound=Input)


def validated(model: type[Model], **values: object) -> Model:
    """The input as its model. Raises InvalidInputError with the first thing that is wrong, in the clerk's words."""
    try:
        with noting(_FIELDS):
            return model.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        cause = first.get("ctx", {}).get("error")
        if isinstance(cause, TextRefused):
            raise InvalidInputError(cause.message, cause.hint) from error
        name = _FIELDS.get(str(first["loc"][0]) if first["loc"] else "", "输入")
        raise InvalidInputError(f"{name}填写有误：{first['input']!s}", AGAIN) from error


def refuse_future(what: str, day: date, today: date) -> None:
    """Refuse a day after today; `what` names it."""
    if day > today:
        raise InvalidInputError(f"{what} {day} 晚于今天（{today}），没有保存。", "请填今天或更早的日期。")
