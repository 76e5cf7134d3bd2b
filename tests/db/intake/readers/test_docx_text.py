"""Everything that Word prints is read or named: what python-docx drops without a word."""

import pytest
from docx import Document

from db.errors import ReadingError
from db.intake.readers import docx
from db.intake.source import Paragraph
from tests.db.intake.readers.docx_papers import (
    BytesIO,
    areas,
    grids,
    lines,
    losses,
    members,
    p,
    part,
    r,
    read,
    relations,
    tbl,
    tc,
    tr,
    zipped,
)


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        (r("一、") + r("主动公开"), "一、主动公开"),
        (r(" 前后空格保留 "), " 前后空格保留 "),
        ("<w:r><w:t> 不保留 </w:t></w:r>", "不保留"),
        (r("第一段") + "<w:r><w:tab/></w:r>" + r("后"), "第一段\t后"),
        (r("上") + "<w:r><w:noBreakHyphen/></w:r>" + r("下"), "上-下"),
        (r("政务") + "<w:r><w:softHyphen/></w:r>" + r("公开"), "政务公开"),
        (r("甲") + '<w:r><w:sym w:font="宋体" w:char="25A1"/></w:r>' + r("乙"), "甲□乙"),
        ('<w:hyperlink r:id="r9">' + r("链接文字") + "</w:hyperlink>", "链接文字"),
        ('<w:fldSimple w:instr="PAGE">' + r("3") + "</w:fldSimple>", "3"),
        ('<w:r><w:instrText>TOC \\o "1-3"</w:instrText></w:r>' + r("目录"), "目录"),
        ("<w:smartTag>" + r("标签里") + "</w:smartTag>", "标签里"),
        ("<w:customXml><w:customXmlPr/>" + r("自定义") + "</w:customXml>", "自定义"),
        ("<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>" + r("控件里") + "</w:sdtContent></w:sdt>", "控件里"),
        ("<w:somethingNew>" + r("未来的标记") + "</w:somethingNew>", "未来的标记"),
        (r("换行\n在文字里"), "换行 在文字里"),
    ],
)
def test_a_paragraph_is_read_as_word_prints_it(runs: str, text: str) -> None:
    source = read(p(runs))
    assert lines(source) == [text]
    assert source.losses == ()


def test_a_line_break_in_the_body_parts_a_paragraph_in_two_with_one_place() -> None:
    source = read(p() + p(r("一") + "<w:r><w:br/></w:r>" + r("二")))
    assert lines(source) == ["", "一", "二"]
    places = [block.place.words() for block in source.blocks if isinstance(block, Paragraph)]
    assert places == ["正文第 1 段", "正文第 2 段", "正文第 2 段"]


def test_a_tracked_insertion_is_read_and_named() -> None:
    source = read(p(r("完成时限：") + "<w:ins>" + r("6月") + r("底前") + "</w:ins>"))
    assert lines(source) == ["完成时限：6月底前"]
    assert losses(source) == [("inserted", "正文第 1 段", "6月底前", 1)]


def test_a_tracked_deletion_is_left_out_and_named() -> None:
    source = read(p("<w:del><w:r><w:delText>3月底前</w:delText></w:r></w:del>" + r("6月底前")))
    assert lines(source) == ["6月底前"]
    assert losses(source) == [("deleted", "正文第 1 段", "3月底前", 1)]


def test_what_was_moved_stands_only_where_it_was_moved_to() -> None:
    source = read(
        p("<w:moveFrom>" + r("移动") + "</w:moveFrom>" + r("甲")) + p("<w:moveTo>" + r("移动") + "</w:moveTo>")
    )
    assert lines(source) == ["甲", "移动"]
    assert [loss[0] for loss in losses(source)] == ["deleted", "inserted"]


def test_a_paragraph_whose_end_was_deleted_goes_on_into_the_next() -> None:
    source = read(p(r("公开"), "<w:rPr><w:del/></w:rPr>") + p(r("及时")) + p(r("二")))
    assert lines(source) == ["公开及时", "二"]


