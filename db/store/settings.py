"""What the office sets for the whole file: the second place of its backups."""

from datetime import datetime
from pathlib import PurePath, PureWindowsPath
from typing import Annotated

from pydantic import AfterValidator

from db.file import LedgerFile
from db.models.office import Setting
from db.rules.backups import SECOND_PLACE
from db.rules.limits import TextRefused, quoted_text
from db.store.change import change
from db.store.fields import AGAIN
from db.store.inputs import Input, validated

_LONGEST = 4_000


def _folder(value: str) -> str:
    """A folder's whole path, never changed: another way of writing it would be another folder."""
    if quoted_text(value)[1] or "\n" in value:
        raise TextRefused("文件夹的路径里有不能保存的字符，没有改动。", "请给这个文件夹换一个名称，或换一个文件夹。")
    if len(value) > _LONGEST:
        raise TextRefused(f"文件夹的路径太长：共 {len(value)} 字，上限是 {_LONGEST} 字，没有改动。", AGAIN)
    if not (PurePath(value).is_absolute() or PureWindowsPath(value).is_absolute()):
        raise TextRefused("请写完整的路径（从根目录或盘符写起），没有改动。", "例如 /media/U盘/台账备份。")
    return value


class SecondPlace(Input):
    """第二备份位置."""

    folder: Annotated[str, AfterValidator(_folder)]


def set_second_place(file: LedgerFile, folder: str | None, *, at: datetime) -> None:
    """第二备份位置: the folder to which every backup goes too; None: there is none any more.

    Whether the folder is there is not asked: a stick may be pulled. Raises InvalidInputError for what is no whole path.
    """
    value = None if folder is None else validated(SecondPlace, folder=folder).folder
    with change(file, None, "set_second_place", at) as open_change:
        row = open_change.session.get(Setting, SECOND_PLACE)
        if row is None and value is not None:
            open_change.add(Setting(key=SECOND_PLACE, value=value))
        elif row is not None and value is None:
            open_change.remove(row)
        elif row is not None and value is not None:
            with open_change.edit(row):
                row.value = value
