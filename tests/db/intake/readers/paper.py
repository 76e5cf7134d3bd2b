"""A sheet of paper to print on: lines of type, ruled tables, pictures, as a PDF. Measures in points from the upper left
corner of an A4 page; type is 12 points."""

import io
import re

from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"
SIZE = 12
SPAN = re.compile(r"(.*?)(\d)x(\d)")


class Paper:
    """Pages that are printed on one after another."""

    def __init__(self, password: str = "") -> None:
        rl_config.invariant = 1
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
        self._kept = io.BytesIO()
        lock = StandardEncryption(password, strength=128) if password else None
        self._canvas = Canvas(self._kept, pagesize=A4, encrypt=lock)
        self._canvas.setFont(FONT, SIZE)

    def line(self, left: float, top: float, text: str, *, turned: bool = False) -> None:
        """A line whose upper edge is at `top`."""
        if turned:
            self._canvas.saveState()
            self._canvas.translate(left, A4[1] - top)
            self._canvas.rotate(-90)
            self._canvas.drawString(0, 0, text)
            self._canvas.restoreState()
        else:
            self._canvas.drawString(left, A4[1] - top - SIZE, text)

    def table(self, left: float, top: float, widths: list[float], heights: list[float], texts: list[str]) -> None:
        """A ruled table, its texts in order; '甲2x1' spans two rows; lines of a cell by '/'."""
        taken: set[tuple[int, int]] = set()
        given = iter(texts)
        for row in range(len(heights)):
            for column in range(len(widths)):
                if (row, column) in taken:
                    continue
                found = SPAN.fullmatch(text := next(given))
                text, rows, columns = (found[1], int(found[2]), int(found[3])) if found else (text, 1, 1)
                taken |= {(row + y, column + x) for y in range(rows) for x in range(columns)}
                x, y = left + sum(widths[:column]), top + sum(heights[:row])
                width, height = sum(widths[column : column + columns]), sum(heights[row : row + rows])
                self._canvas.rect(x, A4[1] - y - height, width, height)
                for number, line in enumerate(text.split("/")):
                    self.line(x, y + 2 + number * 16, line)

    def picture(self, left: float, top: float, width: float, height: float) -> None:
        """A grey picture."""
        from PIL import Image

        image = ImageReader(Image.new("L", (8, 8), 200))
        self._canvas.drawImage(image, left, A4[1] - top - height, width, height)

    def page(self) -> None:
        """On to the next page."""
        self._canvas.showPage()
        self._canvas.setFont(FONT, SIZE)

    def raw(self) -> bytes:
        """The file."""
        self._canvas.save()
        return self._kept.getvalue()
