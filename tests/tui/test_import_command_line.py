"""--import as a clerk types it: a document into a draft, a draft mended and taken in, a notice a second time, the table
to fill in. Processes of their own on a fresh home."""

import json
import re
import shutil
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from db.file import open_file
from db.reads.entries import entries
from db.rules.template_words import COLUMNS, COVER, COVER_LINES, TASKS
from db.store.ledgers import begin_ledger
from db.store.notes import add_note
from seeds import plant
from tests.tui.test_command_line import db, planted, taizhang, taizhang_from_nothing
from tests.world import rows
from tui.importing import take_in_draft

__all__ = ["db", "planted"]

TEXT = """甲市乙局关于印发2026年政务公开工作任务分解表的通知

甲乙局办〔2026〕7号

各科室、属下单位：

现将任务分解表印发给你们，请各科室于12月6日前将工作总结报办公室。

甲市乙局
2026年3月2日

序号\t工作任务\t具体要求\t责任单位\t完成时限
1\t政策解读\t多形式开展政策解读，每季度不少于2条。\t法规科牵头，各科室配合\t11月底前
2\t平台建设\t更新信息公开指南。\t办公室\t9月31日前
3\t平台建设\t及时答复网民留言。\t办公室、法规科\t全年
"""


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    path = tmp_path / "通知.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def mended(draft: Path, target: Path) -> Path:
    """The draft with its one blocking problem mended as its comment says."""
    text = draft.read_text(encoding="utf-8")
    lines = [line for line in text.split("\n") if not line.startswith("#! ")]
    (at,) = (n for n, line in enumerate(lines) if "更新信息公开指南" in line and line.startswith("requirement"))
    values = 'text = "9月31日前", kind = "on_day", source = "cell", month = 9, day = 30, quote = "9月31日前"'
    lines = [line for line in lines if not (line.startswith("deadline") and "9月31日前" in line)]
    lines.insert(at + 1, f"deadline = {{ {values} }}")
    target.write_text("\n".join(lines), encoding="utf-8")
    return target


def test_a_document_becomes_a_draft_and_the_draft_a_notice_and_a_ledger(db: Path, notice: Path, tmp_path: Path) -> None:
    draft = tmp_path / "读稿.toml"
    done = taizhang_from_nothing("--db", db, "--import", notice, "--draft", draft)
    assert (done.code, done.err) == (3, ""), "3 while a problem blocks"
    assert done.out.split("\n")[:2] == ["3 行，读出 3 项", f"已写出读稿：{draft}"]
    assert "其中必须核对 1 个" in done.out
    assert "9月31日前" in next(line for line in draft.read_text(encoding="utf-8").split("\n") if line.startswith("#!"))
    taizhang_from_nothing("--db", db, "--import", draft).failed(3, "还有 1 个必须核对的问题", "9月31日前")
    assert not rows(db, "notice", "origin = 'office'")
    done = taizhang_from_nothing("--db", db, "--import", mended(draft, tmp_path / "改好.toml"))
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("已入库：notice-7-2026（2026 年，3 项）。\n")
    shown = taizhang_from_nothing(
        "--db", db, "--plan", "notice-7-2026", "--unit", "办公室", "--today", "2026-11-22", "--list", "--json"
    )
    assert [(entry["number"], entry["role"], entry["deadline"]["due"]) for entry in shown.json["entries"]] == [
        ("1", "support", "2026-11-30"),
        ("2", "responsible", "2026-09-30"),
        ("3", "responsible", None),
    ]
    assert shown.json["reports"][0]["due"] == "2026-12-06"


def test_the_year_that_a_bare_table_does_not_say_is_given_on_the_command_line(db: Path, tmp_path: Path) -> None:
    table = tmp_path / "分工.txt"
    table.write_text("序号\t具体要求\t责任单位\t完成时限\n1\t更新指南。\t办公室\t9月30日前\n", encoding="utf-8")
    draft = tmp_path / "读稿.toml"
    taizhang("--db", db, "--import", table, "--draft", draft).failed(3, "没有写明年份", "--year 2026")
    done = taizhang("--db", db, "--import", table, "--draft", draft, "--year", "2026")
    assert (done.code, done.err) == (0, "")
    assert "\nyear = 2026\n" in draft.read_text(encoding="utf-8")
    taizhang("--db", db, "--import", table, "--year", "2026").failed(2, "--year")


