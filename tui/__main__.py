"""taizhang: arguments, opening, wiring, exit codes. The only place that reads the clock and puts the rooms together."""

import gc
import os
import sys
from contextlib import suppress
from datetime import datetime, timedelta, timezone
from pathlib import Path

from db.errors import DamagedError, FileRefusedError, MendableError, ReadingError, TaizhangError, UsageError
from db.file import LedgerFile, make_file, open_file
from db.places import default_file, seen_mark
from db.reads.ledgers import find_ledger, last_opened, ledger, ledgers, notices
from db.reads.office import readings_digest
from db.rules.rows import LedgerRow
from tui.arguments import Arguments, read_arguments
from tui.output import complain, forget_output
from tui.printing import print_check, print_or_export, print_plans

BEIJING = timezone(timedelta(hours=8))


def now() -> datetime:
    """This moment in UTC+8, whatever the machine's zone says."""
    return datetime.now(BEIJING)


def main() -> int:
    """Run the command; returns the exit code."""
    os.umask(0o077)
    # A start makes much and throws little away: looking for what is not used costs it a tenth and finds nothing. What
    # runs on (the screen, an export) turns it on again.
    gc.disable()
    try:
        return _run(read_arguments(sys.argv[1:]))
    except TaizhangError as error:
        complain(error)
        return error.exit_code
    except BrokenPipeError:
        # `taizhang --list | head`: the reader has seen enough.
        forget_output()
        return 0
    except KeyboardInterrupt:
        return 130
    finally:
        # Nor does the end: before it goes, Python would look through all that is left, a tenth of a `--list` again.
        gc.freeze()


def _run(given: Arguments) -> int:
    if given.check:
        return _checked(given)
    if given.is_import and not _is_review(given):
        return _imported(given)
    is_screen = not (given.list or given.plans or given.board or given.export)
    if is_screen:
        _check_terminal()
    elif given.export is not None:
        _check_suffix(given.export)
    file = _opened(given, write=is_screen)
    try:
        if given.plans:
            print_plans(notices(file), as_json=given.json)
            return 0
        file, chosen = _chosen(file, given)
        if is_screen:
            return _show(file, given, chosen)
        print_or_export(file, given, chosen or _the_only(file), given.today or now().date(), now())
        return 0
    finally:
        file.close()


def _checked(given: Arguments) -> int:
    """--check: the file as it lies there, neither made nor planted."""
    from db.reads.check import Checked, check

    path = _real_name(given.db or default_file())
    try:
        file = open_file(path, now(), write=False, as_it_lies=True)
    except DamagedError as error:
        # So damaged that it cannot be opened: that is the finding.
        print_check(Checked(0, 0, (error.message,), unread=None), path, as_json=given.json)
        raise
    try:
        checked = check(file)
        print_check(checked, path, as_json=given.json)
    finally:
        file.close()
    if checked.problems:
        raise DamagedError(f"台账文件有 {len(checked.problems)} 处问题：{path}", checked.hint)
    return 0


def _is_review(given: Arguments) -> bool:
    """Whether a document is to be gone through on the screen."""
    from tui.importing import is_draft

    return given.import_file is not None and given.draft is None and not is_draft(given.import_file)


def _imported(given: Arguments) -> int:
    """--import without the screen, and --import-template."""
    from tui.importing import take_in_draft, write_draft, write_template

    if given.import_template is not None:
        write_template(given.import_template, now())
        return 0
    if given.import_file is None:
        raise UsageError("没有写要导入的文件。", "写成 --import 通知.docx。")
    gc.enable()
    file = _opened(given, write=given.draft is None)
    try:
        if given.draft is not None:
            return write_draft(file, given.import_file, given.draft, given.year, now())
        take_in_draft(file, given.import_file, now())
        return 0
    finally:
        file.close()


# Opening


def _opened(given: Arguments, *, write: bool) -> LedgerFile:
    """The file, made where that is meant, with the shipped readings planted in it."""
    path = _located(given)
    file = open_file(path, now(), write=write)
    try:
        return _planted(file)
    except BaseException:
        file.close()
        raise


def _located(given: Arguments) -> Path:
    path = _real_name(given.db or default_file())
    is_default = given.db is None
    if not os.path.lexists(path):
        if is_default and seen_mark().exists() and not given.new:
            raise FileRefusedError(
                f"找不到台账文件 {path}，而这台电脑上以前有过。",
                "请先找回文件（U 盘、网络盘、备份）；确需从头新建时加 --new。",
            )
        if not is_default and not given.new:
            raise FileRefusedError(f"找不到台账文件 {path}。", "U 盘或网络盘是否已接上？确需新建时加 --new。")
        make_file(path)
    if is_default:
        _leave_mark()
    return path


