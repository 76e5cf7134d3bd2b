"""taizhang: arguments, opening, wiring, exit codes. The only place that reads the clock and puts the rooms together."""

import gc
import os
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

from db.errors import MendableError, TaizhangError, UsageError
from db.file import LedgerFile, open_file
from db.places import crash_log
from db.reads.ledgers import find_ledger, last_opened, ledger, ledgers, notices
from db.rules.rows import LedgerRow
from tui.arguments import Arguments, read_arguments
from tui.crash import CRASHED, Watch
from tui.ending import end_without_what_hangs
from tui.opening import care_of, for_writing, opened, path_of, was_here
from tui.output import complain, forget_closed_streams, forget_output, remark_tidied
from tui.printing import print_or_export, print_plans

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
    code = CRASHED
    try:
        with Watch(crash_log, now) as watch:
            code = watch.code(_told())
    finally:
        forget_closed_streams()
        end_without_what_hangs(code)
    return code


def _told() -> int:
    """The run, and what went wrong in it in the clerk's words."""
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
    if given.backup is not None or given.restore is not None:
        return _cared(given)
    if not (given.list or given.plans or given.board or given.export):
        _check_terminal()
        return _shown(given)
    if given.export is not None:
        _check_suffix(given.export)
    file = opened(given, now, write=False)
    try:
        if given.plans:
            print_plans(notices(file), as_json=given.json)
            return 0
        file, chosen = _chosen(file, given)
        print_or_export(file, given, chosen or _the_only(file), given.today or now().date(), now())
        return 0
    finally:
        file.close()


def _checked(given: Arguments) -> int:
    """--check and --check --mend: the file as it lies there, neither made nor planted."""
    from tui.checking import check_file, mend_file

    care = care_of(given, now)
    if given.mend:
        gc.enable()
        mend_file(care.path, care.places, now(), as_json=given.json)
    else:
        check_file(care.path, care.places, now(), as_json=given.json)
    return 0


def _cared(given: Arguments) -> int:
    """--backup and --restore: the file as it is, never made; a restore asks for none that can be opened."""
    from tui.caring import back_up_whole, list_backups, restore_backup

    if given.backup is not None:
        file = open_file(path_of(given), now(), write=False)
        try:
            back_up_whole(file, given.backup, now())
        finally:
            file.close()
    elif given.restore:
        restore_backup(care_of(given, now, asks_file=True), given.restore, yes=given.yes)
    else:
        list_backups(care_of(given, now, asks_file=True))
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
    file = opened(given, now, write=given.draft is None)
    try:
        if given.draft is not None:
            return write_draft(file, given.import_file, given.draft, given.year, now())
        from tui.caring import back_up_before

        back_up_before(file, now(), "导入前")
        take_in_draft(file, given.import_file, now())
        return 0
    finally:
        file.close()


# Which ledger


def _chosen(file: LedgerFile, given: Arguments) -> tuple[LedgerFile, LedgerRow | None]:
    """The ledger that was asked for, made if it is new; without --plan the one last opened, or the only one."""
    if given.plan is None or given.unit is None:
        return file, last_opened(file)
    year = given.year if given.year is not None else _own_year(file, given.plan)
    found = find_ledger(file, given.plan, year, given.unit) if year is not None else None
    if found is not None and given.officer in (None, found.officer) and given.kind is None:
        return file, found
    writer = for_writing(file, now)
    from db.store.fields import hear
    from db.store.ledgers import begin_ledger

    told: list[str] = []
    hear(told)
    number = begin_ledger(
        writer,
        plan=given.plan,
        year=year if year is not None else now().year,
        unit=given.unit,
        kind=given.kind,
        officer=given.officer,
        at=now(),
    )
    remark_tidied(told)
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


def _shown(given: Arguments) -> int:
    """The screen."""
    from tui.showing import show

    def ready() -> tuple[LedgerFile, LedgerRow | None]:
        file = opened(given, now, write=True)
        try:
            return _chosen(file, given)
        except BaseException:
            file.close()
            raise

    care = care_of(given, now)
    return show(given, now, ready, care, was_here=lambda: was_here(given, care.path))


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
