"""Two small invented documents that hold most of what can be doubtful, as the readers would give them."""

from collections.abc import Sequence
from typing import Final

from db.intake.source import Block, Cell, Grid, Paragraph, Place, Source

HEADER: Final = ("序号", "工作任务", "具体要求", "责任单位", "完成时限", "数量要求", "备注")
TASKS: Final = Place("表 1")

NATIVE_ROWS: Final = (
    ("1", "一、阳光财政", "公开部门预算和决算，做好说明。", "财务科", "9月前", "", ""),
    ("2", "一、阳光财政", "公开政府采购的结果。", "财务科", "", "", "按季度整理"),
    ("3", "二、政策解读", "重要文件印发后5-7个工作日内发布解读材料。", "法规科、文物中心", "2月30日前", "", ""),
    ("4", "二、政策解读", "每季度发布解读1-2篇。", "全体同志", "文旅部门10月底前，各镇街11月底前", "", ""),
    ("5", "三、平台建设", "做好网站的日常检查。", "各科室、属下单位", "常态化落实", "3条", "另行通知"),
    ("6", "三、平台建设", "整理历史文件；6月底前完成清单，11月底前完成归档。", "网络值守科室", "", "", ""),
    ("7", "三、平台建设", "按要求报送信息。", "办公室、执法支队", "根据会议时间确定", "20户", ""),
    ("8", "三、平台建设", "每年至少1次组织开放活动。", "办公室", "", "", ""),
)
"""Row 2's unit cell is merged with that of row 1."""

BLANK_ROWS: Final = (
    ("1", "规范工作台账。", "综合科", "3月底前"),
    ("2", "梳理公开目录。", "", "3月底前"),
    ("3", "更新公开指南。", "", ""),
    ("4", "每月至少2条发布动态。", "文化科、综合科办公室", "全年"),
    ("5", "办理依申请公开。", "文化科", "2月29日前"),
)


def place(line: int) -> Place:
    return Place("正文", line=line)


def paragraphs(*texts: str) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(text, place(line)) for line, text in enumerate(texts, 1))


def grid(rows: Sequence[Sequence[str]], *, native: bool, merged: Sequence[tuple[int, int]] = ()) -> Grid:
    """A table. merged: (row, column) of cells that go down over the next row, too."""
    cells = []
    covered = {(row + 1, column) for row, column in merged}
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            if (row, column) not in covered:
                at = Place(TASKS.part, row + 1, column + 1)
                cells.append(Cell(row, column, text, at, rows=2 if (row, column) in merged else 1))
    return Grid(TASKS, len(rows), len(rows[0]), tuple(cells), native)


def source(*blocks: Block, name: str = "通知.docx", sha256: str = "ab" * 32) -> Source:
    return Source("docx", name, sha256, blocks)


NATIVE: Final = source(
    *paragraphs(
        "某市文旅局文件",
        "文旅办〔2026〕7号",
        "某市文旅局关于分解2026年政务公开工作任务的通知",
        "各科室、文物中心：",
        "请各责任科室严格落实。上述任务未写明时限的，均须在12月3日前完成。",
        "请于2026年12月6日前将工作总结（并附上台账）报办公室。",
        "收到公众留言后3个工作日内答复。",
        "某市文旅局",
        "2026年3月2日",
    ),
    grid((HEADER, *NATIVE_ROWS), native=True, merged=((1, 3),)),
)
BLANKS: Final = source(
    *paragraphs("任务分解表"),
    grid((("序号", "具体要求", "责任单位", "完成时限"), *BLANK_ROWS), native=False),
    name="表.txt",
    sha256="cd" * 32,
)
