"""CPU time of the Linux bundle beside the same program in `.venv`, in turns; the window on a screen of Xvfb.

    python tests/speed/bundle.py [--runs N] [--bundle FOLDER]

Prints a line for each: medians of CPU seconds, and the median of the ratios. The window counts until it is on
the screen (needs Xvfb and xdotool).
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_SECONDS = 60.0  # until a window has to be there
_LOOK_SECONDS = 0.01


def _environment(home: Path) -> dict[str, str]:
    environment = {**os.environ, "LEESLAMP_HOME": str(home), "PYTHONPATH": str(ROOT)}
    for name in ("PYTHONDONTWRITEBYTECODE", "QT_QPA_PLATFORM", "WAYLAND_DISPLAY"):
        environment.pop(name, None)  # an installed program has its bytecode
    return {**environment, "PYTHONPYCACHEPREFIX": str(home / "bytecode")}


def command_seconds(command: Sequence[str], home: Path) -> float:
    """Return the CPU time of a command with all processes that it starts."""
    process = subprocess.Popen(command, env=_environment(home), stdout=subprocess.DEVNULL)
    _pid, status, used = os.wait4(process.pid, 0)
    assert status == 0, command
    process.returncode = 0
    return used.ru_utime + used.ru_stime


def window_seconds(command: Sequence[str], home: Path) -> float:
    """Return the CPU time of the program until its window is on the screen."""
    process = subprocess.Popen(command, env=_environment(home), stdout=subprocess.DEVNULL)
    look = ["xdotool", "search", "--onlyvisible", "--name", "Leeslamp"]
    until = time.monotonic() + _SECONDS
    try:
        while subprocess.run(look, env=_environment(home), capture_output=True, check=False).returncode != 0:
            assert time.monotonic() < until, "no window"
            time.sleep(_LOOK_SECONDS)
        fields = Path(f"/proc/{process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    finally:
        process.terminate()
        process.wait()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--bundle", type=Path, default=ROOT / "dist" / "leeslamp")
    options = parser.parse_args()
    bundle, here = [str(options.bundle / "leeslamp")], [sys.executable, "-m", "desktop"]
    kinds: dict[str, tuple[Callable[[Sequence[str], Path], float], list[str]]] = {
        "--version": (command_seconds, ["--version"]),
        "--selftest": (command_seconds, ["--selftest"]),
        "window": (window_seconds, []),
    }
    screen = ["Xvfb", "-displayfd", "1", "-screen", "0", "1400x900x24", "-nolisten", "tcp"]
    server = subprocess.Popen(screen, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert server.stdout is not None
    os.environ["DISPLAY"] = f":{server.stdout.readline().strip()}"
    place = Path(tempfile.mkdtemp())
    try:
        seeds = [*here, "import", str(ROOT / "seeds")]
        subprocess.run(seeds, cwd=ROOT, env=_environment(place), check=True, stdout=subprocess.DEVNULL)
        for name, (measure, words) in kinds.items():
            pairs = [
                (measure([*bundle, *words], place), measure([*here, *words], place))
                for _turn in range(options.runs + 1)
            ][1:]
            ours, other = (statistics.median(column) for column in zip(*pairs, strict=True))
            ratio = statistics.median(one / two for one, two in pairs)
            print(f"{name:12} bundle {ours:.2f} s, .venv {other:.2f} s, ratio {ratio:.2f}", flush=True)
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(place, ignore_errors=True)


if __name__ == "__main__":
    main()
