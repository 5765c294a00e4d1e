"""Make what people download, and the lock files it is made from.

    python packaging/make_packages.py lock       write requirements*.lock anew (needs uv)
    python packaging/make_packages.py linux      dist/leeslamp/: one folder that runs without Python
    python packaging/make_packages.py deb        dist/leeslamp_VERSION_amd64.deb, of that folder
    python packaging/make_packages.py appimage   an AppDir, and an AppImage with --runtime FILE
    python packaging/make_packages.py flatpak    a manifest and the tree it packs
    python packaging/make_packages.py nsis       the installer for Windows, with --python FILE
    python packaging/make_packages.py macos      a disk image; elsewhere its icon and Info.plist
    python packaging/make_packages.py all        all that this system can make

Run it with the Python of .venv after `python3 leeslamp.py --setup-only test`, on the oldest system that
is to be supported: a bundle needs the C library it was made with, or a newer one. Making it takes, on a
bare Debian, the packages binutils, libpython3.11 and libwayland-cursor0 too; a step that needs another
tool names it. Of the system a bundle needs what every desktop has: OpenGL (libegl1, libgl1), fontconfig
and fonts. It stays one folder, so that the reader can put another Qt in place (LGPL). Every bundle is
started before it counts, and none may be heavier than budget.toml says.
"""

from __future__ import annotations

import argparse
import platform
import sys
from collections.abc import Callable
from pathlib import Path

import bundle
import linux_packages
import macos_package
import windows_package
from steps import run


def lock() -> None:
    """Resolve the dependencies for every system and Python; the second file adds the tools to the first."""
    compiler = ["uv", "pip", "compile", "--quiet", "--upgrade", "--universal", "--python-version", "3.11"]
    compiler += [
        "--generate-hashes",
        "--no-header",
        "--no-emit-index-url",
        "pyproject.toml",
        "--group",
        "build",
    ]
    run([*compiler, "--output-file", "requirements.lock"])
    tools = ["--group", "test", "--group", "package", "--constraints", "requirements.lock"]
    run([*compiler, *tools, "--output-file", "requirements-dev.lock"])


def everything(options: argparse.Namespace) -> None:
    """Make all that this system can make."""
    if platform.system() == "Darwin":
        macos_package.macos()
        return
    bundle.make()
    linux_packages.deb()
    linux_packages.appimage(options.runtime)
    linux_packages.flatpak()
    if options.python is not None:
        windows_package.windows(options.python, options.sha256)


COMMANDS: dict[str, Callable[[argparse.Namespace], None]] = {
    "lock": lambda _options: lock(),
    "linux": lambda _options: bundle.make(),
    "deb": lambda _options: linux_packages.deb(),
    "appimage": lambda options: linux_packages.appimage(options.runtime),
    "flatpak": lambda _options: linux_packages.flatpak(),
    "nsis": lambda options: windows_package.windows(options.python, options.sha256),
    "macos": lambda _options: macos_package.macos(),
    "all": everything,
}


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument("--runtime", type=Path, help="of AppImage, to put before the packed folder")
    parser.add_argument("--python", type=Path, help="the embeddable Python for Windows, a zip file")
    parser.add_argument("--sha256", help="what that file's sha256 is to be")
    options = parser.parse_args(arguments)
    COMMANDS[options.command](options)
    return 0


if __name__ == "__main__":
    sys.exit(main())
