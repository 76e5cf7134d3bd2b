"""Small files to attach, made in code: a picture of a page, a photograph, a printed sheet, a text.

No byte of them depends on a library: the pictures are not deflated by zlib, whose builds differ.
"""

import hashlib
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from db.rules.evidence import PIECE

WIDTH: Final = 240
HEIGHT: Final = 160
SIDE: Final = 8
"""Of a block of a photograph, in pixels."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A Source of db.rules.evidence that no file system stands behind."""

    name: str
    content: bytes
    modified_at: str

    @property
    def size(self) -> int:
        return len(self.content)

    def pieces(self) -> Iterator[bytes]:
        for at in range(0, len(self.content), PIECE):
            yield self.content[at : at + PIECE]


def of_kind(name: str, modified_at: str) -> Paper:
    """The paper of that name, of the kind that its suffix says, like no other of another name."""
    makers = {".png": _png, ".jpg": _jpeg, ".pdf": _pdf, ".txt": _text}
    return Paper(name, makers[name[name.rindex(".") :]](name), modified_at)


def _pattern(name: str, number: int) -> bytes:
    """So many bytes that depend on the name."""
    return hashlib.shake_128(name.encode()).digest(number)


def _png(name: str) -> bytes:
    """A page as on a screen: a bar and lines of writing, each as long as the name makes it; four greys."""
    lengths = _pattern(name, HEIGHT)
    rows = bytearray()
    for y in range(HEIGHT):
        if y < 24:
            row = b"\x55" * (WIDTH // 4)
        elif y % 12 in (4, 5, 6, 7):
            ink = 15 + lengths[y // 12] % 40
            row = b"\xff\xff" + b"\x00" * ink + b"\xff" * (WIDTH // 4 - 2 - ink)
        else:
            row = b"\xff" * (WIDTH // 4)
        rows += b"\x00" + row
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 2, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", _stored(bytes(rows))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in chunks)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _stored(content: bytes) -> bytes:
    """A zlib stream (RFC 1950) of one block that is not compressed."""
    assert len(content) < 1 << 16
    size = struct.pack("<HH", len(content), len(content) ^ 0xFFFF)
    return b"\x78\x01\x01" + size + content + struct.pack(">I", zlib.adler32(content))


def _jpeg(name: str) -> bytes:
    """A photograph seen from far away: blocks of one grey each, so that only DC values are coded (ITU-T T.81)."""
    across, down = WIDTH // SIDE, HEIGHT // SIDE
    shades = _pattern(name, across * down)
    bits, before = "", 0
    for at, shade in enumerate(shades):
        light = 110 - at // across * 8 + shade % 24 - 12
        bits += _coded(light - before) + "0"
        before = light
    bits += "1" * (-len(bits) % 8)
    scan = bytes(int(bits[at : at + 8], 2) for at in range(0, len(bits), 8)).replace(b"\xff", b"\xff\x00")
    sizes = b"\x00\x00\x00\x0c" + b"\x00" * 12
    segments = (
        (0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"),
        (0xDB, b"\x00" + bytes([SIDE]) * 64),
        (0xC0, struct.pack(">BHHB", 8, HEIGHT, WIDTH, 1) + b"\x01\x11\x00"),
        (0xC4, b"\x00" + sizes + bytes(range(12))),
        (0xC4, b"\x10\x01" + b"\x00" * 15 + b"\x00"),
        (0xDA, b"\x01\x01\x00\x00\x3f\x00"),
    )
    body = b"".join(struct.pack(">BBH", 0xFF, kind, len(said) + 2) + said for kind, said in segments)
    return b"\xff\xd8" + body + scan + b"\xff\xd9"


def _coded(difference: int) -> str:
    """The category in four bits, then the difference in as many bits as its category says."""
    size = abs(difference).bit_length()
    value = difference if difference >= 0 else difference + (1 << size) - 1
    return f"{size:04b}" + (f"{value:0{size}b}" if size else "")


def _pdf(name: str) -> bytes:
    """One page that prints its name in a font of the reader's."""
    line = name.encode("utf-16-be").hex()
    page = f"BT /F1 18 Tf 72 760 Td <{line}> Tj ET".encode()
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(page), page),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [6 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 7 0 R"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>",
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0"
        b" /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
    )
    made, places = b"%PDF-1.4\n", []
    for number, said in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, said)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    end = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, len(made))
    return made + b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, table) + end


def _text(name: str) -> bytes:
    return f"{name[:-4]}\n\n第一项 已核对\n第二项 已公开\n编号 001234\n".encode()
