"""Where the evidence lies in the package."""

from dataclasses import replace
from pathlib import PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.export.package_names import groups, short, top
from db.export.safe_names import safe_name
from db.rules.rows import LedgerSheet
from tests.db.export.conftest import ENTRY, HOSTILE, SHEET
from tests.db.export.packed import FILE, PACKED, with_names

MOST_OF_A_NAME, MOST_OF_A_PATH = 60, 180


def paths(sheet: LedgerSheet) -> list[str]:
    """Every path of evidence, below the package's folder, in order."""
    return [placed.path for group in groups(sheet) for placed in group.items if placed.path is not None]


def of_numbers(*numbers: str) -> LedgerSheet:
    """A ledger whose entries have these numbers, each with one file; 自 means an own task."""
    entries = tuple(
        replace(ENTRY, id=at, position=at, number=number, own=number.startswith("自"), requirement="公开信息。")
        for at, number in enumerate(numbers, start=1)
    )
    evidence = tuple(replace(FILE, id=entry.id, entry=entry.id, of_entry=entry.id) for entry in entries)
    return replace(SHEET, entries=entries, evidence=evidence)


def test_each_file_lies_under_its_task_and_the_units_and_the_others_after_them() -> None:
    assert paths(PACKED) == [
        "佐证材料/01 主动公开规划纲要、专项规划、政策解读等相关信息/01 现场照片.png",
        "佐证材料/01 主动公开规划纲要、专项规划、政策解读等相关信息/02 a b%20c#d&e.txt",
        "佐证材料/03 主动公开规划纲要、专项规划、政策解读等相关信息/01 现场照片.png",
        "佐证材料/自1 补报第三季度执法公示数据/01 CON",
        "佐证材料/本单位公开/01 年报.pdf",
        "佐证材料/非本单位事项/01 别处.pdf",
    ]


@pytest.mark.parametrize(
    ("numbers", "folders"),
    [
        (("1", "2", "10"), ["01 公开信息", "02 公开信息", "10 公开信息"]),
        (("01", "02", "39"), ["01 公开信息", "02 公开信息", "39 公开信息"]),
        (("3", "7"), ["03 公开信息", "07 公开信息"]),
        (("9", "100"), ["009 公开信息", "100 公开信息"]),
        (("1", "自1", "自2"), ["01 公开信息", "自1 公开信息", "自2 公开信息"]),
        (("1", *(f"自{at}" for at in range(1, 11))), ["01 公开信息", *(f"自{at:02} 公开信息" for at in range(1, 11))]),
        (("自增 1", "自增 2"), ["自1 公开信息", "自2 公开信息"]),
        # what does not sort by itself gets its place before it
        (("一(一)1", "一(四)3", "二(一)1"), ["01 一(一)1 公开信息", "02 一(四)3 公开信息", "03 二(一)1 公开信息"]),
        (("1", "2", "1"), ["01 1 公开信息", "02 2 公开信息", "03 1 公开信息"]),
        (("2", "1"), ["01 2 公开信息", "02 1 公开信息"]),
        (("1", "1"), ["01 1 公开信息", "02 1 公开信息"]),
        (("一", "自1"), ["01 一 公开信息", "02 自1 公开信息"]),
        (("", "x"), ["01 公开信息", "02 x 公开信息"]),
        (("../1", "C:\\2"), ["01 .._1 公开信息", "02 C__2 公开信息"]),
    ],
)
def test_folders_sort_in_the_ledgers_order(numbers: tuple[str, ...], folders: list[str]) -> None:
    found = [PurePosixPath(path).parts[1] for path in paths(of_numbers(*numbers))]
    assert found == folders
    assert sorted(found) == found


def test_a_hundred_files_of_one_task_sort_as_they_were_attached() -> None:
    sheet = with_names(tuple(f"{at}.jpg" for at in range(100, 0, -1)))
    found = paths(sheet)
    assert len(found) == 100
    assert sorted(found) == found


@pytest.mark.parametrize(
    ("requirement", "title"),
    [
        ("主动公开规划。", "主动公开规划"),
        ("1．要主动公开规划。做好解读。", "要主动公开规划"),
        ("10.建立专栏目；公开。", "建立专栏目"),
        ("（三）建立专栏", "建立专栏"),
        ("一、建立专栏", "建立专栏"),
        ("1.5万件申请", "1.5万件申请"),
        ("2021年底前完成", "2021年底前完成"),
        ("公" * 24, "公" * 24),
        ("公" * 25, "公" * 23 + "…"),
        ("第一行\n第二行", "第一行"),
        ("。。。", "。。。"),
        ("1．", "1．"),
        ("", ""),
    ],
)
def test_a_short_title_is_the_first_sentence_without_its_number(requirement: str, title: str) -> None:
    assert short(requirement) == title


@pytest.mark.parametrize(
    ("unit", "folder"),
    [
        ("执法监督科", "2026年执法监督科政务公开报送包"),
        ("全局", "2026年全局政务公开报送包"),
        ("a/b", "2026年a_b政务公开报送包"),
        ("", "2026年未命名政务公开报送包"),
        ("科" * 60, "2026年" + "科" * 20 + "政务公开报送包"),
    ],
)
def test_the_folder_of_the_package_is_called_after_year_and_unit(unit: str, folder: str) -> None:
    assert top(replace(SHEET, ledger=replace(SHEET.ledger, unit=unit))) == folder


TEXTS = st.one_of(st.text(max_size=300), st.sampled_from(HOSTILE), st.sampled_from(["CON", "..", "公" * 300, "a/../b"]))


@settings(max_examples=60, deadline=None)
@given(unit=TEXTS, number=TEXTS, requirement=TEXTS, names=st.lists(TEXTS, min_size=1, max_size=4))
def test_whatever_it_is_called_a_path_fits_every_system(
    unit: str, number: str, requirement: str, names: list[str]
) -> None:
    sheet = with_names(tuple(names))
    first = replace(sheet.entries[0], number=number, requirement=requirement)
    sheet = replace(sheet, ledger=replace(sheet.ledger, unit=unit), entries=(first, *sheet.entries[1:]))
    found = [f"{top(sheet)}/{path}" for path in paths(sheet)]
    assert len({path.casefold() for path in found}) == len(names)
    for path in found:
        assert len(path) <= MOST_OF_A_PATH
        parts = path.split("/")
        assert len(parts) == 4
        for part in parts:
            assert 1 <= len(part) <= MOST_OF_A_NAME
            assert safe_name(part) == part
