"""目录.html of the 报送包: what lies in it and where, as one plain page that prints well and runs nothing."""

from collections.abc import Iterator, Sequence
from html import escape
from typing import Final
from urllib.parse import quote, urlsplit

from db.export.columns import number, status_words
from db.export.heading import basis, particulars
from db.export.package_names import NOT_OURS, Group, Placed
from db.export.summary import figures
from db.export.text import file_text
from db.rules.rows import EntryRow, LedgerSheet
from db.rules.sizes import size_words

_STYLE: Final = """
body { font-family: "宋体", "Songti SC", "Noto Serif CJK SC", serif; font-size: 11pt; line-height: 1.6; color: #000;
  background: #fff; max-width: 60em; margin: 2em auto; padding: 0 1em; }
h1 { font-family: "黑体", "Heiti SC", "Noto Sans CJK SC", sans-serif; font-size: 18pt; text-align: center; }
h2 { font-family: "黑体", "Heiti SC", "Noto Sans CJK SC", sans-serif; font-size: 13pt; margin: 1.6em 0 0.4em; }
h3 { font-size: 11pt; margin: 1.2em 0 0.3em; break-after: avoid; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; }
th, td { border: 1px solid #777; padding: 0.2em 0.5em; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th { background: #eee; font-weight: normal; }
.n { width: 3em; } .d { width: 7em; } .s { width: 6em; } .c { width: 32%; } .f { width: 14em; }
.about { color: #333; }
@page { size: A4; margin: 20mm 18mm; }
@media print { body { margin: 0; padding: 0; max-width: none; } a { color: #000; } }
"""


def page(sheet: LedgerSheet, title: str, parts: Sequence[tuple[str, str]], groups: Sequence[Group]) -> str:
    """The page; parts are the files beside it (path, what it is). Links are relative to the folder it lies in."""
    lines = [
        "<!DOCTYPE html>",
        '<html lang="zh-CN">',
        "<head>",
        '<meta charset="utf-8">',
        # Nothing is loaded and nothing runs, whatever a caption tries.
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        '<meta name="referrer" content="no-referrer">',
        '<meta name="viewport" content="width=device-width">',
        f"<title>{_text(title)}</title>",
        f"<style>{_STYLE}</style>",
        "</head>",
        "<body>",
        f"<h1>{_text(title)}</h1>",
        f'<p class="about">{_text(basis(sheet.ledger))}<br>{_text(particulars(sheet))}<br>{_text(figures(sheet))}</p>',
        "<h2>一、报送文件</h2>",
        *_table(("文件", "内容"), ("f", ""), ([_file(path, path), _text(what)] for path, what in parts)),
        "<h2>二、佐证材料</h2>",
        *_evidence(sheet, groups),
        "</body>",
        "</html>",
        "",
    ]
    return "\n".join(lines)


def _evidence(sheet: LedgerSheet, groups: Sequence[Group]) -> Iterator[str]:
    if not groups:
        yield "<p>台账中没有佐证材料。</p>"
        return
    rows = [placed.row for group in groups for placed in group.items]
    files = [row.size or 0 for row in rows if not row.is_link]
    size, links = size_words(sum(files)), len(rows) - len(files)
    yield f"<p>共 {len(rows)} 份：文件 {len(files)} 个（{size}），网页链接 {links} 条。</p>"
    titles = {publication.id: publication.title for publication in sheet.publications}
    for group in groups:
        yield f"<h3>{_text(_about(group.about))}</h3>"
        lines = ([str(at), *_line(placed, titles)] for at, placed in enumerate(group.items, start=1))
        yield from _table(("号", "文件或链接", "说明", "公开日期", "大小"), ("n", "", "c", "d", "s"), lines)


def _about(about: EntryRow | str) -> str:
    if isinstance(about, str):
        return "（非本单位事项）" if about == NOT_OURS else "本单位（不属于单项任务的公开）"
    return f"序号 {number(about)}　{about.requirement}（{status_words(about)}）"


def _line(placed: Placed, titles: dict[int, str]) -> tuple[str, str, str, str]:
    """File or link, caption, day, size: as HTML."""
    row = placed.row
    title = titles.get(row.publication) if row.publication is not None else None
    said = "；".join(part for part in (row.caption, title and f"公开：{title}") if part)
    what = _address(row.address or "", row.name) if placed.path is None else _file(placed.path, row.name)
    day = row.day.isoformat() if row.day else ""
    return what, _text(said), day, size_words(row.size) if row.size is not None else "链接"


def _file(path: str, name: str) -> str:
    return f'<a href="{escape(quote(path))}">{_text(name)}</a>'


def _address(address: str, name: str) -> str:
    """The name, leading to the address where that is one of the web, and the address itself to be read on paper."""
    shown = "" if name == address else f"<br>{_text(address)}"
    if not _is_web(address):
        return f"{_text(name)}{shown}"
    return f'<a href="{escape(address)}" rel="noopener noreferrer">{_text(name)}</a>{shown}'


def _is_web(address: str) -> bool:
    if not address.isprintable() or set(address) & set(" \\\"'<>`"):
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _table(heads: Sequence[str], kinds: Sequence[str], rows: Iterator[list[str]]) -> Iterator[str]:
    """rows are HTML already."""
    classed = (
        f'<th class="{kind}">{head}</th>' if kind else f"<th>{head}</th>"
        for head, kind in zip(heads, kinds, strict=True)
    )
    yield f"<table>\n<thead><tr>{''.join(classed)}</tr></thead>\n<tbody>"
    for row in rows:
        yield f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>"
    yield "</tbody>\n</table>"


def _text(text: str) -> str:
    return escape(file_text(text))
