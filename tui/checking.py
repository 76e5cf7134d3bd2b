"""--check and --check --mend: what the commands print, and the exit code that it comes to."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from db.errors import DamagedError, MendableError
from tui.check_listing import as_dict, check_text, mended_text
from tui.output import forget_output, print_json, print_text
from tui.progress_line import progress_line

if TYPE_CHECKING:
    from db.care.checkup import Checkup
    from tui.care import CarePlaces


def check_file(path: Path, places: "CarePlaces", at: datetime, *, as_json: bool) -> None:
    """--check: one line when all is well. Raises MendableError for warnings, DamagedError for damage, after all was
    printed."""
    from db.care.checkup import checkup_at

    with progress_line("正在体检") as progress:
        found = checkup_at(path, at, heads=places.heads, here=places.here, progress=progress)
    _print(check_text(found), as_dict(found) if as_json else None)
    _judge(found)


def mend_file(path: Path, places: "CarePlaces", at: datetime, *, as_json: bool) -> None:
    """--check --mend: what was done, and what a check says then. Raises as check_file does, by what is left."""
    from db.care.mending import mend

    with progress_line("正在体检和修复") as progress:
        mended = mend(path, at, heads=places.heads, here=places.here, progress=progress)
    shape = as_dict(mended.after) | {"done": list(mended.done), "copy": str(mended.copy) if mended.copy else None}
    _print(mended_text(mended), shape if as_json else None)
    _judge(mended.after)


def _print(text: str, shape: dict[str, object] | None) -> None:
    """The shape as JSON, else the text. A reader that has seen enough must not make a damaged file a whole one: no
    BrokenPipeError."""
    try:
        if shape is None:
            print_text(text)
        else:
            from db.export.json_form import json_text

            print_json(json_text(shape, indent=2))
    except BrokenPipeError:
        forget_output()


def _judge(found: "Checkup") -> None:
    count = {level: sum(finding.level == level for finding in found.findings) for level in ("damage", "warning")}
    if count["damage"]:
        raise DamagedError(f"台账文件有 {count['damage']} 处问题：{found.path}", found.hint)
    if count["warning"]:
        raise MendableError(f"台账完好，有 {count['warning']} 处提醒：{found.path}", found.hint)
