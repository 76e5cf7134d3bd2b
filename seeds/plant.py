"""The shipped readings, the statute's clocks and the days off, handed to the store.

A reading is <plan>.toml beside its <plan>.txt in this folder, and a plan's short name ends in its year; statute.toml
holds the clocks of 政府信息公开条例. Nothing is read at import, and `digest` parses nothing: it is asked at every
start, the others only when something is to be planted.
"""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from db.errors import ReadingError

if TYPE_CHECKING:
    from db.file import LedgerFile
    from db.rules.calendar import DayOff, DayOffKind
    from db.rules.notice import NoticeDraft, StatuteRule

FOLDER: Final = Path(__file__).parent
READINGS: Final = "*-[0-9][0-9][0-9][0-9].toml"
STATUTE: Final = "statute.toml"
NOTICE_NAME: Final = "国务院办公厅关于{year}年部分节假日安排的通知"
NEW_YEAR: Final = "New Year's Day"
"""How chinesecalendar calls 元旦."""

REINSTALL: Final = "程序文件不完整，请重新安装 taizhang。"


def readings(folder: Path = FOLDER) -> tuple["NoticeDraft", ...]:
    """Every <place>-<year>.toml of the folder with its .txt, by plan.

    Raises ReadingError for a reading that cannot be read, has no text or is not named by its plan.
    """
    from db.intake.plan_toml import read_plan

    found = []
    for path in sorted(folder.glob(READINGS)):
        draft = read_plan(path.name, _text_of(path), _text_of(path.with_suffix(".txt")))
        if draft.plan != path.stem:
            raise ReadingError(f"{path.name}：plan：短名是 {draft.plan}，与文件名不一致", "文件名应是短名加 .toml。")
        found.append(draft)
    return tuple(sorted(found, key=lambda draft: draft.plan))


def digest(folder: Path = FOLDER) -> str:
    """SHA-256 over what planting would read: names and bytes of every .toml and .txt, and the published days off.

    It differs when a file is added, renamed or changed, and with another edition of chinesecalendar.
    """
    paths = sorted((*folder.glob("*.toml"), *folder.glob("*.txt")), key=lambda path: path.name)
    total = hashlib.sha256()
    for path in (*paths, _published_days()):
        for piece in (path.name.encode(), path.read_bytes()):
            total.update(len(piece).to_bytes(8, "big"))
            total.update(piece)
    return total.hexdigest()


def days_off() -> tuple["DayOff", ...]:
    """chinesecalendar's published days off and make-up workdays from 2004 on, by day, each with its year's notice."""
    from chinese_calendar.constants import holidays, workdays

    return _days_off(holidays, workdays)


def statute(folder: Path = FOLDER) -> tuple["StatuteRule", ...]:
    """The clocks of 政府信息公开条例, in the order in which they are offered.

    Raises ReadingError where the file is missing or cannot be read.
    """
    from db.intake.statute_toml import read_statute

    return read_statute(STATUTE, _text_of(folder / STATUTE))


def plant(file: "LedgerFile", at: datetime) -> None:
    """Puts the shipped notices, clocks and days off into the file, all or nothing. What the office has stays."""
    from db.store.planting import plant as plant_all

    plant_all(file, readings(), days_off(), statute(), digest(), at)


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ReadingError(f"{path.name}：第 {error.start + 1} 个字节起不是 UTF-8 文字", REINSTALL) from error
    except OSError as error:
        raise ReadingError(f"{path.name}：读不出来（{error.strerror}）", REINSTALL) from error


def _published_days() -> Path:
    """The file of chinesecalendar's table, found without importing the package: digest is asked at every start."""
    spec = find_spec("chinese_calendar")
    if spec is None or spec.origin is None:
        raise ReadingError("找不到节假日资料（chinesecalendar）", REINSTALL)
    return Path(spec.origin).with_name("constants.py")


def _days_off(holidays: Mapping[date, str], workdays: Mapping[date, str]) -> tuple["DayOff", ...]:
    from db.rules.calendar import DayOff

    off: list[tuple[date, DayOffKind, str]] = [(day, "off", feast) for day, feast in holidays.items()]
    work: list[tuple[date, DayOffKind, str]] = [(day, "work", feast) for day, feast in workdays.items()]
    return tuple(DayOff(day, kind, _notice_of(day, feast)) for day, kind, feast in sorted(off + work))


def _notice_of(day: date, feast: str) -> str:
    """The notice of the day's year; that of the next year for a December day of 元旦 (2022-12-31 is of 2023's)."""
    year = day.year + 1 if feast == NEW_YEAR and day.month == 12 else day.year
    return NOTICE_NAME.format(year=year)
