"""--check as plain text: one line when all is well; no Textual."""

from db.reads.check import Checked
from db.rules.sizes import size_words
from tui.cells import one_line


def check_text(checked: Checked, path: str) -> str:
    """Whether the file is whole, in one line; of a damaged one each problem on a line of its own."""
    about = "；".join([_read_words(checked), *checked.remarks])
    if not checked.problems:
        return one_line(f"完好：{path}（{about}）")
    head = f"有 {len(checked.problems)} 处问题：{path}（{about}）"
    return "\n".join([one_line(head), *(f"  {one_line(words)}" for words in checked.problems)])


def _read_words(checked: Checked) -> str:
    """What of the evidence was read, and what was not."""
    if checked.unread is None:
        return "佐证没有核对"
    if not checked.files:
        return f"佐证 {checked.unread} 份都读不全，没有核对" if checked.unread else "没有佐证文件"
    read = f"佐证 {checked.files} 份，共 {size_words(checked.bytes)}，已逐字节核对"
    return f"{read}；另有 {checked.unread} 份读不全，没有核对" if checked.unread else read
