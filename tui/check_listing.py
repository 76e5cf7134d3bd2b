"""--check as plain text and as JSON: one line when all is well; no Textual."""

from typing import TYPE_CHECKING

from db.rules.findings import Finding, way_out
from db.rules.sizes import size_words
from tui.cells import one_line

if TYPE_CHECKING:
    from db.care.checkup import Checkup
    from db.care.mending import Mended
    from db.reads.check import Checked


def check_text(found: "Checkup") -> str:
    """Whether the file is whole, in one line; what is damaged and what to look after each on a line of its own."""
    about = "；".join([_read_words(found.checked), *(each.words for each in found.findings if each.level == "remark")])
    damages = [finding for finding in found.findings if finding.level == "damage"]
    warnings = [finding for finding in found.findings if finding.level == "warning"]
    if damages:
        head = f"有 {len(damages)} 处问题：{found.path}（{about}）"
    elif warnings:
        head = f"完好，有 {len(warnings)} 处提醒：{found.path}（{about}）"
    else:
        head = f"完好：{found.path}（{about}）"
    lines = [head, *(f"  {finding.words}" for finding in damages)]
    lines += [f"  提醒：{finding.words}。{finding.hint}" for finding in warnings]
    return "\n".join([one_line(lines[0]), *(f"  {one_line(line.strip())}" for line in lines[1:])])


def mended_text(mended: "Mended") -> str:
    """What was done, each on a line; then as check_text."""
    lines = [f"  {one_line(words)}" for words in mended.done]
    if mended.copy is not None:
        lines.insert(0, f"  {one_line(f'修复前的文件整份另存为：{mended.copy}')}")
    return "\n".join([*(["修复："] if lines else ["没有可以修复的问题。"]), *lines, check_text(mended.after)])


def as_dict(found: "Checkup") -> dict[str, object]:
    """The shape of --check --json (README)."""
    checked = found.checked
    return {
        "file": str(found.path),
        "path": str(found.path),
        "verdict": found.verdict,
        "head": found.stamp,
        "findings": [_finding(finding) for finding in found.findings],
        "intact": found.verdict != "damage",
        "files": checked.files,
        "bytes": checked.bytes,
        "unread": checked.unread,
        "problems": [finding.words for finding in found.findings if finding.level == "damage"],
        "remarks": [finding.words for finding in found.findings if finding.level == "remark"],
    }


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "level": finding.level,
        "area": finding.area,
        "words": finding.words,
        "hint": finding.hint or way_out((finding,)) or None,
        "mendable": finding.mendable,
    }


def _read_words(checked: "Checked") -> str:
    """What of the evidence was read, and what was not."""
    if checked.unread is None:
        return "佐证没有核对"
    if not checked.files:
        return f"佐证 {checked.unread} 份都读不全，没有核对" if checked.unread else "没有佐证文件"
    read = f"佐证 {checked.files} 份，共 {size_words(checked.bytes)}，已逐字节核对"
    return f"{read}；另有 {checked.unread} 份读不全，没有核对" if checked.unread else read
