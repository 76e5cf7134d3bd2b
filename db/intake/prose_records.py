"""Tasks written as records of labelled lines, each record with the same labels in the same order.

    record := title? (label ':' value)+        活动名称：… / 活动时间：9月 / 活动内容：… / 组织单位：…
A record ends where one of its labels comes again. The most concrete text is the requirement, another one its matter.
Source: notice-patterns.md section 1 (other layouts).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from db.intake.headers import header_word
from db.intake.prose_items import Parsed
from db.intake.prose_signs import Label
from db.intake.reading import Doubt, RawTask

_LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True)
class ProseTasks:
    """tasks in order; used: the positions of the lines that are tasks or their headings; left: those of items that
    were read as no task and are asked about; items: how many items the list has, left ones included."""

    tasks: tuple[RawTask, ...] = ()
    used: frozenset[int] = frozenset()
    left: tuple[int, ...] = ()
    items: int = 0


@dataclass(slots=True)
class _Record:
    labels: list[tuple[int, str, Label]] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)
    title: int | None = None

    def of(self, kind: str) -> list[Label]:
        return [label for _, _, label in self.labels if label.kind == kind]


def records_of(parsed: Sequence[Parsed]) -> ProseTasks | None:
    """The records of a text, from two on that name units and say what is to be done; None where there are fewer."""
    records = [one for one in _records(parsed) if one.of("unit") and (one.of("text") or one.title is not None)]
    whole = [one for one in records if one.of("text")]
    if len(whole) < 2:
        return None
    tasks = tuple(_task(parsed, one) for one in whole)
    used = {at for one in whole for at, _, _ in one.labels} | {one.title for one in whole if one.title is not None}
    unread = {at for one in whole for at in one.unread}
    return ProseTasks(tasks, frozenset(used | unread), (), len(records))


def _records(parsed: Sequence[Parsed]) -> list[_Record]:
    records: list[_Record] = []
    now = _Record()
    for at, one in enumerate(parsed):
        if one.empty:
            continue
        if one.label is None:
            if now.labels and _is_labelled(one.line.text) and not one.head:
                now.unread.append(at)
                continue
            if now.labels:
                records.append(now)
            now = _Record(title=at if len(one.line.text.strip()) <= _LONGEST_TITLE else None)
            continue
        word = header_word(one.line.text[:64].replace("：", ":").split(":")[0]).core
        if any(word == known for _, known, _ in now.labels):
            records.append(now)
            now = _Record()
        now.labels.append((at, word, one.label))
    records.append(now)
    return records


def _is_labelled(text: str) -> bool:
    """A line with a label that we do not know (活动地点：…)."""
    return text.strip()[:10].replace("：", ":").find(":") > 0


def _task(parsed: Sequence[Parsed], record: _Record) -> RawTask:
    texts = [(header_word(word).rank, at, label.value) for at, word, label in record.labels if label.kind == "text"]
    requirement = max(texts, key=lambda one: one[0])
    matter = next((value for _, at, value in texts if at != requirement[1]), None)
    title = parsed[record.title] if record.title is not None and parsed[record.title].head else None
    if matter is None and title is not None:
        matter = title.line.text.strip()
    deadlines, remarks, quotas = record.of("deadline"), record.of("remark"), record.of("quota")
    first = parsed[record.labels[0][0]].line
    doubts = [Doubt("row_unsure", parsed[at].line.text.strip(), "这一行没有读入") for at in record.unread]
    return RawTask(
        key=first.key,
        number=title.head.printed if title is not None and title.head is not None else None,
        section=None,
        matter=matter,
        requirement=requirement[2],
        assignments=tuple((label.role, label.value) for label in record.of("unit")),
        state="written",
        deadline=deadlines[0].value if deadlines else None,
        quota=quotas[0].value if quotas else None,
        remark=remarks[0].value if remarks else None,
        places=tuple(parsed[at].line.place for at, _, _ in record.labels),
        doubts=tuple(("row", doubt) for doubt in doubts),
    )
