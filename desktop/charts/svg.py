"""Pictures as SVG 1.1: shapes as shapes, text as text, nothing that has to be fetched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final
from xml.sax.saxutils import escape, quoteattr

FONTS: Final = "system-ui, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"
#: Of an em: about the width of a letter in the wider ones of such fonts, for those who cannot measure.
_LETTER, _WIDE, _NARROW = 0.6, 0.94, 0.36
_BROAD, _THIN = frozenset("MWmw@%—"), frozenset("iljtfrI.,:;'’!|()[] ")


class Svg:
    """Gathers what is drawn, in the order of drawing. All lengths are pixels."""

    def __init__(self, width: float, height: float, title: str, background: str) -> None:
        self._size = (width, height)
        self._title = title
        self._parts: list[str] = []
        self._parts.append(f'<rect width="{_n(width)}" height="{_n(height)}" fill={quoteattr(background)}/>')

    def line(self, x1: float, y1: float, x2: float, y2: float, width: float, colour: str, title: str) -> None:
        """Draw a line with round ends; title is what is told of it."""
        self._parts.append(
            f'<line x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}" stroke={quoteattr(colour)}'
            f' stroke-width="{_n(width)}" stroke-linecap="round">{_told(title)}</line>'
        )

    def polygon(
        self, corners: Sequence[tuple[float, float]], fill: str, title: str = "", edge: float = 0.0
    ) -> None:
        """Fill a shape; edge: of its round edge in the same colour, in pixels."""
        points = " ".join(f"{_n(x)},{_n(y)}" for x, y in corners)
        stroke = (
            f' stroke={quoteattr(fill)} stroke-width="{_n(edge)}" stroke-linejoin="round"' if edge else ""
        )
        self._parts.append(
            f'<polygon points="{points}" fill={quoteattr(fill)}{stroke}>{_told(title)}</polygon>'
        )

    def circle(self, x: float, y: float, radius: float, fill: str, title: str = "") -> None:
        """Fill a circle."""
        place = f'cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}"'
        self._parts.append(f"<circle {place} fill={quoteattr(fill)}>{_told(title)}</circle>")

    def text(self, x: float, y: float, words: str, size: float, colour: str, *, bold: bool = False) -> None:
        """Write words from x on, on the base line y."""
        weight = ' font-weight="600"' if bold else ""
        self._write(f'x="{_n(x)}" y="{_n(y)}"{weight}', words, size, colour)

    def label(self, x: float, y: float, words: str, size: float, colour: str, ground: str) -> None:
        """Write words around x, on the base line y, with a thin veil of another colour under them."""
        # Not a seam around the letters: not all programs know `paint-order`.
        width = width_of(words, size) + 4
        place = f'x="{_n(x - width / 2)}" y="{_n(y - size)}" width="{_n(width)}" height="{_n(size * 1.3)}"'
        self._parts.append(f'<rect {place} rx="3" fill={quoteattr(ground)} fill-opacity="0.72"/>')
        self._write(f'x="{_n(x)}" y="{_n(y)}" text-anchor="middle"', words, size, colour)

    def _write(self, place: str, words: str, size: float, colour: str) -> None:
        ink = f'font-size="{_n(size)}" fill={quoteattr(colour)}'
        self._parts.append(f"<text {place} {ink}>{escape(_storable(words))}</text>")

    def document(self) -> str:
        """Return the file's text."""
        width, height = map(_n, self._size)
        head = (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
            f' viewBox="0 0 {width} {height}" role="img" font-family={quoteattr(FONTS)}>\n'
            f"<title>{escape(_storable(self._title))}</title>\n"
        )
        return head + "\n".join(self._parts) + "\n</svg>\n"


def width_of(words: str, size: float) -> float:
    """Return about how wide words are in a generic font of this size."""
    return size * sum(_WIDE if c in _BROAD else _NARROW if c in _THIN else _LETTER for c in words)


def _told(title: str) -> str:
    return f"<title>{escape(_storable(title))}</title>" if title else ""


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def _storable(words: Iterable[str]) -> str:
    """Leave out what XML cannot hold."""
    return "".join(
        c
        for c in words
        if (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff") or c in "\t\n"
    )
