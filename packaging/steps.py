"""What every step of making packages needs: where things are, running tools, versions, sizes."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from string import Template

PACKAGING = Path(__file__).resolve().parent
ROOT = PACKAGING.parent
BUILD = ROOT / "build"
DIST = ROOT / "dist"
BUNDLE = DIST / "leeslamp"

APP_ID = "io.github.leeslamp.leeslamp"  #: as desktops, Flatpak and macOS know the program
HOMEPAGE = "https://github.com/leeslamp/leeslamp"  #: where the source and its issues are
MAINTAINER = "Leeslamp contributors <leeslamp@users.noreply.github.com>"


def run(command: list[str], *, env: Mapping[str, str] | None = None, cwd: Path = ROOT) -> None:
    """Run a step and stop when it fails; what it said stands above. env: added to the environment."""
    done = subprocess.run(command, cwd=cwd, check=False, env={**os.environ, **(env or {})})
    if done.returncode != 0:
        raise SystemExit(f"failed ({done.returncode}): {' '.join(command)}")


def need(tools: Mapping[str, str]) -> None:
    """Stop when a tool is missing, with the package of Debian that has it."""
    missing = [package for tool, package in tools.items() if shutil.which(tool) is None]
    if missing:
        raise SystemExit(f"tools are missing; on Debian and Ubuntu: apt install {' '.join(missing)}")


def version() -> str:
    """Return the program's version."""
    text = (ROOT / "desktop" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'__version__ = "(.+)"', text)
    assert found is not None
    return found.group(1)


def epoch() -> int:
    """Return the time that stands in packages (seconds): SOURCE_DATE_EPOCH, else that of the last commit.

    https://reproducible-builds.org/specs/source-date-epoch/
    """
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(given)
    answer = subprocess.run(
        ["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return int(answer.stdout or (ROOT / "CHANGELOG.md").stat().st_mtime)


def day() -> str:
    """Return the day that stands in packages, YYYY-MM-DD."""
    return f"{datetime.fromtimestamp(epoch(), UTC):%Y-%m-%d}"


def fill(template: Path, target: Path, **values: object) -> Path:
    """Write a template with its `${name}`s filled in; a name without a value is a KeyError."""
    target.parent.mkdir(parents=True, exist_ok=True)
    text = Template(template.read_text(encoding="utf-8")).substitute(values)
    target.write_text(text, encoding="utf-8", newline="\n")
    return target


def files_in(folder: Path) -> Iterator[Path]:
    """Yield the files of a folder in a fixed order, without links."""
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())


def megabytes(path: Path) -> float:
    """Return the size of a file, or of all files of a folder."""
    sizes = [path.stat().st_size] if path.is_file() else (one.stat().st_size for one in files_in(path))
    return sum(sizes) / 1e6


def keep_to_budget(name: str, figure: float) -> None:
    """Stop where a figure is over its line in budget.toml."""
    budget = tomllib.loads((PACKAGING / "budget.toml").read_text(encoding="utf-8"))[name]
    print(f"{name}: {figure:.1f} of {budget}")
    if figure > budget:
        raise SystemExit(f"{name} is over its budget in packaging/budget.toml: {figure:.1f} > {budget}")


def same_times(folder: Path) -> None:
    """Give all files of a folder the time that stands in packages, so that two builds are alike."""
    for path in [folder, *folder.rglob("*")]:
        os.utime(path, (epoch(), epoch()), follow_symlinks=False)
