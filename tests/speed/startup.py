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

EMPTY = """
import sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        print(time.monotonic(), flush=True)
        QTimer.singleShot(0, application.quit)
application = QApplication(sys.argv)
application.setStyle("Fusion")
window = Window()
window.resize(1200, 800)
window.show()
application.exec()
"""

LEESLAMP = """
import sys, time
from desktop import cli
assert not cli.is_command([])
from desktop import app, i18n, log, paths
from desktop.settings import Settings
log.start(paths.log_folder())
settings = Settings(paths.config_folder() / "settings.json")
i18n.use(settings.get("language"))
application = app._application()
library = app.first_library(settings)
app._is_open_elsewhere(library, [])
program = app.Program(settings, library, [])
program.window.painted.connect(lambda: (print(time.monotonic(), flush=True), finish()))
def finish():
    import os
    os._exit(0)
program.window.show()
application.exec()
"""


def milliseconds(script: str, home: Path) -> float:
    environment = {**os.environ, "LEESLAMP_HOME": str(home), "PYTHONPATH": str(ROOT)}
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its bytecode
    environment["PYTHONPYCACHEPREFIX"] = str(home / "bytecode")
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True, timeout=60
    )
    return (float(done.stdout.split()[0]) - started) * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=9)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        subprocess.run(
            [sys.executable, "-m", "desktop", "import", str(ROOT / "seeds"), "--library", str(home / "library")],
            cwd=ROOT, check=True, capture_output=True,
        )  # fmt: skip
        pairs = [(milliseconds(LEESLAMP, home), milliseconds(EMPTY, home)) for _ in range(runs + 1)][1:]
    ours, empty = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(one / other for one, other in pairs)
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, {runs} pairs")
    print(f"startup_ratio={ratio:.2f} leeslamp_ms={ours:.0f} empty_ms={empty:.0f}")


if __name__ == "__main__":
    main()
