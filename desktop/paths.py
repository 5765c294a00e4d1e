"""Where the program keeps its own files on this computer.

One switch moves everything: the environment variable LEESLAMP_HOME. Without it the platform's own
places are used (platformdirs). Nothing is created here; whoever writes makes the folder.
"""

from __future__ import annotations

import os
from pathlib import Path


def _home() -> Path | None:
    home = os.environ.get("LEESLAMP_HOME")
    return Path(home).expanduser() if home else None


def config_folder() -> Path:
    """Return the folder of settings."""
    if home := _home():
        return home / "config"
    from platformdirs import user_config_path

    return user_config_path("leeslamp", appauthor=False)


def log_folder() -> Path:
    """Return the folder of log files."""
    if home := _home():
        return home / "log"
    from platformdirs import user_log_path

    return user_log_path("leeslamp", appauthor=False)


def default_library() -> Path:
    """Return the library that opens when none is named: LEESLAMP_LIBRARY, else in the user's data."""
    if named := os.environ.get("LEESLAMP_LIBRARY"):
        return Path(named).expanduser()
    if home := _home():
        return home / "library"
    from platformdirs import user_data_path

    return user_data_path("leeslamp", appauthor=False) / "library"