def test_a_paragraph_that_was_deleted_whole_leaves_no_line() -> None:
    gone = p("<w:del><w:r><w:delText>删</w:delText></w:r></w:del>", "<w:rPr><w:del/></w:rPr>")
    assert lines(read(p("一") + gone + p("二"))) == ["一", "二"]


@pytest.mark.parametrize(
    ("run", "styles", "is_hidden"),
    [
        (r("字", "<w:vanish/>"), "", True),
        (r("字", '<w:vanish w:val="0"/>'), "", False),
        (r("字", '<w:rStyle w:val="a"/>'), '<w:style w:styleId="a"><w:rPr><w:vanish/></w:rPr></w:style>', True),
        (
            r("字", '<w:rStyle w:val="b"/>'),
            '<w:style w:styleId="a"><w:rPr><w:vanish/></w:rPr></w:style>'
            '<w:style w:styleId="b"><w:basedOn w:val="a"/></w:style>',
            True,
        ),
        (r("字", "<w:b/>"), "", False),
    ],
)
def test_hidden_text_is_read_and_named(run: str, styles: str, is_hidden: bool) -> None:
    source = read(p(run), styles=styles)
    assert lines(source) == ["字"]
    assert losses(source) == ([("hidden_text", "正文第 1 段", "字", 1)] if is_hidden else [])


def test_styles_based_on_each_other_in_a_circle_end() -> None:
    circle = (
        '<w:style w:styleId="a"><w:basedOn w:val="b"/></w:style><w:style w:styleId="b"><w:basedOn w:val="a"/></w:style>'
    )
    assert lines(read(p("字", '<w:pStyle w:val="a"/>'), styles=circle)) == ["字"]


BOX = (
    "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent>{0}</w:txbxContent></wps:txbx></w:drawing>"
    "</mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>{0}</w:txbxContent></v:textbox></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
)


def test_a_text_box_is_read_once_behind_its_paragraph() -> None:
    source = read(p(r("正文") + BOX.format(p("框里"))) + p("后文"))
    assert lines(source) == ["正文", "框里", "后文"]
    assert losses(source) == [("text_box", "文本框 1", "框里", 1)]


def test_a_text_box_of_old_word_without_an_alternative_is_read_too() -> None:
    source = read(
        p("<w:r><w:pict><v:textbox><w:txbxContent>" + p("旧框") + "</w:txbxContent></v:textbox></w:pict></w:r>")
    )
    assert lines(source) == ["", "旧框"]


def test_a_table_in_a_text_box_is_a_table() -> None:
    source = read(p(r("正文") + BOX.format(tbl(tr(tc("甲"), tc("乙"))))))
    assert [areas(grid) for grid in grids(source)] == [[(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "乙")]]


def test_an_alternative_is_read_once_and_nothing_of_it_counts_as_unread() -> None:
    both = "<mc:AlternateContent><mc:Choice>{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>"
    source = read(both.format(p("一"), p("一")) + p(both.format(r("二"), r("二"))))
    assert lines(source) == ["一", "二"]
    assert source.losses == ()


def test_a_footnote_is_read_behind_the_paragraph_it_hangs_on() -> None:
    notes = (
        f'<w:footnote w:id="0" w:type="separator">{p("线")}</w:footnote><w:footnote w:id="2">{p("注文")}</w:footnote>'
    )
    source = read(p(r("正文") + '<w:r><w:footnoteReference w:id="2"/></w:r>') + p("后"), footnotes=notes)
    assert lines(source) == ["正文", "注文", "后"]
    assert losses(source) == [("footnote", "脚注 2", "注文", 1)]


def test_a_footnote_that_refers_to_itself_is_read_once() -> None:
    reference = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    notes = f'<w:footnote w:id="1">{p(r("注") + reference)}</w:footnote>'
    assert lines(read(p(r("甲") + reference), footnotes=notes)) == ["甲", "注"]


def test_a_picture_is_counted() -> None:
    assert losses(read(p(r("甲") + "<w:r><w:drawing/></w:r><w:r><w:object/></w:r>"))) == [
        ("picture", "正文第 1 段", "", 2)
    ]


