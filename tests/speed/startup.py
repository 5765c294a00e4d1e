"""From process start to first paint: Leeslamp beside an empty QMainWindow, in turns.

    python tests/speed/startup.py [--runs N]

The last line is `startup_ratio=… leeslamp_ms=… empty_ms=…` (medians). The goal is a ratio of at most 2.5.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

#: Prints the time of the first paint of a window, and ends.
WATCH = """
import os, time
from PySide6.QtCore import QEvent, QObject
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            watched.repaint()
            print(time.monotonic(), flush=True)
            os._exit(0)
        return False
"""

EMPTY = (
    WATCH
    + """
import sys
from PySide6.QtWidgets import QApplication, QMainWindow
application = QApplication(sys.argv)
application.setStyle("Fusion")
window = QMainWindow()
window.resize(1200, 800)
watch = Watch()
window.installEventFilter(watch)
window.show()
application.exec()
"""
)

LEESLAMP = (
    WATCH
    + """
import sys
from desktop import cli
assert not cli.is_command([])
from desktop import app
begin = app.Program.__init__
def watched(program, *arguments):
    begin(program, *arguments)
    program.watch = Watch()
    program.window.installEventFilter(program.watch)
app.Program.__init__ = watched
app.main([])
"""
)


def milliseconds(script: str, home: Path) -> float:
    environment = {**os.environ, "LEESLAMP_HOME": str(home), "PYTHONPATH": str(ROOT)}
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its bytecode
    environment["PYTHONPYCACHEPREFIX"] = str(home / "bytecode")
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return (float(done.stdout.split()[0]) - started) * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=9)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        library = str(home / "library")
        command = [sys.executable, "-m", "desktop", "import", str(ROOT / "seeds"), "--library", library]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        pairs = [(milliseconds(LEESLAMP, home), milliseconds(EMPTY, home)) for _ in range(runs + 1)][1:]
    ours, empty = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(one / other for one, other in pairs)
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, {runs} pairs")
    print(f"startup_ratio={ratio:.2f} leeslamp_ms={ours:.0f} empty_ms={empty:.0f}")


if __name__ == "__main__":
    main()
