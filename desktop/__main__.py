"""Start: a command goes to the command line, anything else opens the window."""

from __future__ import annotations

import os
import sys
from multiprocessing import freeze_support


def _no_screen() -> bool:
    """Tell whether a window has nowhere to go; only Linux can start without a screen."""
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform.startswith("linux") and not any(os.environ.get(name) for name in named)


def main() -> int:
    """Run Leeslamp and return its exit code."""
    # In a frozen program a worker process starts here again.
    freeze_support()
    arguments = sys.argv[1:]
    from desktop import cli

    if cli.is_command(arguments):
        return cli.main(arguments)
    if _no_screen():
        from desktop import i18n

        i18n.use("system")
        text = i18n._("There is no screen to open the window on; the commands need none: leeslamp --help")
        sys.stderr.write(f"leeslamp: {text}\n")
        return 1
    from desktop import app

    return app.main(arguments)


if __name__ == "__main__":
    sys.exit(main())
