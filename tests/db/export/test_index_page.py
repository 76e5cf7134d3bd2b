"""目录.html: every file linked, nothing run, nothing left out."""

from dataclasses import replace
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.export.index_page import page
from db.export.package_names import groups
from db.export.text import file_text
from db.rules.rows import LedgerSheet
from tests.db.export.conftest import HOSTILE, SHEET, with_texts
from tests.db.export.packed import LINK, PACKED, with_names

PARTS = (("工作台账.xlsx", "工作台账"), ("SHA256SUMS", "校验值"))
KNOWN = {
    *("html", "head", "meta", "title", "style", "body", "h1", "h2", "h3"),
    *("p", "br", "table", "thead", "tbody", "tr", "th", "td", "a"),
}


class Seen(HTMLParser):
    """The page as a browser takes it apart."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.links: list[tuple[str, str]] = []
        self.cells: list[list[str]] = []
        self.text = ""
        self._href: str | None = None
        self._is_cell = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "a":
            self._href = dict(attrs)["href"]
            self.links.append((self._href or "", ""))
        if tag == "tr":
            self.cells.append([])
        if tag in ("td", "th"):
            self.cells[-1].append("")
            self._is_cell = True
        if tag == "br" and self.cells:
            self.cells[-1][-1] += "\n"

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._href = None
        if tag in ("td", "th"):
            self._is_cell = False

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._href is not None:
            self.links[-1] = (self.links[-1][0], self.links[-1][1] + data)
        if self._is_cell:
            self.cells[-1][-1] += data


def made(sheet: LedgerSheet) -> str:
    return page(sheet, "2026年执法监督科政务公开报送包目录", PARTS, groups(sheet))


def test_the_page_lists_parts_and_evidence_by_task() -> None:
    seen = Seen(made(PACKED))
    rows = [[cell.strip() for cell in row] for row in seen.cells]
    assert rows == [
        ["文件", "内容"],
        ["工作台账.xlsx", "工作台账"],
        ["SHA256SUMS", "校验值"],
        ["号", "文件或链接", "说明", "公开日期", "大小"],
        ["1", "现场照片.png", "公开栏", "2026-03-09", "2.1 MB"],
        ["2", "网站原文\nhttps://a.example/zwgk/1?x=1&y=2#z", "原文", "2026-03-09", "链接"],
        ["3", "a b%20c#d&e.txt", "公开：001 号公告", "", "12 字节"],
        ["号", "文件或链接", "说明", "公开日期", "大小"],
        ["1", "现场照片.png", "", "2026-03-09", "2.1 MB"],
        ["号", "文件或链接", "说明", "公开日期", "大小"],
        ["1", "CON", "<b>粗</b>", "2026-03-09", "360 字节"],
        ["号", "文件或链接", "说明", "公开日期", "大小"],
        ["1", "年报.pdf", "公开栏；公开：年度报告", "2026-03-09", "360 字节"],
        ["号", "文件或链接", "说明", "公开日期", "大小"],
        ["1", "别处.pdf", "公开栏；公开：后来标为非本单位的", "2026-03-09", "360 字节"],
    ]
    assert "共 7 份：文件 6 个（4.3 MB），网页链接 1 条。" in seen.text
    assert "序号 1　主动公开规划纲要、专项规划、政策解读等相关信息。（已办结）" in seen.text
    assert "序号 自1　补报第三季度执法公示数据。（未开始）" in seen.text


def test_every_link_leads_to_its_file_or_to_the_web() -> None:
    links = [href for href, _ in Seen(made(PACKED)).links]
    files = [placed.path for group in groups(PACKED) for placed in group.items if placed.path]
    assert [unquote(href) for href in links if not href.startswith("http")] == [*(path for path, _ in PARTS), *files]
    assert all(href.isascii() for href in links)
    assert [href for href in links if href.startswith("http")] == [LINK.address]


@pytest.mark.parametrize(
    ("address", "is_linked"),
    [
        ("https://a.example", True),
        ("http://a.example/甲?b=1&c=2", True),
        ("HTTP://A.EXAMPLE/", True),
        ("javascript:alert(1)", False),
        ("JavaScript:alert(1)", False),
        ("data:text/html,<script>1</script>", False),
        ("file:///etc/passwd", False),
        ("ftp://a.example", False),
        ("//a.example", False),
        ("a.example", False),
        ("http:", False),
        ("http://", False),
        ("http://[::1", False),
        ("https://a.example/ x", False),
        ('https://a.example/"onclick=1', False),
        ("https://a.example/\u202e", False),
        ("https://a.example/\nx", False),
        ("https:\\\\a.example", False),
    ],
)
def test_only_an_address_of_the_web_is_a_link(address: str, is_linked: bool) -> None:
    seen = Seen(made(replace(PACKED, evidence=(replace(LINK, address=address),))))
    assert (address in [href for href, _ in seen.links]) is is_linked
    assert file_text(address) in seen.text
    assert len(seen.links) == len(PARTS) + is_linked


def test_a_ledger_without_evidence_says_so() -> None:
    seen = Seen(made(SHEET))
    assert "台账中没有佐证材料。" in seen.text
    assert len(seen.links) == len(PARTS)


def refuse_what_runs(text: str) -> None:
    seen = Seen(text)
    assert {tag for tag, _ in seen.tags} <= KNOWN
    assert text.count("<script") == 0
    for tag, attributes in seen.tags:
        assert set(attributes) <= {"lang", "charset", "name", "content", "http-equiv", "class", "href", "rel"}, tag
        if "href" in attributes:
            assert urlsplit(attributes["href"] or "").scheme in ("", "http", "https")
    text.encode("utf-8")


def test_hostile_texts_are_shown_and_run_nothing() -> None:
    sheet = with_names(HOSTILE)
    text = made(sheet)
    refuse_what_runs(text)
    seen = Seen(text)
    shown = [row[1] for row in seen.cells if len(row) == 5]
    for name in HOSTILE:
        assert file_text(name or "x") in shown
    refuse_what_runs(made(replace(with_texts(HOSTILE), evidence=PACKED.evidence)))


@settings(max_examples=40, deadline=None)
@given(names=st.lists(st.text(max_size=40), min_size=1, max_size=3))
def test_whatever_the_captions_are_the_links_lead_to_the_files(names: list[str]) -> None:
    sheet = with_names(tuple(names))
    text = made(sheet)
    refuse_what_runs(text)
    found = {unquote(href) for href, _ in Seen(text).links}
    assert {placed.path for group in groups(sheet) for placed in group.items if placed.path} <= found
