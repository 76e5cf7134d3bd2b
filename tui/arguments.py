"""The command line: which flags there are, and what is wrong with them in the clerk's words."""

import argparse
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NoReturn

from db.errors import UsageError
from db.rules.value import value
from db.rules.words import UNIT_KINDS, WHOLE_BUREAU

DESCRIPTION = "台账：一个人、一台电脑、不联网，把一年的政务公开任务从通知办到年终台账。"
EPILOG = "不带参数即打开办理界面。退出码：0 完成，1 意外错误，2 命令写法有误，3 办理人可以自行解决，4 台账文件损坏。"


@value
class Arguments:
    """What the clerk asked for."""

    plan: str | None
    unit: str | None
    year: int | None
    officer: str | None
    kind: str | None
    db: Path | None
    new: bool
    today: date | None
    list: bool
    plans: bool
    board: bool
    json: bool
    export: Path | None
    check: bool
    mend: bool
    import_file: Path | None
    draft: Path | None
    import_template: Path | None
    backup: Path | None
    restore: str | None
    """A backup's path or name; '' where only the list of them is asked for."""
    yes: bool

    @property
    def is_import(self) -> bool:
        """Whether it is about a notice that comes in, or the table for one."""
        return self.import_file is not None or self.import_template is not None

    def without_import(self) -> "Arguments":
        """The same without the notice that was to be read."""
        return replace(self, import_file=None)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(f"命令写法有误：{_in_chinese(message)}", "用 taizhang --help 查看全部写法。")


def read_arguments(words: list[str]) -> Arguments:
    """The command line as values. Raises UsageError; --help and --version print and leave by SystemExit."""
    found = _parser().parse_args(words)
    given = Arguments(**vars(found))
    _check(given)
    return given


def _check(given: Arguments) -> None:
    for name, text in (("--plan", given.plan), ("--unit", given.unit), ("--officer", given.officer)):
        if text is not None and not _is_text(text):
            raise UsageError(f"{name} 后面的文字不是 UTF-8。", "请检查终端的编码设置。")
    imports = (given.import_file is not None, given.import_template is not None)
    care = (given.backup is not None, given.restore is not None)
    if sum((given.list, given.plans, given.board, given.check, given.export is not None, *imports, *care)) > 1:
        raise UsageError(
            "--list、--plans、--board、--export、--import、--import-template、--check、--backup、--restore "
            "一次只能用一个。",
            "请分几次运行。",
        )
    _check_import(given)
    _check_care(given)
    if given.json and not (given.list or given.plans or given.board or given.check):
        raise UsageError(
            "--json 要与 --list、--plans、--board 或 --check 一起用。", "导出 JSON 文件请用 --export 文件名.json。"
        )
    if given.check and (given.new or given.plan is not None or given.unit is not None):
        raise UsageError("--check 检查整个文件，不能与 --new、--plan、--unit 一起用。", "只写 --check 或加 --db。")
    if given.mend and not given.check:
        raise UsageError("--mend 要与 --check 一起用。", "写成 --check --mend：先检查、另存一份，再修复能修的。")
    if given.unit == WHOLE_BUREAU and given.kind is not None:
        raise UsageError("全局 不是一个单位，不能写 --kind。", "去掉 --kind，或换成单位名称。")
    if (given.plan is None) != (given.unit is None):
        missing = "--unit" if given.unit is None else "--plan"
        raise UsageError(f"--plan 与 --unit 要一起写，缺少 {missing}。", "用 --plans 查看有哪些通知和单位。")
    if given.plan is None and (None if given.draft else given.year, given.officer, given.kind) != (None,) * 3:
        raise UsageError("--year、--officer、--kind 要与 --plan、--unit 一起用。", "用 --plans 查看有哪些通知和单位。")


def _check_import(given: Arguments) -> None:
    if given.draft is not None and given.import_file is None:
        raise UsageError("--draft 要与 --import 一起用。", "写成 --import 通知.docx --draft 读稿.toml。")
    if given.is_import and given.plan is not None:
        raise UsageError("导入通知时不写 --plan 和 --unit。", "入库之后再用 --plan 和 --unit 开立台账。")


def _check_care(given: Arguments) -> None:
    if given.yes and not given.restore:
        raise UsageError("--yes 要与 --restore 备份文件 一起用。", "先用 --restore 列出有哪些备份。")
    whole = "--backup" if given.backup is not None else "--restore" if given.restore is not None else ""
    if whole and (given.new or given.plan is not None or given.unit is not None):
        raise UsageError(f"{whole} 针对整个文件，不能与 --new、--plan、--unit 一起用。", f"只写 {whole} 或加 --db。")
    if given.restore and not _is_text(given.restore):
        raise UsageError("--restore 后面的文字不是 UTF-8。", "请检查终端的编码设置。")


