"""What a reader was not sure of: every place is listed and marked, not only the first three."""

from dataclasses import replace
from pathlib import Path

import pytest

from db.intake.source import Cell, Grid, Loss, Paragraph, Place, Source
from tests.tui.desks import settled
from tests.tui.intake.papers import as_docx, rows_of
from tests.tui.intake.reviewing import has_read, opened
from tui.desk import Desk
from tui.source_text import SourcePlaces, pieces


def source(losses: tuple[Loss, ...]) -> Source:
    texts = (("序号", "要求"), ("1", "公开行政处罚结果并及时更新。"), ("2", "做好解读工作，及时更新。"))
    cells = tuple(
        Cell(row, column, text, Place("表 1", row + 1, column + 1))
        for row, line in enumerate(texts)
        for column, text in enumerate(line)
    )
    blocks = (Paragraph("某市示范局", Place("第 1 页", line=1)), Grid(Place("表 1"), 3, 2, cells))
    return Source("pdf", "通知.pdf", "0" * 64, blocks, losses)


@pytest.mark.parametrize(
    ("loss", "marked"),
    [
        (Loss("page_joint", Place("第 2 页"), "表 1页首接上页：罚结果并及时"), ["公开行政处罚结果并及时更新。"]),
        (
            Loss("page_joint", Place("第 2 页"), "表 1页首接上页：罚结果、解读工"),
            ["公开行政处罚结果并及时更新。", "做好解读工作，及时更新。"],
        ),
        (Loss("picture", Place("表 1", 3, 2)), ["做好解读工作，及时更新。"]),
        (Loss("picture", Place("第 1 页", line=1)), ["某市示范局"]),
        (Loss("page_joint", Place("第 2 页"), "表 1页首接上页：没有的字"), []),
        (Loss("picture", Place("第 9 页")), []),
    ],
)
def test_the_pieces_that_a_loss_is_about_are_marked(loss: Loss, marked: list[str]) -> None:
    found = pieces(source((loss,)))
    marks = SourcePlaces(found).loss_marks([loss])
    assert [found[at].text for at in sorted(marks.rows)] == marked if marks else marked == []
    assert marks is None or marks.exact == min(marks.rows)


async def test_every_joint_of_pages_is_listed_and_its_rows_are_marked(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = desk.read_notice
    where = "表 1页首接上页："
    joints = tuple(
        Loss("page_joint", Place(f"第 {page} 页"), f"{where}按时公开第{page * 10}类信息") for page in range(2, 7)
    )
    monkeypatch.setattr(desk, "read_notice", lambda *how: replace(read(*how), losses=joints))
    async with opened(desk, as_docx(tmp_path / "通知.docx", rows_of(80))) as at:
        await has_read(at)
        problem = next(one for one in at.reading.problems if one.kind == "reader")
        at.review.put_cursor_on(("problem", problem.key))
        at.review.show_entries()
        await settled(at.pilot)
        told = "\n".join(at.pane_lines())
        assert [page for page in range(2, 7) if f"第 {page} 页" not in told] == []
        assert sum("按时公开第" in line for line in at.source_marks()) == 5
        assert "原文：表 1 第 21 行" in at.text()
