"""Start: a command goes to the command line, anything else opens the window."""

from __future__ import annotations

import os
import sys
from multiprocessing import freeze_support


def _no_screen() -> bool:
    """Tell whether a window has nowhere to go; only Linux can start without a screen."""
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform.startswith("linux") and not any(os.environ.get(name) for name in named)


def _try_window() -> str:
    """Try the window for the self-test; the command line itself loads no Qt."""
    from desktop.ui.self_test import try_window

    return try_window()


def main() -> int:
    """Run Leeslamp and return its exit code."""
    # In a frozen program a worker process starts here again.
    freeze_support()
    arguments = sys.argv[1:]
    from desktop import cli

    if cli.is_command(arguments):
        return cli.main(arguments, _try_window)
    if word := cli.mistyped(arguments):
        _refuse(N_("{word}: no such command and no such file; see leeslamp --help"), word=word)
        return 2
    if _no_screen():
        return _refuse(
            N_("There is no screen to open the window on; the commands need none: leeslamp --help")
        )
    try:
        from desktop import app
    except ImportError as error:
        if ".so" not in str(error):
            raise
        packages = "libegl1 libgl1 libfontconfig1 libdbus-1-3 libxkbcommon-x11-0 libxcb-cursor0"
        text = N_(
            "The window needs a library of the system: {detail}. Debian, Ubuntu: sudo apt install {packages}"
        )
        return _refuse(text, detail=str(error), packages=packages)
    return app.main(arguments)


def N_(text: str) -> str:  # noqa: N802
    """Mark a text for the catalogues; `_refuse` translates it."""
    return text


def _refuse(text: str, **values: str) -> int:
    from desktop import i18n

    i18n.use("system")
    sys.stderr.write(f"leeslamp: {i18n._(text).format(**values)}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
