"""TOML that may be anything, parsed to plain values: what is no TOML is refused by its place, in Chinese."""

import re
import tomllib
from typing import Final

from db.errors import ReadingError

MOST_DOTS: Final = 100
"""Full stops in one line: tomllib needs the square of a dotted key's length, and no format here has dotted keys."""

TOML_PLACE: Final = re.compile(r"at line (\d+), column (\d+)")


def parsed(name: str, toml_text: str) -> dict[str, object]:
    """The file's values. name: the file's name, for messages. Raises ReadingError where it is no TOML."""
    for number, line in enumerate(toml_text.split("\n"), 1):
        if line.count(".") > MOST_DOTS:
            raise ReadingError(f"{name}：第 {number} 行：英文句点过多", "读稿里的键不用句点连接，请检查文件。")
    try:
        return tomllib.loads(toml_text)
    except RecursionError:
        raise ReadingError(f"{name}：括号套得太深", "读稿只有两三层，请检查文件。") from None
    except ValueError as error:  # TOMLDecodeError, and Python's own refusal of a number of 4,300 digits
        place = TOML_PLACE.search(str(error))
        where = f"第 {place[1]} 行第 {place[2]} 列" if place else "文件末尾或某个数值"
        raise ReadingError(f"{name}：{where}：不是合法的 TOML", "请检查引号、括号、等号和重复的键。") from error
