"""Draw the program's icons into `resources/icons/` from the Phosphor font that comes with qtawesome.

Run it after adding a name to NAMES: `QT_QPA_PLATFORM=offscreen python packaging/make_icons.py`. The
drawings are committed, so that the window needs neither the font nor qtawesome (200 ms) to start.
"""

from __future__ import annotations

import sys
from pathlib import Path

NAMES = """
arrow-counter-clockwise arrow-left arrow-right buildings-fill cake-fill calendar-blank calendar-blank-fill
calendar-check-fill calendar-plus-fill caret-down caret-right check clipboard-text clock-counter-clockwise
coin-fill copy export eye file-text flag-banner-fill folder-open folder-plus gear-six hash-bold
hourglass-fill info keyboard link-simple magnifying-glass map-pin-fill minus note-fill note-pencil pause
pencil-simple percent-bold play plus printer prohibit question quotes ruler-fill stack-fill star star-fill
tag thermometer-fill trash user-fill user-plus warning x
""".split()
SIDE = 256  #: units of the drawing


def main() -> int:
    """Write one SVG file per name; return 0."""
    from PySide6.QtGui import QRawFont, QTransform
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance() or QApplication(sys.argv[:1])
    import json

    import qtawesome

    fonts = Path(qtawesome.__file__).parent / "fonts"
    charmap = json.loads(next(fonts.glob("phosphor-charmap-*.json")).read_text(encoding="utf-8"))
    font = QRawFont(str(next(fonts.glob("phosphor-*.ttf"))), SIDE)
    target = Path(__file__).resolve().parent.parent / "resources" / "icons"
    for name in NAMES:
        [glyph] = font.glyphIndexesForString(chr(int(charmap[name], 16)))
        outline = QTransform.fromTranslate(0, font.ascent()).map(font.pathForGlyph(glyph))
        (target / f"{name}.svg").write_text(_svg(outline), encoding="utf-8", newline="\n")
    del application
    return 0


def _svg(outline: object) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} {SIDE}">'
        f'<path fill="currentColor" d="{_data(outline)}"/></svg>\n'
    )


def _data(outline) -> str:  # type: ignore[no-untyped-def]
    """Return the path in SVG's words, one decimal."""
    kinds = type(outline.elementAt(0).type)
    parts: list[str] = []
    for index in range(outline.elementCount()):
        element = outline.elementAt(index)
        letter = {kinds.MoveToElement: "M", kinds.LineToElement: "L", kinds.CurveToElement: "C"}.get(
            element.type, ""
        )
        parts.append(f"{letter}{element.x:.1f} {element.y:.1f}".replace(".0 ", " ").removesuffix(".0"))
    return " ".join(parts)


if __name__ == "__main__":
    sys.exit(main())
