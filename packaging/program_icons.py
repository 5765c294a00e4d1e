"""The program's lamp in the sizes and containers that systems want, made from `leeslamp.svg`."""

from __future__ import annotations

import os
import struct
from pathlib import Path

from steps import ROOT

DRAWING = ROOT / "resources" / "icons" / "leeslamp.svg"
SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)  #: pixels, of the hicolor theme
_ICO = (16, 24, 32, 48, 64, 256)
#: Kinds of PNG in an .icns file: https://en.wikipedia.org/wiki/Apple_Icon_Image_format
_ICNS = {16: b"icp4", 32: b"icp5", 64: b"icp6", 128: b"ic07", 256: b"ic08", 512: b"ic09", 1024: b"ic10"}


def png(side: int) -> bytes:
    """Return the lamp as PNG; side: pixels."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QBuffer, QIODevice
    from PySide6.QtGui import QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    application = QGuiApplication.instance() or QGuiApplication([])
    image = QImage(side, side, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(str(DRAWING)).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    del application
    return bytes(buffer.data().data())


def write_ico(target: Path) -> Path:
    """Write an icon for Windows: a directory, then a PNG a size (understood since Vista)."""
    pictures = [png(side) for side in _ICO]
    head = struct.pack("<HHH", 0, 1, len(pictures))
    place = len(head) + 16 * len(pictures)
    entries = b""
    for side, picture in zip(_ICO, pictures, strict=True):
        entries += struct.pack("<BBBBHHII", side % 256, side % 256, 0, 0, 1, 32, len(picture), place)
        place += len(picture)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(head + entries + b"".join(pictures))
    return target


def write_icns(target: Path) -> Path:
    """Write an icon for macOS."""
    parts = b""
    for side, kind in _ICNS.items():
        picture = png(side)
        parts += kind + struct.pack(">I", len(picture) + 8) + picture
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(b"icns" + struct.pack(">I", len(parts) + 8) + parts)
    return target
