"""How fast a folder comes in, and with how much memory; beside `recollindex` where it is installed.

    python tests/speed/import_rate.py FOLDER [--half]

Each runs in a process of its own on an empty library (or index). Leeslamp reads, detects languages, marks
names, amounts and dates, stores, links copies and indexes; recollindex reads and indexes. `--half`: first a
library of every second file, so that memory can be seen not to grow with what is imported. Figures: elapsed
and processor seconds with children, files a second of each, the largest resident size of one process.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--half", action="store_true")
    options = parser.parse_args()
    files = sorted(path for path in options.folder.rglob("*") if path.is_file())
    size = sum(file.stat().st_size for file in files)
    print(f"files={len(files)} cores={os.cpu_count()} megabytes={size / 1e6:.0f}")
    with tempfile.TemporaryDirectory() as place:
        if options.half:
            half = Path(place) / "half"
            for path in files[::2]:
                target = half / path.relative_to(options.folder)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, target)
            measure("leeslamp_half", ours(half, Path(place) / "first"), len(files[::2]))
        measure("leeslamp", ours(options.folder, Path(place) / "second"), len(files))
        if (recoll := shutil.which("recollindex")) is not None:
            conf = Path(place) / "recoll"
            conf.mkdir()
            (conf / "recoll.conf").write_text(f"topdirs = {options.folder.resolve()}\n", encoding="utf-8")
            measure("recollindex", [recoll, "-c", str(conf)], len(files))
        else:
            print("recollindex is not installed")


def ours(folder: Path, library: Path) -> list[str]:
    return [sys.executable, "-m", "desktop", "--library", str(library), "import", str(folder)]


def measure(name: str, command: list[str], files: int) -> None:
    child = (
        "import resource, subprocess, sys; code = subprocess.call(sys.argv[1:], stdout=subprocess.DEVNULL,"
        " stderr=subprocess.DEVNULL); used = resource.getrusage(resource.RUSAGE_CHILDREN);"
        " print(used.ru_utime + used.ru_stime, used.ru_maxrss, code)"
    )
    started = time.perf_counter()
    told = subprocess.run(
        [sys.executable, "-c", child, *command], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    seconds = time.perf_counter() - started
    print(
        f"{name}: seconds={seconds:.0f} processor_seconds={float(told[0]):.0f} "
        f"files_per_second={files / seconds:.0f} files_per_processor_second={files / float(told[0]):.0f} "
        f"largest_process_mb={int(told[1]) / 1024:.0f} exit={told[2]}"
    )


if __name__ == "__main__":
    main()
