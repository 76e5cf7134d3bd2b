"""Automatic numbers: what stands before a paragraph on paper and nowhere in its text."""

import pytest

from db.intake.readers.docx_numerals import numeral
from tests.db.intake.readers.docx_papers import areas, grids, lines, losses, p, read, tbl, tc, tr


def level(at: int, kind: str, pattern: str, more: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{pattern}"/>{more}</w:lvl>'
    )


def numbering(*levels: str, lists: str = '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>') -> str:
    return f'<w:abstractNum w:abstractNumId="7">{"".join(levels)}</w:abstractNum>{lists}'


def item(text: str, at: int = 0, number: int = 1) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{number}"/></w:numPr>')


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (1, "decimal", "1"), (120, "decimal", "120"), (3, "decimalZero", "03"), (10, "decimalZero", "10"),
        (12, "decimalFullWidth", "１２"),
        (1, "chineseCounting", "一"), (10, "chineseCounting", "十"), (11, "chineseCounting", "十一"),
        (20, "chineseCounting", "二十"), (21, "chineseCounting", "二十一"), (99, "chineseCounting", "九十九"),
        (100, "chineseCounting", None), (0, "chineseCounting", "〇"),
        (10, "chineseCountingThousand", "十"), (100, "chineseCountingThousand", "一百"),
        (101, "chineseCountingThousand", "一百零一"), (110, "chineseCountingThousand", "一百一十"),
        (1001, "chineseCountingThousand", "一千零一"), (2020, "chineseCountingThousand", "二千零二十"),
        (10_000, "chineseCountingThousand", None), (-1, "chineseCountingThousand", None),
        (10, "ideographDigital", "一〇"), (21, "ideographDigital", "二一"),
        (10, "japaneseCounting", "十"), (111, "japaneseCounting", "百十一"), (20, "japaneseCounting", "二十"),
        (1, "upperLetter", "A"), (26, "upperLetter", "Z"), (27, "upperLetter", "AA"), (28, "lowerLetter", "bb"),
        (0, "upperLetter", None), (4, "upperRoman", "IV"), (1994, "upperRoman", "MCMXCIV"), (9, "lowerRoman", "ix"),
        (0, "lowerRoman", None), (1, "decimalEnclosedCircle", "①"), (20, "decimalEnclosedCircle", "⑳"),
        (21, "decimalEnclosedCircle", None), (10, "decimalEnclosedCircleChinese", "⑩"),
        (3, "decimalEnclosedParen", "⑶"), (3, "decimalEnclosedFullstop", "⒊"), (2, "ideographEnclosedCircle", "㊁"),
        (1, "ideographTraditional", "甲"), (11, "ideographTraditional", None), (12, "ideographZodiac", "亥"),
        (9, "chineseLegalSimplified", "玖"), (10, "chineseLegalSimplified", None),
        (1, "none", ""), (1, "bullet", ""), (1, "hebrew1", None), (1, "", None),
    ],
)  # fmt: skip
def test_a_number_is_written_as_its_format_says_or_not_at_all(value: int, kind: str, text: str | None) -> None:
    assert numeral(value, kind) == text


@pytest.mark.parametrize(
    ("kind", "pattern", "more", "expected"),
    [
        ("chineseCounting", "%1、", "", ["一、甲", "二、乙"]),
        ("chineseCountingThousand", "第%1条", "", ["第一条甲", "第二条乙"]),
        ("chineseCounting", "（%1）", "", ["（一）甲", "（二）乙"]),
        ("decimal", "%1.", "", ["1.甲", "2.乙"]),
        ("decimal", "%1", "", ["1 甲", "2 乙"]),
        ("decimal", "%1", '<w:suff w:val="nothing"/>', ["1甲", "2乙"]),
        ("decimalEnclosedCircle", "%1", '<w:suff w:val="nothing"/>', ["①甲", "②乙"]),
        ("bullet", "●", "", ["甲", "乙"]),
        ("none", "", "", ["甲", "乙"]),
        ("decimal", "", "", ["甲", "乙"]),
        ("decimal", "附件", "", ["附件 甲", "附件 乙"]),
    ],
)
def test_a_pattern_stands_before_the_text(kind: str, pattern: str, more: str, expected: list[str]) -> None:
    source = read(item("甲") + item("乙"), numbering=numbering(level(0, kind, pattern, more)))
    assert lines(source) == expected
    assert source.losses == ()


def test_an_unknown_format_is_left_out_and_named() -> None:
    source = read(item("甲"), numbering=numbering(level(0, "thaiCounting", "%1.")))
    assert lines(source) == ["甲"]
    assert losses(source) == [("number", "正文第 1 段", "甲", 1)]


THREE = (level(0, "chineseCounting", "%1、"), level(1, "chineseCounting", "（%2）"), level(2, "decimal", "%3．"))


def test_a_level_begins_anew_after_a_higher_one() -> None:
    body = (
        item("甲")
        + item("乙", 1)
        + item("丙", 2)
        + item("丁", 2)
        + item("戊", 1)
        + item("己", 2)
        + item("庚")
        + item("辛", 1)
    )
    assert lines(read(body, numbering=numbering(*THREE))) == [
        "一、甲", "（一）乙", "1．丙", "2．丁", "（二）戊", "1．己", "二、庚", "（一）辛",
    ]  # fmt: skip


