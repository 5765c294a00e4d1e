"""Which font draws which character on a printed page, and the order in which they stand there.

The fonts go along inside the file. What the text font lacks comes from the one with many signs, then from
fonts of the system; what none has is shown as an open square.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.exporters.base import printable
from desktop.resources import resource

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFont

TEXT, BOLD, ITALIC = "SourceSerif4-Regular", "SourceSerif4-Bold", "SourceSerif4-Italic"
SIGNS = "DejaVuSans"
_MISSING = "□"

#: Where systems keep fonts for what few texts hold: Chinese, Japanese, Korean, Indic, Thai, pictures.
_ON_WINDOWS = (
    "msyh.ttc msgothic.ttc malgun.ttf seguisym.ttf seguiemj.ttf Nirmala.ttf Nirmala.ttc leelawui.ttf"
).split()
_ON_MAC = (
    "/System/Library/Fonts/Supplemental/Arial Unicode.ttf",
    "/Library/Fonts/Arial Unicode.ttf",
    "/System/Library/Fonts/Apple Symbols.ttf",
)
_ON_LINUX = (
    "truetype/droid/DroidSansFallbackFull.ttf",
    "truetype/wqy/wqy-microhei.ttc",
    "truetype/noto/NotoSansDevanagari-Regular.ttf",
    "truetype/noto/NotoSansThai-Regular.ttf",
    "truetype/noto/NotoSansSymbols2-Regular.ttf",
    "truetype/ancient-scripts/Symbola_hint.ttf",
    "google-droid-sans-fonts/DroidSansFallbackFull.ttf",
    "TTF/Symbola.ttf",
)


@lru_cache
def font(name: str) -> TTFont:
    """Return one of the bundled fonts, known to the printer from now on."""
    return _register(name, resource("fonts", f"{name}.ttf"))


def _register(name: str, path: Path) -> TTFont:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    class Font(TTFont):  # type: ignore[misc]
        """A font whose signs beyond the first 65,536 can be searched for and copied too."""

        def addObjects(self, doc: Any) -> None:  # noqa: N802 (the library's name)
            super().addObjects(doc)
            for key, part in list(doc.idToObject.items()):
                if str(key).startswith("toUnicodeCMap:"):
                    part.content = _FAR_SIGN.sub(_as_pair, part.content)

    made = Font(name, str(path))
    pdfmetrics.registerFont(made)
    return made


#: The library writes the number of such a sign; a map to Unicode wants UTF-16.
_FAR_SIGN = re.compile(r"<([0-9A-F]{5,6})>")


def _as_pair(match: re.Match[str]) -> str:
    return f"<{chr(int(match[1], 16)).encode('utf-16-be').hex().upper()}>"


def _system_files() -> Iterator[Path]:
    if sys.platform == "win32":
        yield from (Path(r"C:\Windows\Fonts") / name for name in _ON_WINDOWS)
    elif sys.platform == "darwin":
        yield from map(Path, _ON_MAC)
    else:
        yield from (Path("/usr/share/fonts") / name for name in _ON_LINUX)


@lru_cache
def _system_fonts() -> tuple[str, ...]:
    """Return the names of fonts of this system that can go into a file."""
    found = []
    for number, path in enumerate(_system_files()):
        if path.is_file():
            name = f"System{number}"
            try:
                _register(name, path)
            except Exception:  # an outline format that cannot be embedded, or a damaged file
                continue
            found.append(name)
    return tuple(found)


@lru_cache(maxsize=20_000)
def _drawn_by(char: str, wanted: str) -> str | None:
    """Return the font that draws a character, None where none does."""
    from reportlab.pdfbase import pdfmetrics

    code = ord(char)
    for name in (wanted, TEXT, SIGNS):
        if code in font(name).face.charToGlyph:
            return name
    for name in _system_fonts():
        if code in pdfmetrics.getFont(name).face.charToGlyph:
            return name
    return None


def runs(text: str, wanted: str = TEXT) -> Iterator[tuple[str, str]]:
    """Yield (font, words): the text in the order in which it is drawn, in pieces of one font each."""
    fonts: list[tuple[str, str]] = []
    for char in visual(unicodedata.normalize("NFC", printable(text))):
        name = wanted if char in " \n" else _drawn_by(char, wanted)
        if name is None:
            if unicodedata.category(char) in ("Cf", "Cc", "Mn", "Me"):
                continue  # what joins or varies the sign before it
            name, char = SIGNS, _MISSING
        fonts.append((name, char))
    for name, group in groupby(fonts, key=lambda one: one[0]):
        yield name, "".join(char for _name, char in group)


# Right to left


def visual(text: str) -> str:
    """Return text in the order in which it is drawn: Hebrew and Arabic from right to left, letters joined.

    Each stretch of them is turned round as a whole, which is right as long as it stands on one line.
    """
    if not _has_rtl(text):
        return text
    parts: list[str] = []
    for rtl, group in groupby(_spans(text), key=lambda span: span[1]):
        words = "".join(span[0] for span in group)
        parts.append(_turned(_joined(words)) if rtl else words)
    return "".join(parts)


def _has_rtl(text: str) -> bool:
    return not text.isascii() and any(
        "\u0590" <= char <= "\u08ff" or "\ufb1d" <= char <= "\ufefc" for char in text
    )


def _spans(text: str) -> Iterator[tuple[str, bool]]:
    """Yield characters with whether they belong to a stretch from right to left.

    What is neither goes along where the characters on both sides do.
    """
    strong = [unicodedata.bidirectional(char) for char in text]
    last = False
    place = 0
    while place < len(text):
        if strong[place] in ("R", "AL", "L"):
            last = strong[place] != "L"
            yield text[place], last
            place += 1
            continue
        end = place
        while end < len(text) and strong[end] not in ("R", "AL", "L"):
            end += 1
        inside = last and (end < len(text) and strong[end] != "L") and "\n" not in text[place:end]
        attached = last and unicodedata.combining(text[place])
        for number in range(place, end):
            yield text[number], bool(inside or (attached and unicodedata.combining(text[number])))
        place = end


_MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")


def _turned(words: str) -> str:
    """Turn a stretch round; numbers in it stay as they are, marks stay behind their letter."""
    units: list[str] = []
    for kind, group in groupby(words, key=lambda char: unicodedata.bidirectional(char) in ("EN", "AN")):
        if kind:
            units.append("".join(group))
            continue
        for char in group:
            if unicodedata.combining(char) and units:
                units[-1] += char
            else:
                units.append(char.translate(_MIRRORED))
    return "".join(reversed(units))


@lru_cache
def _forms() -> dict[str, dict[str, str]]:
    """Return of each Arabic letter its forms ("isolated", "initial", "medial", "final") as characters."""
    forms: dict[str, dict[str, str]] = {}
    for code in (*range(0xFB50, 0xFBFF), *range(0xFE80, 0xFEFD)):
        parts = unicodedata.decomposition(chr(code)).split()
        if len(parts) == 2:
            letter, form = chr(int(parts[1], 16)), parts[0].strip("<>")
            forms.setdefault(letter, {}).setdefault(form, chr(code))
    return forms


def _joined(words: str) -> str:
    """Give Arabic letters the form that they have beside their neighbours."""
    forms = _forms()
    if not any(char in forms for char in words):
        return words
    letters = [place for place, char in enumerate(words) if not unicodedata.combining(char)]
    made = list(words)

    def joins(place: int | None, form: str) -> bool:
        return place is not None and form in forms.get(words[place], {})

    for number, place in enumerate(letters):
        own = forms.get(words[place])
        if not own:
            continue
        before = letters[number - 1] if number else None
        after = letters[number + 1] if number + 1 < len(letters) else None
        to_before = joins(before, "initial") and "final" in own
        to_after = "initial" in own and joins(after, "final")
        form = "medial" if to_before and to_after else "final" if to_before else "initial" if to_after else ""
        made[place] = own.get(form or "isolated", words[place])
    return "".join(made)
