"""One table of a reading with the place where it stands: every refusal names file, key path and reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, NoReturn, TypeVar

from db.errors import ReadingError
from db.rules.squeezed import squeezed

Word = TypeVar("Word", bound=str)

LONGEST_SHOWN: Final = 40
"""How much of a wrong value a message repeats, in characters."""

CHECK_TEXT: Final = "请对照通知原文逐字核对；比对时不计空格和换行，标点的全角半角要与原文一致。"
CHECK_KEYS: Final = "请对照读稿格式改正后再导入。"


def shown(value: str) -> str:
    """A wrong value for a message: one line, cut."""
    line = "".join(sign if sign.isprintable() else "�" for sign in value)
    return line if len(line) <= LONGEST_SHOWN else line[:LONGEST_SHOWN] + "…"


@dataclass(frozen=True, slots=True)
class Table:
    """file: its name for messages; path: where the table stands, arrays counted from 1, '' for the whole file;
    source: the notice's text, squeezed."""

    file: str
    path: str
    values: Mapping[str, object]
    source: str

    def at(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def refuse(self, key: str, reason: str, hint: str = CHECK_KEYS) -> NoReturn:
        """Raises the ReadingError: 文件：键：原因."""
        raise ReadingError(f"{self.file}：{self.at(key) if key else self.path}：{reason}", hint)

    def only(self, *keys: str) -> None:
        """Refuses every key but these."""
        for key in self.values:
            if key not in keys:
                self.refuse(shown(key), "没有这个键", f"这里可以写的键：{'、'.join(keys)}。")

    def has(self, key: str) -> bool:
        return key in self.values

    def text(self, key: str) -> str:
        """A string on one line that is not blank."""
        if key not in self.values:
            self.refuse(key, "缺少这个键")
        return self.checked_text(key, self.values[key])

    def checked_text(self, key: str, value: object) -> str:
        if not isinstance(value, str):
            self.refuse(key, f"应是字符串，写的是{kind_of(value)}")
        if not value.strip():
            self.refuse(key, "不能是空的", "没有内容就不要写这个键。")
        if any(ord(sign) < 32 or ord(sign) == 127 for sign in value):
            self.refuse(key, "含有换行或控制字符", "请写成一行，原文里的换行直接接上。")
        return value

    def optional_text(self, key: str) -> str | None:
        return self.text(key) if key in self.values else None

    def verbatim(self, key: str) -> str:
        """A string that stands in the notice, white space aside."""
        value = self.text(key)
        self.must_stand(key, value)
        return value

    def must_stand(self, key: str, value: str) -> None:
        if squeezed(value) not in self.source:
            self.refuse(key, f"通知原文里没有“{shown(value)}”", CHECK_TEXT)

    def optional_verbatim(self, key: str) -> str | None:
        return self.verbatim(key) if key in self.values else None

    def texts(self, key: str) -> tuple[str, ...]:
        """An array of strings; () where the key is missing."""
        items = self.array(key)
        return tuple(self.checked_text(f"{key}[{n}]", item) for n, item in enumerate(items, 1))

    def verbatims(self, key: str) -> tuple[str, ...]:
        found = self.texts(key)
        for n, value in enumerate(found, 1):
            self.must_stand(f"{key}[{n}]", value)
        return found

    def whole(self, key: str, low: int, high: int, default: int | None = None) -> int:
        """A whole number from low to high."""
        if key not in self.values:
            if default is None:
                self.refuse(key, "缺少这个键")
            return default
        value = self.values[key]
        if not isinstance(value, int) or isinstance(value, bool):
            self.refuse(key, f"应是整数，写的是{kind_of(value)}")
        if not low <= value <= high:
            expected = f"应是 {low}" if low == high else f"应在 {low} 到 {high} 之间"
            self.refuse(key, f"{expected}，写的是 {shown_number(value)}")
        return value

    def flag(self, key: str, default: bool) -> bool:
        value = self.values.get(key, default)
        if not isinstance(value, bool):
            self.refuse(key, f"应是 true 或 false，写的是{kind_of(value)}")
        return value

    def optional_day(self, key: str) -> date | None:
        if key not in self.values:
            return None
        value = self.values[key]
        if not isinstance(value, date) or isinstance(value, datetime):
            self.refuse(key, f"应是日期（如 2021-10-28，不加引号），写的是{kind_of(value)}")
        return value

    def word(self, key: str, words: tuple[Word, ...], default: Word | None = None) -> Word:
        """One of a closed list of words."""
        if key not in self.values and default is not None:
            return default
        return self.known_word(key, self.text(key), words)

    def known_word(self, key: str, value: str, words: tuple[Word, ...]) -> Word:
        for word in words:
            if word == value:
                return word
        self.refuse(key, f"不认识“{shown(value)}”", f"可以写：{'、'.join(words)}。")

    def words(self, key: str, words: tuple[Word, ...]) -> tuple[Word, ...]:
        """An array of different words of a closed list."""
        found = tuple(self.known_word(f"{key}[{n}]", value, words) for n, value in enumerate(self.texts(key), 1))
        if len(set(found)) < len(found):
            self.refuse(key, "有重复的词")
        return found

    def array(self, key: str) -> list[object]:
        value = self.values.get(key, [])
        if not isinstance(value, list):
            self.refuse(key, f"应是数组，写的是{kind_of(value)}")
        return value

    def tables(self, key: str) -> tuple["Table", ...]:
        """An array of tables; () where the key is missing."""
        return tuple(self.nested(f"{key}[{n}]", item) for n, item in enumerate(self.array(key), 1))

    def optional_table(self, key: str) -> "Table | None":
        return self.nested(key, self.values[key]) if key in self.values else None

    def nested(self, key: str, value: object) -> "Table":
        if not isinstance(value, dict):
            self.refuse(key, f"应是表，写的是{kind_of(value)}")
        return Table(self.file, self.at(key), value, self.source)


def kind_of(value: object) -> str:
    """What a TOML value is, in the clerk's words."""
    if isinstance(value, bool):
        return "真假值"
    if isinstance(value, str):
        return "字符串"
    if isinstance(value, int):
        return "整数"
    if isinstance(value, float):
        return "小数"
    if isinstance(value, list):
        return "数组"
    if isinstance(value, dict):
        return "表"
    return "日期或时间"


def shown_number(value: int) -> str:
    """A number for a message; a huge one is not printed, since printing it may be refused by Python itself."""
    return str(value) if abs(value) < 10**12 else "一个过大的数"
