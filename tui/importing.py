"""--import without the screen: a document read into a TOML draft, a draft taken in; and the template to fill in."""

from datetime import datetime
from itertools import chain, count
from os.path import lexists
from pathlib import Path
from typing import TYPE_CHECKING, Final

from db.errors import ExportError, InvalidInputError, MendableError
from db.rules.rows_intake import KnownNotice
from tui.output import print_text, remark_tidied

if TYPE_CHECKING:
    from db.file import LedgerFile
    from db.intake.reading import Reading
    from db.rules.notice import NoticeDraft

DRAFT_SUFFIX: Final = ".toml"
LISTED: Final = 20
"""How many differences of a notice that comes again are listed."""


def is_draft(path: Path) -> bool:
    """Whether the file is a draft in TOML, not a document."""
    return path.suffix.lower() == DRAFT_SUFFIX


def write_template(target: Path, at: datetime) -> None:
    """--import-template: the empty table. An existing file is never written over: it may be filled in."""
    from db.export.template import template

    target = target.expanduser()
    if target.suffix.lower() != ".xlsx":
        raise ExportError(f"模板是 .xlsx 表格，不能写成 {target.name}。", "请把文件名写成 某某.xlsx。")
    _write_new(target, template(), at, "模板", None)
    print_text(f"已写出模板：{target}")
    print_text(f"填好后运行：taizhang --import {target.name}")


def write_draft(file: "LedgerFile", source_path: Path, target: Path, year: int | None, at: datetime) -> int:
    """--import FILE --draft OUT.toml [--year]: read the document and write what was understood, year being the plan's
    where the document does not say it. Returns the exit code: 3 while there are problems that block."""
    from db.intake.draft_file import draft_toml
    from db.intake.edits import SetYear
    from db.intake.readers.asking import read_document
    from db.intake.replay import replayed
    from tui.reading_line import reading_line

    target = target.expanduser()
    if not is_draft(target):
        raise ExportError(f"读稿是 .toml 文件，不能写成 {target.name}。", "请把文件名写成 某某.toml。")
    with reading_line() as progress:
        source = read_document(source_path.expanduser(), progress=progress, cancelled=lambda: False, own=file.is_own)
    reading = replayed(source, () if year is None else (SetYear(year),))
    text = draft_toml(reading, target.name)
    _write_new(target, text.encode(), at, "读稿", file)
    return _said(reading, target)


def _said(reading: "Reading", target: Path) -> int:
    """What was understood, in a few lines."""
    if reading.said:
        print_text(reading.said)
    print_text(f"已写出读稿：{target}")
    blocking = len(reading.blocking)
    still_open = sum(not one.answered for one in reading.problems)
    if not still_open:
        print_text("没有待核对的问题。")
    else:
        print_text(f"待核对的问题 {still_open} 个，其中必须核对 {blocking} 个（读稿里以“#!”开头的行）。")
    print_text(f"核对后运行：taizhang --import {target.name}")
    return MendableError.exit_code if blocking else 0


def take_in_draft(file: "LedgerFile", path: Path, at: datetime) -> None:
    """--import OUT.toml: the notice of a mended draft into the file. One that is there already is brought to this
    reading under its own short name, with the work on it kept."""
    from db.intake.draft_file import read_draft
    from db.intake.readers.opening import toml_text
    from db.reads.intake import known_notices, notice_said
    from db.rules.differences import differences, recognised
    from db.store.fields import hear
    from db.store.intake import accept_notice

    name, text = toml_text(path.expanduser(), file.is_own)
    draft = read_draft(name, text)
    again = recognised(draft, known_notices(file))
    told: list[str] = []
    hear(told)
    if again is None:
        accept_notice(file, draft, at=at)
        print_text(f"已入库：{draft.plan}（{draft.year} 年，{len(draft.tasks)} 项）。")
    else:
        _refuse_another_name(draft, again)
        found = differences(notice_said(file, draft.plan), draft)
        former = _write_former(file, draft.plan, path.expanduser().parent, at)
        stayed = accept_notice(file, draft, matches=found.matches, at=at)
        print_text(f"已更新：{draft.plan}（{draft.year} 年，{len(draft.tasks)} 项），原有办理记录都在。")
        for change in found.changes[:LISTED]:
            print_text("  " + _difference(change.former, change.number, change.fields))
        if len(found.changes) > LISTED:
            print_text(f"  ……共 {len(found.changes)} 处不同")
        for one in stayed:
            words = "新的读法不列这个单位，因有办理记录，定为本单位，仍在台账里"
            print_text(f"  第 {one.number} 项（{one.unit} {one.year} 年台账）：{words}")
        print_text(f"更新前的读法已另存：{former}")
        print_text(f"要恢复更新前的读法：taizhang --import {former.name}")
    remark_tidied(told)
    print_text(f"开立台账：taizhang --plan {draft.plan} --unit 单位名称")