def test_a_level_that_never_begins_anew_counts_on() -> None:
    levels = level(0, "chineseCounting", "%1、"), level(1, "decimal", "%2.", '<w:lvlRestart w:val="0"/>')
    body = item("甲") + item("乙", 1) + item("丙") + item("丁", 1)
    assert lines(read(body, numbering=numbering(*levels))) == ["一、甲", "1.乙", "二、丙", "2.丁"]


def test_a_pattern_of_several_levels_takes_each_in_its_own_format() -> None:
    levels = level(0, "chineseCounting", "%1、"), level(1, "decimal", "%1.%2")
    body = item("甲") + item("乙", 1) + item("丙", 1)
    assert lines(read(body, numbering=numbering(*levels))) == ["一、甲", "一.1 乙", "一.2 丙"]
    legal = levels[0], level(1, "decimal", "%1.%2", "<w:isLgl/>")
    assert lines(read(body, numbering=numbering(*legal))) == ["一、甲", "1.1 乙", "1.2 丙"]


def test_a_level_above_that_was_never_used_makes_the_number_unsure() -> None:
    levels = level(0, "decimal", "%1"), level(1, "decimal", "%1.%2")
    source = read(item("甲", 1), numbering=numbering(*levels))
    assert lines(source) == ["甲"]
    assert losses(source) == [("number", "正文第 1 段", "甲", 1)]


def test_a_second_list_of_one_abstract_counts_on_unless_it_overrides_the_start() -> None:
    lists = (
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="7"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>'
        "</w:lvlOverride></w:num>"
    )
    body = item("甲") + item("乙", number=2) + item("丙", number=3) + item("丁", number=3)
    assert lines(read(body, numbering=numbering(THREE[0], lists=lists))) == ["一、甲", "二、乙", "五、丙", "六、丁"]


def test_a_list_may_override_a_level_whole() -> None:
    lists = (
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0">'
        + level(0, "decimal", "%1)", start=3)
        + "</w:lvlOverride></w:num>"
    )
    assert lines(read(item("甲"), numbering=numbering(THREE[0], lists=lists))) == ["3)甲"]


def test_a_style_gives_list_and_level() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="one"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="two"><w:basedOn w:val="one"/>'
        '<w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    levels = level(0, "chineseCounting", "%1、", '<w:pStyle w:val="one"/>'), level(1, "decimal", "%2.")
    body = p("甲", '<w:pStyle w:val="one"/>') + p("乙", '<w:pStyle w:val="two"/>')
    assert lines(read(body, numbering=numbering(*levels), styles=styles)) == ["一、甲", "1.乙"]


def test_a_level_is_found_by_the_style_that_it_names() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="b"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    levels = level(0, "chineseCounting", "%1、"), level(1, "decimal", "%2.", '<w:pStyle w:val="b"/>')
    assert lines(read(p("乙", '<w:pStyle w:val="b"/>'), numbering=numbering(*levels), styles=styles)) == ["1.乙"]


def test_zero_takes_a_paragraph_out_of_its_styles_list() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="b"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    out = '<w:pStyle w:val="b"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    body = p("甲", '<w:pStyle w:val="b"/>') + p("乙", out) + p("丙", '<w:pStyle w:val="b"/>')
    assert lines(read(body, numbering=numbering(THREE[0]), styles=styles)) == ["一、甲", "乙", "二、丙"]


def test_an_abstract_that_links_to_a_style_is_looked_up_there() -> None:
    lists = (
        '<w:abstractNum w:abstractNumId="8"><w:numStyleLink w:val="s"/></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>'
    )
    styles = (
        '<w:style w:type="numbering" w:styleId="s"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    assert lines(read(item("甲", number=2), numbering=numbering(THREE[0], lists=lists), styles=styles)) == ["一、甲"]


def test_an_abstract_that_links_to_itself_is_named() -> None:
    both = '<w:abstractNum w:abstractNumId="7"><w:numStyleLink w:val="s"/></w:abstractNum>'
    lists = both + '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    styles = (
        '<w:style w:type="numbering" w:styleId="s"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    source = read(item("甲"), numbering=lists, styles=styles)
    assert lines(source) == ["甲"]
    assert losses(source) == [("number", "正文第 1 段", "甲", 1)]


@pytest.mark.parametrize("at", [5, 9, 99999, -1])
def test_a_level_that_the_list_lacks_is_named(at: int) -> None:
    source = read(item("甲", at), numbering=numbering(THREE[0]))
    assert [loss[0] for loss in losses(source)] == ["number"]


def test_a_list_that_is_nowhere_numbers_nothing() -> None:
    source = read(item("甲", number=9), numbering=numbering(THREE[0]))
    assert lines(source) == ["甲"]
    assert source.losses == ()


def test_the_numbers_of_a_column_are_read_though_its_cells_hold_no_text() -> None:
    table = tbl(*(tr(tc(item("")), tc(text)) for text in ("主动公开", "依申请公开", "政策解读")))
    (grid,) = grids(read(table, numbering=numbering(level(0, "decimal", "%1"))))
    assert [area[4] for area in areas(grid)] == ["1", "主动公开", "2", "依申请公开", "3", "政策解读"]


def test_a_paragraph_that_was_deleted_does_not_count() -> None:
    gone = p(
        "<w:del><w:r><w:delText>删</w:delText></w:r></w:del>",
        '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr>',
    )
    assert lines(read(item("甲") + gone + item("乙"), numbering=numbering(THREE[0]))) == ["一、甲", "二、乙"]