def _parser() -> _Parser:
    parser = _Parser(
        prog="taizhang",
        description=DESCRIPTION,
        epilog=EPILOG,
        add_help=False,
        allow_abbrev=False,
        usage="taizhang [参数]",
    )
    which = parser.add_argument_group("哪一本台账（不写：上次打开的那一本）")
    which.add_argument("--plan", metavar="短名", help="通知的短名，如 jiangmen-2021")
    which.add_argument("--unit", metavar="单位", help="单位名称；全局 表示全部任务")
    which.add_argument(
        "--year", metavar="年度", type=_year, help="台账年度；不写为通知自己的年度。与 --draft 合用：通知没有写的年份"
    )
    which.add_argument("--officer", metavar="姓名", help="经办人")
    which.add_argument(
        "--kind", metavar="类别", choices=UNIT_KINDS, help=f"通知未列出的单位属于哪一类：{'、'.join(UNIT_KINDS)}"
    )
    what = parser.add_argument_group("做什么（不写：打开办理界面）")
    what.add_argument("--plans", action="store_true", help="列出已有的通知和各自的单位")
    what.add_argument("--list", action="store_true", help="列出台账事项")
    what.add_argument("--board", action="store_true", help="今日：逾期、到期、数量不足、计时、报送，可放进登录提示")
    what.add_argument("--json", action="store_true", help="与 --list、--plans、--board、--check 合用，输出 JSON")
    what.add_argument("--export", metavar="文件", type=Path, help="导出年终台账：.xlsx .csv .md .json，由后缀决定")
    what.add_argument(
        "--import",
        metavar="文件",
        type=Path,
        dest="import_file",
        help="读入一份通知并逐项核对：.docx .xlsx .xls .html .pdf .txt .md，或改好的读稿 .toml",
    )
    what.add_argument("--draft", metavar="文件", type=Path, help="与 --import 合用：不打开界面，把读稿写成 .toml")
    what.add_argument("--import-template", metavar="文件", type=Path, help="写出一张可填写后导入的 .xlsx 表格")
    what.add_argument(
        "--check",
        action="store_true",
        help="体检：逐页、逐字节检查台账文件、佐证和备份；完好只输出一行，不改动文件。退出码 3 有提醒，4 有损坏",
    )
    what.add_argument(
        "--mend", action="store_true", help="与 --check 合用：先把文件整份另存，再修复能修的，不删去办理人写的任何内容"
    )
    what.add_argument("--backup", metavar="文件", type=Path, help="把台账文件连同全部佐证完整备份到这个文件，逐项核对")
    what.add_argument(
        "--restore",
        metavar="备份",
        nargs="?",
        const="",
        help="恢复成一份备份（文件或列出的名称），先列出会改变什么；不写哪一份则列出找到的备份",
    )
    what.add_argument("--yes", action="store_true", help="与 --restore 合用：不再询问，没有终端时必须写")
    where = parser.add_argument_group("文件与日期")
    where.add_argument("--db", metavar="文件", type=Path, help="另一个台账文件")
    where.add_argument("--new", action="store_true", help="文件不存在时新建")
    where.add_argument("--today", metavar="年-月-日", type=_day, help="把这一天当作今天（倒计时、默认办结日期）")
    where.add_argument("--help", action="help", help="显示本说明")
    where.add_argument(
        "--version", action=_Version, nargs=0, dest=argparse.SUPPRESS, default=argparse.SUPPRESS, help="显示版本"
    )
    return parser


class _Version(argparse.Action):
    """Prints the version when asked for it: reading it costs time that no other start should pay."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import PackageNotFoundError, version

        try:
            print(f"taizhang {version('taizhang')}")
        except PackageNotFoundError:
            print("taizhang（未安装，直接从源码运行）")
        parser.exit()


def _is_text(text: str) -> bool:
    """Whether the bytes of an argument were UTF-8: Python turns the others into surrogates, which nothing can store."""
    return not any("\ud800" <= sign <= "\udfff" for sign in text)


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
        if day.isoformat() != text:
            raise ValueError("a form of ISO 8601 that no clerk writes")
        return day
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期，应写成 2026-11-22 这样") from None


def _year(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise argparse.ArgumentTypeError(f"“{text}”不是年度，应写成 2026 这样")
    return int(text)


def _in_chinese(message: str) -> str:
    """argparse's own sentences, put into Chinese; what the clerk typed stays."""
    for english, chinese in (
        ("unrecognized arguments: ", "不认识的参数 "),
        ("expected one argument", "后面要写一个值"),
        ("invalid choice: ", "不能是 "),
        ("choose from ", "应为下列之一："),
        ("ignored explicit argument ", "不带值，却写了 "),
        ("argument ", ""),
    ):
        message = message.replace(english, chinese)
    return message
