"""Reading which libraries a program or library for Windows (64 bits) needs.

Source of the layout: Microsoft, "PE Format", https://learn.microsoft.com/windows/win32/debug/pe-format.
"""

from __future__ import annotations

import struct
from pathlib import Path


def imports(path: Path) -> dict[str, list[str]]:
    """Return the libraries that a file needs, each with the names taken from it ("#12" = by number).

    Raises ValueError where the file is no such program or library.
    """
    data = path.read_bytes()
    if data[:2] != b"MZ":
        raise ValueError(f"{path} is no program for Windows")
    start = struct.unpack_from("<I", data, 0x3C)[0]
    sections, optional = struct.unpack_from("<H12xH", data, start + 6)
    head = start + 24
    if data[start : start + 4] != b"PE\0\0" or struct.unpack_from("<H", data, head)[0] != 0x20B:
        raise ValueError(f"{path} is no program for Windows of 64 bits")
    table: list[tuple[int, int, int, int]] = [
        struct.unpack_from("<4I", data, head + optional + 40 * number + 8) for number in range(sections)
    ]

    def place(address: int) -> int:
        for size, virtual, raw_size, raw in table:
            if virtual <= address < virtual + max(size, raw_size):
                return address - virtual + raw
        raise ValueError(f"{path} points outside itself")

    def text(at: int) -> str:
        return data[at : data.index(0, at)].decode("ascii")

    found: dict[str, list[str]] = {}
    directory = struct.unpack_from("<I", data, head + 112 + 8)[0]
    entry = place(directory) if directory else None
    while entry is not None:
        lookup, _stamp, _chain, name, first = struct.unpack_from("<5I", data, entry)
        if not name:
            break
        names = found.setdefault(text(place(name)), [])
        at = place(lookup or first)
        while value := struct.unpack_from("<Q", data, at)[0]:
            names.append(f"#{value & 0xFFFF}" if value >> 63 else text(place(value) + 2))
            at += 8
        entry += 20
    return found
