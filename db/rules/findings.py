"""体检: what a check of the ledger file and of what is around it finds, each with what to do about it."""

from typing import Final, Literal

from db.rules.value import value

Level = Literal["damage", "warning", "remark"]
"""damage: the clerk's work may be lost or changed, or SQLite calls the file malformed. warning: something to look
after. remark: worth knowing, and nothing to do."""
Area = Literal[
    "pages",
    "history",
    "work",
    "contents",
    "references",
    "rules",
    "evidence",
    "file",
    "journal",
    "leftovers",
    "seen",
    "backups",
    "disk",
    "clock",
]
"""pages: what SQLite finds; history: the 办理流水; work: the clerk's rows against it; contents: the notices, the
calendar and the drafts against their seals; references: rows that point nowhere; rules: what must hold between rows;
evidence; then what is around the file: its name, owner and modes, foreign journals, temporary files that were left,
the state in which this machine saw it last, backups, room and kind of the disk, the clock."""
Verdict = Literal["ok", "warnings", "damage"]

FROM_BACKUP: Final = "请不要继续使用这个文件；把它另存一份，再从备份恢复（--restore）。"
MENDABLE: Final = "可以修复：运行 taizhang --check --mend，修复前会先备份；修不好的再从备份恢复。"
ATTACH_AGAIN: Final = (
    "只是点到名的佐证内容坏了，其余完好。运行 taizhang --check --mend 会从备份里找回；"
    "手里还有原文件的，在原处再附一次也可补好；都没有的，再从备份恢复。"
)


@value
class Finding:
    """words: what and why; hint: what to do ('' where the hint for all of the file says it). mendable: --mend may put
    it right without taking anything away that a clerk wrote."""

    level: Level
    area: Area
    words: str
    hint: str = ""
    mendable: bool = False


def damage(area: Area, words: str, *, mendable: bool = False) -> Finding:
    return Finding("damage", area, words, mendable=mendable)


def warning(area: Area, words: str, hint: str, *, mendable: bool = False) -> Finding:
    return Finding("warning", area, words, hint, mendable)


def remark(area: Area, words: str) -> Finding:
    return Finding("remark", area, words)


def verdict(findings: tuple[Finding, ...]) -> Verdict:
    """The gravest of them."""
    levels = {finding.level for finding in findings}
    return "damage" if "damage" in levels else "warnings" if "warning" in levels else "ok"


def way_out(findings: tuple[Finding, ...]) -> str:
    """What to do about the damage among them, all in all; '' where there is none."""
    found = [finding for finding in findings if finding.level == "damage"]
    if not found:
        return ""
    if not all(finding.mendable for finding in found):
        return FROM_BACKUP
    return ATTACH_AGAIN if {finding.area for finding in found} == {"evidence"} else MENDABLE
