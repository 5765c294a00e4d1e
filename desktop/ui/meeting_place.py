"""Where two starts on one library meet: the name of a local socket. Knows no Qt, so that asking is cheap."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from zlib import crc32


def name(library: Path) -> str:
    """Return the socket's name: short, since the path of a local socket holds about 100 characters."""
    user = os.getuid() if sys.platform != "win32" else os.environ.get("USERNAME", "")
    whose = f"{user}:{library.expanduser().absolute()}".encode("utf-8", "surrogatepass")
    return f"leeslamp-{crc32(whose):08x}{crc32(whose[::-1]):08x}"


def may_be_met(library: Path) -> bool:
    """Say whether it is worth asking for a window that has this library open.

    On Unix Qt makes a local socket as a file in the folder for temporary files; where there is none,
    nobody listens. Loading Qt's network module to hear that would cost 25 ms at every start.
    """
    if sys.platform == "win32":
        return (library / "library.sqlite3").exists()
    return (Path(os.environ.get("TMPDIR") or "/tmp") / name(library)).exists()