def test_headers_footers_and_comments_are_named() -> None:
    comment = f'<w:comment w:id="0">{p("请核对")}</w:comment>'
    source = read(p("甲"), header=p("内部资料"), footer=p("— 1 —"), comments=comment)
    assert losses(source) == [
        ("page_noise", "页眉", "内部资料", 1),
        ("page_noise", "页脚", "— 1 —", 1),
        ("unread_text", "批注", "请核对", 3),
    ]


@pytest.mark.parametrize(
    ("body", "text", "count"),
    [
        (
            p(
                "<w:r><w:ruby><w:rt>"
                + r("gōng kāi")
                + "</w:rt><w:rubyBase>"
                + r("公开")
                + "</w:rubyBase></w:ruby></w:r>"
            ),
            "gōng kāi",
            7,
        ),
        (p("甲") + "<w:strange>" + p("没人认识") + "</w:strange>", "没人认识", 4),
        (p("甲") + '<w:altChunk r:id="r1"/>', "嵌入的另一份文档", 1),
        (p(r("甲") + '<w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>'), "符号 Wingdings F0A8", 1),
    ],
)
def test_what_was_not_carried_is_counted_and_named(body: str, text: str, count: int) -> None:
    (loss,) = read(body).losses
    assert (loss.kind, loss.text, loss.count) == ("unread_text", text, count)


def test_iso_strict_documents_are_read() -> None:
    found = {
        name: text.replace(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
        )
        for name, text in members(p("甲")).items()
    }
    assert lines(docx.read(zipped(found), "a.docx", lambda part, word: None)) == ["甲"]


def test_the_document_stands_where_the_package_says() -> None:
    found = {
        "_rels/.rels": relations(("officeDocument", "/other/main.xml")),
        "other/main.xml": part("document", f"<w:body>{p('甲')}</w:body>"),
    }
    assert lines(docx.read(zipped(found), "a.docx", lambda part, word: None)) == ["甲"]


def test_progress_grows_and_stays_within_one() -> None:
    told: list[float] = []
    stream = zipped(members(p("甲") * 350))
    docx.read(stream, "a.docx", lambda part, word: told.append(part))
    assert told == sorted(told)
    assert len(told) == 4
    assert 0 <= told[0] <= told[-1] <= 1


def test_a_document_of_python_docx_is_read_in_full() -> None:
    document = Document()
    document.add_heading("关于印发要点的通知", 1)
    document.add_paragraph("各科室：")
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "甲"
    stream = BytesIO()
    document.save(stream)
    stream.seek(0)
    source = docx.read(stream, "a.docx", lambda part, word: None)
    assert lines(source) == ["关于印发要点的通知", "各科室："]
    assert areas(grids(source)[0]) == [(0, 0, 2, 1, "甲"), (0, 1, 1, 1, ""), (1, 1, 1, 1, "")]
    assert source.losses == ()


@pytest.mark.parametrize(
    ("found", "words"),
    [
        ({"word/document.xml": "<w:document"}, "不是完好的 XML"),
        ({"word/document.xml": part("body", "")}, "没有 Office 文档的正文"),
        ({"word/document.xml": part("document", "")}, "没有正文"),
        ({"word/document.xml": part("document", "<w:body/>")}, "没有文字"),
        ({"word/document.xml": part("document", "<w:body>" + p("<w:r><w:drawing/></w:r>") + "</w:body>")}, "没有文字"),
        ({"a.txt": "甲"}, "压缩包"),
        ({"xl/workbook.xml": "<workbook/>"}, "Excel 工作簿"),
        ({"ppt/presentation.xml": "<a/>"}, "演示文稿"),
        ({"OFD.xml": "<a/>"}, "OFD"),
        ({"content.xml": "<a/>", "mimetype": "x"}, "OpenDocument"),
        ({"word/document.xml": part("document", "<w:x>" * 300 + "</w:x>" * 300)}, "套得太深"),
    ],
)
def test_what_is_no_word_document_gets_a_clear_answer(found: dict[str, str], words: str) -> None:
    with pytest.raises(ReadingError, match=words) as caught:
        docx.read(zipped(found), "通知.docx", lambda part, word: None)
    assert "通知.docx" in caught.value.message
    assert caught.value.hint