def _real_name(path: Path) -> Path:
    try:
        return path.expanduser().resolve()
    except (OSError, RuntimeError) as error:
        raise FileRefusedError(f"无法确定 {path} 是哪个文件（{error}）。", "请写出台账文件的完整路径。") from error


def _leave_mark() -> None:
    mark = seen_mark()
    # A state folder that cannot be written is no reason to refuse the ledger.
    with suppress(OSError):
        if not mark.exists():
            mark.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            mark.touch()


def _planted(file: LedgerFile) -> LedgerFile:
    """The same file with this program's readings in it, opened for writing as long as that takes."""
    from seeds.plant import digest, plant

    held = readings_digest(file)
    if held == digest():
        return file
    writer = _for_writing(file)
    if not writer.read_only:
        try:
            plant(writer, now())
        except ReadingError as error:
            # The former readings still stand in the file, whole: the clerk's work goes on over them.
            if held is None:
                writer.close()
                raise
            complain(error)
    elif held is None:
        writer.close()
        raise MendableError(
            f"台账文件里还没有通知，现在又不能写入：{writer.read_only_reason}", "请关闭其他窗口后再试。"
        )
    return writer


def _for_writing(file: LedgerFile) -> LedgerFile:
    if not file.read_only:
        return file
    file.close()
    return open_file(file.path, now(), write=True)


# Which ledger


def _chosen(file: LedgerFile, given: Arguments) -> tuple[LedgerFile, LedgerRow | None]:
    """The ledger that was asked for, made if it is new; without --plan the one last opened, or the only one."""
    if given.plan is None or given.unit is None:
        return file, last_opened(file)
    year = given.year if given.year is not None else _own_year(file, given.plan)
    found = find_ledger(file, given.plan, year, given.unit) if year is not None else None
    if found is not None and given.officer in (None, found.officer) and given.kind is None:
        return file, found
    writer = _for_writing(file)
    from db.store.ledgers import begin_ledger

    number = begin_ledger(
        writer,
        plan=given.plan,
        year=year if year is not None else now().year,
        unit=given.unit,
        kind=given.kind,
        officer=given.officer,
        at=now(),
    )
    return writer, ledger(writer, number)


def _own_year(file: LedgerFile, plan: str) -> int | None:
    return next((notice.year for notice in notices(file) if notice.plan == plan), None)


def _the_only(file: LedgerFile) -> LedgerRow:
    known = ledgers(file)
    if not known:
        raise MendableError(
            "文件里还没有台账。", "先运行 taizhang 选择通知和单位，或写明 --plan 与 --unit（用 --plans 查看）。"
        )
    lines = [f"--plan {row.plan} --unit {row.unit} --year {row.year}" for row in known]
    raise MendableError("文件里有几本台账，请写明是哪一本：\n  " + "\n  ".join(lines), "在命令后加上其中一行。")


# What to do


def _show(file: LedgerFile, given: Arguments, chosen: LedgerRow | None) -> int:
    """The screen. Textual reads these variables while it is imported."""
    os.environ.setdefault("ESCDELAY", "50")
    os.environ["TEXTUAL_DISABLE_KITTY_KEY"] = "1"
    os.environ["TEXTUAL_ANIMATIONS"] = "none"
    from tui.app import TaizhangApp
    from tui.desk import Desk

    desk: Desk = Desk(file, now, given.today, chosen)
    app = TaizhangApp(desk, given.import_file)
    try:
        app.run()
    finally:
        desk.drop_copies()
    return app.return_code or 0


def _check_terminal() -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(
            "办理界面要在终端里打开，这里不是终端。",
            "输出到文件或管道请用 --list、--board 或 --export；导入通知请加 --draft 读稿.toml。",
        )
    if (sys.stdout.encoding or "").lower().replace("-", "") != "utf8":
        raise MendableError(
            f"终端编码是 {sys.stdout.encoding}，不是 UTF-8，中文会显示错乱。",
            "请把终端编码设为 UTF-8（如 export LANG=zh_CN.UTF-8）。",
        )


def _check_suffix(target: Path) -> None:
    """A suffix that is not built yet is said before a ledger is opened or made."""
    from db.export.form import check_suffix

    check_suffix(target)


if __name__ == "__main__":
    sys.exit(main())