def test_a_notice_without_questions_is_a_draft_with_exit_0(db: Path, notice: Path, tmp_path: Path) -> None:
    notice.write_text(TEXT.replace("9月31日前", "9月30日前"), encoding="utf-8")
    done = taizhang("--db", db, "--import", notice, "--draft", tmp_path / "读稿.toml")
    assert (done.code, done.err) == (0, "")
    done = taizhang("--db", db, "--import", tmp_path / "读稿.toml")
    assert (done.code, done.err) == (0, "")


def test_the_same_notice_again_keeps_the_work_and_says_what_is_different(
    db: Path, notice: Path, tmp_path: Path
) -> None:
    notice.write_text(TEXT.replace("9月31日前", "9月30日前"), encoding="utf-8")
    taizhang("--db", db, "--import", notice, "--draft", tmp_path / "一.toml")
    taizhang("--db", db, "--import", tmp_path / "一.toml")
    taizhang("--db", db, "--plan", "notice-7-2026", "--unit", "办公室", "--list")
    entries = rows(db, "entry", "ledger_id = 2")
    changed = TEXT.replace("9月31日前", "10月30日前").replace(
        "1\t政策解读", "1\t新事\t开好新闻发布会。\t办公室\t6月底前\n2\t政策解读"
    )
    changed = changed.replace("2\t平台建设", "3\t平台建设").replace("3\t平台建设\t及时", "4\t平台建设\t及时")
    notice.write_text(changed, encoding="utf-8")
    taizhang("--db", db, "--import", notice, "--draft", tmp_path / "二.toml")
    done = taizhang("--db", db, "--import", tmp_path / "二.toml")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("已更新：notice-7-2026（2026 年，4 项），原有办理记录都在。\n  第 1 项：新增\n")
    assert "  第 3 项（原第 2 项）：编号、完成时限有改动\n" in done.out
    after = rows(db, "entry", "ledger_id = 2")
    assert [row["id"] for row in after][:3] == [row["id"] for row in entries]
    assert len(after) == 4


def test_a_shipped_notice_is_not_taken_in_a_second_time(db: Path, tmp_path: Path) -> None:
    copy = shutil.copy(Path(plant.FOLDER) / "liupanshui-2020.txt", tmp_path / "来文.txt")
    taizhang("--db", db, "--import", copy, "--draft", tmp_path / "读稿.toml")
    taizhang("--db", db, "--import", tmp_path / "读稿.toml").failed(3, "随程序已有，短名 liupanshui-2020")
    assert not rows(db, "notice", "origin = 'office'")


