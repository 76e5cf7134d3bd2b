"""附佐证 as clerks type it: several addresses, addresses that are none, another machine's paths, the limit."""

from pathlib import Path

import pytest

from tests.tui.attaching import a_file, done, drop, listed
from tests.tui.conftest import DeskMaker
from tests.tui.office import Office, office
from tests.tui.timed import JIANGMEN, type_at
from tui.desk import Desk
from tui.dialogs.attach import AttachDialog

MB = 1 << 20
A, B = "https://example.gov.cn/1", "https://例子.政务.cn/公开/二.html"
WINDOWS = "这是 Windows 的路径"
KEYS = "按 8 到佐证材料，再按 Ctrl+T 可改上限"


@pytest.fixture
def desk(make_desk: DeskMaker) -> Desk:
    return make_desk(whole=JIANGMEN)


def attached(desk: Desk) -> set[str]:
    return {row.address or row.name for row in desk.evidence()}


def says(at: Office, words: str) -> bool:
    """Whether the window on top says so, over whichever lines."""
    inside = [line.split("│")[1] for line in at.lines() if line.count("│") > 1]
    return "".join(words.split()) in "".join("".join(inside).split())


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        (f"{A}\n{B}", {A, B}),
        (f"{A} {B}", {A, B}),
        (f"  {A}\t{B}\r\n", {A, B}),
        (f"{A}\u3000{B}", {A, B}),
        (f"{A} {{path}}", {A, "甲 乙.pdf"}),
        (f"{{path}} {A}", {A, "甲 乙.pdf"}),
        (f"{A} '{{path}}' {B}", {A, B, "甲 乙.pdf"}),
        (f"{A}\n{{path}}\n{B}", {A, B, "甲 乙.pdf"}),
        (f"{A} {A}", {A}),
    ],
)
async def test_addresses_and_paths_in_one_text_are_told_apart(
    desk: Desk, tmp_path: Path, typed: str, wanted: set[str]
) -> None:
    path = a_file(tmp_path / "我的 资料", "甲 乙.pdf")
    async with office(desk) as at:
        await at.press("full_stop")
        await drop(at, typed.format(path=path))
        assert "注意" not in at.text()
        await at.press("enter")
        await done(at)
        assert attached(desk) == wanted
        await at.press("ctrl+z")
        assert attached(desk) == set()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("https://example.gov.cn/一 二", "网址里有空格"),
        ("https://example.gov.cn/1 说明文字", "网址里有空格"),
        (f"{A}，{A}", "几个网址连在了一起"),
        ("https://example.gov.cn/" + "长" * 500, "最多 500 个"),
        ("www.example.gov.cn", "网址要以 http:// 或 https:// 开头"),
        ("WWW.example.gov.cn/a", "网址要以 http:// 或 https:// 开头"),
        ("ftp://example.gov.cn/a.pdf", "网址要以 http:// 或 https:// 开头"),
        ("https：//example.gov.cn", "网址要以 http:// 或 https:// 开头"),
        (f"{A}\nwww.example.gov.cn", "网址要以 http:// 或 https:// 开头"),
        ("C:\\我的文档\\通知.pdf", WINDOWS),
        ("d:/通知.pdf", WINDOWS),
        ("\\\\server\\share\\通知.pdf", WINDOWS),
    ],
)
async def test_what_cannot_be_used_is_said_at_the_field_before_enter_and_refused_by_it(
    desk: Desk, typed: str, said: str
) -> None:
    async with office(desk) as at:
        await at.press("full_stop")
        await drop(at, typed)
        assert says(at, said)
        await at.press("enter")
        await done(at)
        assert isinstance(at.app.screen, AttachDialog)
        assert says(at, said)
        assert attached(desk) == set()


@pytest.mark.parametrize("typed", ["h", "http", "http:/", "https://", "www", "/tmp/没", "没有.pdf", "a:b"])
async def test_half_a_path_or_address_is_no_reason_to_complain(desk: Desk, typed: str) -> None:
    async with office(desk) as at:
        await at.press("full_stop")
        await type_at(at, typed)
        assert "注意" not in at.text()


async def test_a_file_whose_name_begins_as_an_address_does_is_a_file(desk: Desk, tmp_path: Path) -> None:
    a_file(tmp_path, "www.通知.pdf")
    desk.remember_folder("evidence", str(tmp_path))
    async with office(desk) as at:
        await at.press("full_stop")
        await type_at(at, "www.通知.pdf")
        await at.press("enter")
        await done(at)
        assert attached(desk) == {"www.通知.pdf"}


async def test_a_file_over_the_limit_names_the_key_that_raises_it(desk: Desk, tmp_path: Path) -> None:
    desk.set_evidence_limit(1)
    path = a_file(tmp_path / "资料", "大.zip", b"\x01" * (MB + 1))
    async with office(desk) as at:
        await at.press("full_stop")
        await drop(at, str(path))
        assert says(at, KEYS), at.text()
        await at.press("enter")
        await done(at)
        assert says(at, KEYS), at.text()
        await at.press("down")
        await listed(at)
        await at.press("space")
        assert says(at, KEYS), at.text()


async def test_the_key_works_from_the_evidence_of_one_entry_too(desk: Desk) -> None:
    async with office(desk) as at:
        await at.press("enter", "8", "ctrl+t")
        assert "每个文件最多多少 MB" in at.text()


async def test_what_is_typed_after_a_refusal_or_a_step_replaces_the_number(desk: Desk) -> None:
    async with office(desk) as at:
        await at.press("8", "ctrl+t")
        await type_at(at, "99999")
        await at.press("enter")
        assert "不是 1 到" in at.text()
        await type_at(at, "70")
        await at.press("up")
        await type_at(at, "80")
        await at.press("enter")
        assert "佐证大小上限现在是 80 MB" in at.said
