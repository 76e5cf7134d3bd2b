"""What was done to the whole file, in the clerk's words: a restore, a mending, a salvage."""

from collections.abc import Mapping
from typing import Final

WHOLE_FILE: Final = "整个文件"
_LINES: Final = 5
"""How many lines of a report are told."""


def file_words(image: Mapping[str, object]) -> str:
    """From the image of such a row of the history (db.care): backup, what was replaced, first lines of the report."""
    told = [
        words.format(image[key])
        for key, words in (
            ("backup", "所用备份 {}"),
            ("replaced", "换下的文件流水校验码 {}"),
            ("former", "原来的文件流水校验码 {}"),
        )
        if image.get(key)
    ]
    lines = image.get("lines") or image.get("done")
    if isinstance(lines, list):
        told += [str(line) for line in lines[:_LINES]]
        told += [f"另有 {len(lines) - _LINES} 条"] if len(lines) > _LINES else []
    return "；".join(told) or "没有改动内容"