def test_a_draft_is_never_written_over(db: Path, notice: Path, tmp_path: Path) -> None:
    draft = tmp_path / "读稿.toml"
    draft.write_text("办理人改过的", encoding="utf-8")
    taizhang("--db", db, "--import", notice, "--draft", draft).failed(3, "已有文件", "换一个文件名")
    assert draft.read_text(encoding="utf-8") == "办理人改过的"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--draft", "a.toml"), 2, "--draft 要与 --import 一起用"),
        (("--import", "a.docx", "--plan", "p", "--unit", "u"), 2, "不写 --plan 和 --unit"),
        (("--import", "a.docx", "--list"), 2, "一次只能用一个"),
        (("--import", "a.docx"), 2, "这里不是终端"),
        (("--import-template", "a.docx"), 3, "模板是 .xlsx 表格"),
    ],
)
def test_what_cannot_be_asked_is_said(words: tuple[str, ...], code: int, said: str, db: Path) -> None:
    taizhang("--db", db, *words).failed(code, said)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("没有.docx", None, "找不到这个文件"),
        ("空.docx", b"", "0 字节"),
        ("通知.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "另存为"),
        ("通知.wps", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "另存为"),
        ("通知.ofd", b"PK\x03\x04" + bytes(60), "另存为"),
        ("没有任务.txt", "今天天气很好。\n".encode(), "没有读出任务"),
        ("读稿.toml", b"format = ", "不是合法的 TOML"),
        ("读稿.toml", "标题".encode("gbk"), "不是 UTF-8"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(
    name: str, content: bytes | None, said: str, db: Path, tmp_path: Path
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    more = () if path.suffix == ".toml" else ("--draft", tmp_path / "出.toml")
    before = db.read_bytes()
    done = taizhang("--db", db, "--import", path, *more).failed(3, said)
    assert len(done.err.strip().split("\n")) >= 2, "what happened, and what to do"
    assert db.read_bytes() == before
    assert not (tmp_path / "出.toml").exists()


def test_the_ledger_itself_is_no_notice(db: Path, tmp_path: Path) -> None:
    taizhang("--db", db, "--import", db, "--draft", tmp_path / "出.toml").failed(3, "台账文件")


def test_a_filled_in_template_becomes_a_ledger(db: Path, tmp_path: Path) -> None:
    path = tmp_path / "模板.xlsx"
    done = taizhang_from_nothing("--import-template", path)
    assert (done.code, done.err) == (0, "")
    taizhang_from_nothing("--import-template", path).failed(3, "已有文件")
    book = load_workbook(path)
    assert [cell.value for cell in book[TASKS][1]] == [words for words, _, _ in COLUMNS]
    said = {
        "agency": "甲市乙局",
        "title": "2026年政务公开任务",
        "document_number": "甲乙局办〔2026〕7号",
        "year": 2026,
        "issued_on": "2026年3月2日",
        "default": "12月3日前",
        "reports": "各单位于12月6日前将工作总结报办公室。",
    }
    for line, (field, label, _) in enumerate(COVER_LINES, 1):
        assert book[COVER].cell(line, 1).value == label
        book[COVER].cell(line, 2).value = said[field]
    tasks = [
        ("1", "政策解读", None, "开展政策解读。", "法规科", "办公室", "各科室", "11月底前", None),
        ("2", None, None, "更新指南。", "办公室", None, None, None, "重点"),
    ]
    for line, values in enumerate(tasks, 2):
        for column, value in enumerate(values, 1):
            book[TASKS].cell(line, column).value = value
    book[TASKS].merge_cells("B2:B3")
    book.save(path)
    done = taizhang_from_nothing("--db", db, "--import", path, "--draft", tmp_path / "读稿.toml")
    assert done.err == ""
    text = (tmp_path / "读稿.toml").read_text(encoding="utf-8")
    left = "\n".join(line for line in text.split("\n") if not line.startswith("#! "))
    (tmp_path / "读稿.toml").write_text(left, encoding="utf-8")
    done = taizhang_from_nothing("--db", db, "--import", tmp_path / "读稿.toml")
    assert (done.code, done.err) == (0, "")
    shown = taizhang_from_nothing("--db", db, "--plan", "notice-7-2026", "--unit", "全局", "--list", "--json")
    first, second = shown.json["entries"]
    assert (first["leads"], first["responsible"], first["supports"]) == (["法规科"], ["办公室"], ["各科室"])
    assert (first["section"], second["section"]) == ("政策解读", "政策解读")
    assert (first["deadline"]["due"], second["deadline"]["due"]) == ("2026-11-30", "2026-12-03")
    assert (second["leads"], second["remark"]) == (["办公室"], "重点")
    assert [report["due"] for report in shown.json["reports"]] == ["2026-12-06"]
    (row,) = rows(db, "notice", "origin = 'office'")
    assert json.loads(row["headings"])["assignment"] == "牵头单位、责任单位、配合单位"


def twice(db: Path, notice: Path, tmp_path: Path, changed: str) -> Path:
    """The notice taken in, and a draft of the changed one, to be taken in."""
    notice.write_text(TEXT.replace("9月31日前", "9月30日前"), encoding="utf-8")
    taizhang("--db", db, "--import", notice, "--draft", tmp_path / "一.toml")
    taizhang("--db", db, "--import", tmp_path / "一.toml")
    notice.write_text(changed, encoding="utf-8")
    taizhang("--db", db, "--import", notice, "--draft", tmp_path / "二.toml")
    return tmp_path / "二.toml"


def test_an_update_leaves_the_former_reading_beside_the_draft_and_it_brings_that_back(
    db: Path, notice: Path, tmp_path: Path
) -> None:
    changed = TEXT.replace("9月31日前", "10月30日前").replace(
        "\n3\t平台建设\t及时答复网民留言。\t办公室、法规科\t全年", ""
    )
    second = twice(db, notice, tmp_path, changed)
    shown = ("--db", db, "--plan", "notice-7-2026", "--unit", "办公室", "--today", "2026-11-22", "--list", "--json")
    before = taizhang(*shown).json["entries"]
    done = taizhang("--db", db, "--import", second)
    assert (done.code, done.err) == (0, "")
    (former,) = tmp_path.glob("notice-7-2026-更新前-*.toml")
    assert re.fullmatch(r"notice-7-2026-更新前-\d{8}-\d{6}\.toml", former.name)
    assert f"更新前的读法已另存：{former}\n要恢复更新前的读法：taizhang --import {former.name}\n" in done.out
    assert former.read_text(encoding="utf-8").startswith("# 通知“notice-7-2026”在 ")
    assert taizhang(*shown).json["entries"] != before
    done = taizhang("--db", db, "--import", former)
    assert (done.code, done.err) == (0, "")
    assert taizhang(*shown).json["entries"] == before


def test_two_updates_in_one_second_leave_two_files_and_nothing_is_written_over(
    db: Path, notice: Path, tmp_path: Path
) -> None:
    second = twice(db, notice, tmp_path, TEXT.replace("9月31日前", "10月30日前"))
    at = datetime(2026, 3, 2, 9, 30, 15)
    first = tmp_path / "notice-7-2026-更新前-20260302-093015.toml"
    first.write_text("办理人自己的", encoding="utf-8")
    file = open_file(db, at, write=True)
    try:
        for _ in range(2):
            take_in_draft(file, second, at)
    finally:
        file.close()
    assert first.read_text(encoding="utf-8") == "办理人自己的"
    assert sorted(path.name for path in tmp_path.glob("*更新前*")) == [
        "notice-7-2026-更新前-20260302-093015-2.toml",
        "notice-7-2026-更新前-20260302-093015-3.toml",
        first.name,
    ]


def test_an_update_whose_former_reading_cannot_be_written_does_not_happen(
    db: Path, notice: Path, tmp_path: Path
) -> None:
    plan = "n" * 240
    for number, day in enumerate(("9月30日前", "10月30日前")):
        notice.write_text(TEXT.replace("9月31日前", day), encoding="utf-8")
        draft = tmp_path / f"{number}.toml"
        taizhang("--db", db, "--import", notice, "--draft", draft)
        draft.write_text(draft.read_text(encoding="utf-8").replace("notice-7-2026", plan), encoding="utf-8")
    assert taizhang("--db", db, "--import", tmp_path / "0.toml").code == 0
    before = rows(db, "deadline")
    taizhang("--db", db, "--import", tmp_path / "1.toml").failed(3, "通知没有更新", "移到能写的文件夹")
    assert rows(db, "deadline") == before


def test_work_of_a_unit_that_the_new_reading_leaves_out_is_said(
    db: Path, notice: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed = TEXT.replace("9月31日前", "9月30日前").replace("更新信息公开指南。\t办公室", "更新信息公开指南。\t法规科")
    second = twice(db, notice, tmp_path, changed)
    at = datetime(2026, 3, 2, 9, 30, 15)
    file = open_file(db, at, write=True)
    try:
        plan = "notice-7-2026"
        ledger = begin_ledger(file, plan=plan, year=2026, unit="办公室", kind=None, officer=None, at=at)
        (entry,) = (one for one in entries(file, ledger, at.date()) if one.number == "2")
        add_note(file, ledger, entry.id, text="已更新", at=at)
        take_in_draft(file, second, at)
        (entry,) = (one for one in entries(file, ledger, at.date()) if one.number == "2")
    finally:
        file.close()
    said = "  第 2 项（办公室 2026 年台账）：新的读法不列这个单位，因有办理记录，定为本单位，仍在台账里\n"
    assert said in capsys.readouterr().out
    assert (entry.applicability, entry.notes[0].text) == ("ours", "已更新")


def examples(text: str) -> dict[str, list[str]]:
    """The indented lines of the header by the number (一 to 四) of what they are an example of."""
    found: dict[str, list[str]] = {}
    part = ""
    for line in text.split("\n"):
        if re.match("# [一二三四]、", line):
            part = line[2]
        if line.startswith("#        "):
            found.setdefault(part, []).append(line.removeprefix("#        "))
        elif not line.startswith("#"):
            return found
    return found


def test_a_draft_is_mended_as_its_own_first_lines_say(db: Path, notice: Path, tmp_path: Path) -> None:
    notice.write_text(TEXT.replace("1\t政策解读", "7\t其他\t另一项。\t办公室\t全年\n1\t政策解读"), encoding="utf-8")
    draft = tmp_path / "读稿.toml"
    taizhang("--db", db, "--import", notice, "--draft", draft)
    text = draft.read_text(encoding="utf-8")
    shown = examples(text)
    lead, source, unit = shown["一"][:3], shown["一"][3:5], shown["一"][5:]
    (deadline,) = shown["二"]
    text = "\n".join(line for line in text.split("\n") if not line.startswith("#! "))
    assert source[0] in text, "the line that stands there already is not put in again"
    # 一: the third task's units, and a unit that the notice does not know
    first, *tasks = text.split("\n[[task]]\n")
    (third,) = (one for one in tasks if 'requirement = "及时答复网民留言。"' in one)
    own = re.search(r"(?s)responsibilities = \[\n.*?\n\]", third)
    assert own is not None
    mended = third.replace(own[0], "\n".join([*lead[:2], lead[1].replace("办公室", "新设科"), lead[2]]))
    # 二: a deadline where there is none
    (second,) = (one for one in tasks if 'requirement = "更新信息公开指南。"' in one)
    dated = second.replace('remark = "完成时限：9月31日前"\n', deadline + "\n")
    # 三 and 四: a task less, another in its place
    (gone,) = (one for one in tasks if 'requirement = "另一项。"' in one)
    left = [{third: mended, second: dated}.get(one, one) for one in tasks if one != gone]
    added = "\n".join(shown["四"]).removeprefix("[[task]]\n") + "\n\n"
    text = "\n[[task]]\n".join(["\n".join([first + unit[0], *unit[1:]]) + "\n\n", added, *left])
    words = [source[1], "牵头：新设科", "新设科", "新1", "开好新闻发布会。", "责任：办公室", "6月底前"]
    text = text.rstrip("\n").removesuffix('"""') + "\n".join(words) + '\n"""\n'
    draft.write_text(text, encoding="utf-8")
    done = taizhang("--db", db, "--import", draft)
    assert (done.code, done.err) == (0, "")
    shown_json = taizhang("--db", db, "--plan", "notice-7-2026", "--unit", "全局", "--list", "--json").json["entries"]
    by_text = {entry["requirement"]: entry for entry in shown_json}
    assert "另一项。" not in by_text
    assert by_text["及时答复网民留言。"]["leads"] == ["办公室", "新设科"]
    assert by_text["更新信息公开指南。"]["deadline"]["due"] == "2026-09-30"
    assert by_text["开好新闻发布会。"]["deadline"]["due"] == "2026-06-30"
    assert by_text["开好新闻发布会。"]["responsible"] == ["办公室"]
    assert rows(db, "unit", "name = '新设科'")[0]["kind"] == "科室"


def test_a_unit_line_without_its_words_in_the_text_is_refused_with_what_to_do(
    db: Path, notice: Path, tmp_path: Path
) -> None:
    notice.write_text(TEXT.replace("9月31日前", "9月30日前"), encoding="utf-8")
    draft = tmp_path / "读稿.toml"
    taizhang("--db", db, "--import", notice, "--draft", draft)
    text = draft.read_text(encoding="utf-8")
    head, line, rest = text.partition('{ role = "lead", name = "法规科" }')
    draft.write_text(f'{head}{{ role = "lead", name = "办公室", quote = "牵头：办公室" }}{rest}', encoding="utf-8")
    assert line
    taizhang("--db", db, "--import", draft).failed(3, "牵头：办公室")