def _write_former(file: "LedgerFile", plan: str, folder: Path, at: datetime) -> Path:
    """The notice as it is before an update, as a draft that brings it back; never over a file. Returns its path."""
    from db.intake.accepting import restorable
    from db.intake.draft_file import read_draft
    from db.intake.toml_writing import FORMER_HEADER, to_toml
    from db.reads.intake import notice_to_keep

    name = f"{plan}-更新前-{at:%Y%m%d-%H%M%S}"
    targets = (folder / f"{name}{more}{DRAFT_SUFFIX}" for more in chain([""], (f"-{n}" for n in count(2))))
    target = next(path for path in targets if not lexists(path))
    former = restorable(notice_to_keep(file, plan))
    text = to_toml(former, header=FORMER_HEADER.format(plan=plan, at=f"{at:%Y-%m-%d %H:%M}", own=target.name))
    if read_draft(target.name, text) != former:
        raise ExportError(f"{plan} 更新前的读法写出后再读不一样，没有更新。", "请把这句话反馈给程序的维护者。")
    try:
        _write_new(target, text.encode(), at, "更新前的读法", file)
    except ExportError as error:
        hint = "更新之前要先把原来的读法存在读稿旁边：请把读稿移到能写的文件夹，再导入。"
        raise ExportError(f"{error.message.rstrip('。')}，通知没有更新。", hint) from error
    return target


def _refuse_another_name(draft: "NoticeDraft", again: KnownNotice) -> None:
    """The same notice under two short names would be two ledgers of one year's work."""
    if again.origin == "shipped":
        raise InvalidInputError(
            f"这份通知随程序已有，短名 {again.plan}，没有再入库。",
            f"直接使用：taizhang --plan {again.plan} --unit 单位名称",
        )
    if again.plan != draft.plan:
        raise InvalidInputError(
            f"这份通知已经入库，短名 {again.plan}，没有再入库。",
            f'要更新它，请把读稿里的 plan 改为 "{again.plan}" 再导入。',
        )


def _difference(former: str | None, number: str | None, fields: tuple[str, ...]) -> str:
    from db.intake.reading import FIELD_NAMES

    if former is None:
        return f"第 {number} 项：新增"
    if number is None:
        return f"原第 {former} 项：新的通知里没有了（有办理记录的保留）"
    was = "" if former == number else f"（原第 {former} 项）"
    return f"第 {number} 项{was}：{'、'.join(FIELD_NAMES[field] for field in fields)}有改动"


def _write_new(target: Path, payload: bytes, at: datetime, what: str, file: "LedgerFile | None") -> None:
    """Write a file that is not there yet: what may hold the clerk's own work is never written over."""
    from db.export.writing import write_safely

    if lexists(target):
        raise ExportError(f"已有文件 {target}，{what}没有写。", "请换一个文件名，或者先把原来的文件移走。")

    def write(beside: Path) -> None:
        beside.write_bytes(payload)

    def read_back(beside: Path) -> None:
        if beside.read_bytes() != payload:
            raise ExportError(f"{what}写出后读回来不一样，没有写成。", "磁盘可能有问题，请换一个位置再试。")

    own = file.is_own if file else None
    owns_path = file.owns_path if file else None
    verb, example = f"写出{what}", f"通知{target.suffix}"
    write_safely(target, write, read_back, at, own=own, owns_path=owns_path, verb=verb, example=example)
