"""The longest pause of the window's event loop while files come in and an article is scrolled.

    python tests/speed/importing.py FOLDER [--platform xcb]

FOLDER: files in the users' format. The window runs for real (offscreen unless told otherwise). A timer
scrolls sixty times a second and notes how much later than due it came. A process that does nothing but
wake sixty times a second runs beside it: its pauses are the machine's, whatever the window does. The last
line is `files=… seconds=… longest_pause_ms=… p99_ms=… idle_longest_ms=… memory_mb=…` (this process's at the
end and at its largest); the goal is a longest pause under 50 ms.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_FRAME = 16  # ms
_SETTLED = 2.0  # seconds without work before the files come
_IDLE = """
import sys, time
late = last = 0.0
while time.sleep(0.016) is None:
    now = time.perf_counter()
    late, last = max(late, now - last - 0.016 if last else 0.0), now
    print(round(late * 1000), flush=True)
"""


def memory() -> str:
    """Return this process's resident size, now and at its largest, in megabytes (Linux)."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    sizes = {line.split(":")[0]: int(line.split()[1]) // 1024 for line in lines if line.startswith("Vm")}
    return f"{sizes['VmRSS']}/{sizes['VmHWM']}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--platform", default="offscreen")
    options = parser.parse_args()
    os.environ["QT_QPA_PLATFORM"] = options.platform
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory() as home:
        os.environ["LEESLAMP_HOME"] = home
        measure(options.folder, Path(home))


def measure(folder: Path, home: Path) -> None:
    from PySide6.QtCore import Qt, QTimer
    from PySide6.QtWidgets import QTextEdit

    from desktop import app, i18n
    from desktop.settings import Settings

    i18n.use("en")
    application = app._application()
    program = app.Program(Settings(home / "settings.json"), home / "library", [])
    window = program.window
    window.resize(1440, 900)
    window.show()

    def wait_until(condition, seconds: float = 60.0) -> None:
        end = time.monotonic() + seconds
        while not condition():
            application.processEvents()
            assert time.monotonic() < end, "waited too long"

    def count() -> int:
        session = program.libraries.session
        if session is None:
            return 0
        return session.library.reader().execute("SELECT count(*) FROM article").fetchone()[0]

    wait_until(lambda: window.parts is not None)
    pane = window.parts.pane
    wait_until(lambda: count() >= 14 and program.libraries.session.index_state == "current")
    list_view = window.results.view
    wait_until(lambda: list_view.model().rowCount() >= 14)
    list_view.setCurrentIndex(list_view.model().index(0, 0))
    wait_until(lambda: any(view.verticalScrollBar().maximum() for view in pane.findChildren(QTextEdit)))
    settled = time.monotonic() + _SETTLED
    wait_until(lambda: time.monotonic() > settled)
    bar = max(pane.findChildren(QTextEdit), key=lambda view: view.height()).verticalScrollBar()
    turns: list[float] = []
    last = started = 0.0

    def turn() -> None:
        nonlocal last
        now = time.perf_counter()
        turns.append(max(0.0, (now - last) * 1000 - _FRAME))
        last = now
        bar.setValue((bar.value() + 7) % max(bar.maximum(), 1))

    timer = QTimer(interval=_FRAME, timerType=Qt.TimerType.PreciseTimer)
    timer.timeout.connect(turn)
    files = sum(1 for path in folder.rglob("*") if path.is_file())
    before = count()
    idle = subprocess.Popen([sys.executable, "-c", _IDLE], stdout=subprocess.PIPE, text=True)
    last = started = time.perf_counter()
    timer.start()
    window.parts.article_desk.take_in([str(folder)])
    finished = QTimer(interval=500)
    finished.timeout.connect(lambda: window.parts.importing.is_running or application.quit())
    finished.start()
    application.exec()
    seconds = time.perf_counter() - started
    timer.stop()
    idle.terminate()
    idle_longest = idle.communicate()[0].split()[-1]
    from desktop.tasks import imports

    assert count() + len(imports.problems(program.libraries.session)) >= before + files
    late = [number for number, one in enumerate(turns) if one > 50]
    print(f"frames more than 50 ms late: {len(late)} of {len(turns)}, numbers {late}")
    turns.sort()
    p99 = turns[int(len(turns) * 0.99)]
    print(
        f"{files=} seconds={seconds:.0f} longest_pause_ms={turns[-1]:.0f} p99_ms={p99:.1f} "
        f"idle_longest_ms={idle_longest} files_per_second={files / seconds:.1f} memory_mb={memory()}"
    )
    program.window.close()
    program.shut_down()


if __name__ == "__main__":
    main()
