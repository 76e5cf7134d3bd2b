"""The comparison of golden files sees every difference but that of how a member was packed."""

import io
from hashlib import sha256
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest

from tests.golden.compare import differences, wrong_sums


def packed(members: dict[str, bytes], method: int = ZIP_STORED) -> bytes:
    made = io.BytesIO()
    with ZipFile(made, "w") as archive:
        for name, content in members.items():
            archive.writestr(ZipInfo(name), content, method)
    return made.getvalue()


SHEET = {"[Content_Types].xml": b"<a/>", "xl/sheet1.xml": "<c>序号 7</c>".encode() * 40}


def package(workbook: bytes, letter: bytes = b"text") -> bytes:
    sums = f"{sha256(workbook).hexdigest()}  台账.xlsx\n{sha256(letter).hexdigest()}  a/信.txt\n"
    return packed({"包/台账.xlsx": workbook, "包/a/信.txt": letter, "包/SHA256SUMS": sums.encode()})


def test_the_same_members_packed_otherwise_do_not_differ() -> None:
    stored, deflated = packed(SHEET), packed(SHEET, ZIP_DEFLATED)
    assert stored != deflated
    assert differences("a.xlsx", stored, deflated) == []
    assert differences("a.zip", package(stored), package(deflated)) == []
    assert wrong_sums(package(stored)) == wrong_sums(package(deflated)) == []


@pytest.mark.parametrize("name", ["a.csv", "a.md", "a.json", "a.txt"])
def test_plain_files_differ_by_one_byte_and_the_place_is_said(name: str) -> None:
    assert differences(name, "序号,7".encode(), "序号,7".encode()) == []
    (said,) = differences(name, b"number 7, 8", b"number 9, 8")
    assert said == f"{name}: byte 7: golden …'number 7, 8'…, made …'number 9, 8'…"
    assert differences(name, b"a", b"a\n") != []
    assert differences(name, b"\xef\xbb\xbfa", b"a") != []


def test_the_member_that_differs_is_named_however_deep() -> None:
    other = SHEET | {"xl/sheet1.xml": "<c>序号 8</c>".encode() * 40}
    (said,) = differences("a.xlsx", packed(SHEET), packed(other))
    assert said.startswith("a.xlsx > xl/sheet1.xml: byte 10: ")
    (said,) = differences("a.zip", package(packed(SHEET)), package(packed(other)))
    assert said.startswith("a.zip > 包/台账.xlsx > xl/sheet1.xml: ")


def test_a_member_more_or_less_or_elsewhere_is_a_difference() -> None:
    more = SHEET | {"xl/more.xml": b""}
    turned = dict(reversed(SHEET.items()))
    for other in (more, turned, {}):
        (said,) = differences("a.docx", packed(SHEET), packed(other))
        assert said.startswith("a.docx: golden has the members")


def test_another_text_in_a_package_differs_in_its_member_and_in_its_sum() -> None:
    workbook = packed(SHEET)
    found = differences("a.zip", package(workbook), package(workbook, b"Text"))
    assert [said.partition(": ")[0] for said in found] == ["a.zip > 包/a/信.txt", "a.zip > 包/SHA256SUMS"]


def test_a_wrong_sum_and_a_member_without_one_are_named() -> None:
    sums = f"{'0' * 64}  a.txt\n".encode()
    assert wrong_sums(packed({"包/a.txt": b"a", "包/b.txt": b"b", "包/SHA256SUMS": sums})) == ["包/a.txt", "包/b.txt"]


def test_what_is_no_archive_is_said_to_be_none() -> None:
    assert differences("a.xlsx", packed(SHEET), b"no archive") == ["a.xlsx: File is not a zip file"]
