"""Where bundled data lies: in a source tree, in an installed wheel, in a frozen bundle.

Nobody else knows. In the source tree the data are the folders `resources/` and `seeds/` beside
`desktop/`; the wheel carries them as `desktop/_resources` and `desktop/_seeds`; a frozen bundle
has the wheel's layout under `sys._MEIPASS`.
"""

from __future__ import annotations

import sys
from functools import lru_cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@lru_cache
def _root(source_name: str, installed_name: str) -> Path:
    places = [_PACKAGE / installed_name, _PACKAGE.parent / source_name]
    bundle = getattr(sys, "_MEIPASS", None)
    if bundle:
        places.insert(0, Path(bundle) / "desktop" / installed_name)
    for place in places:
        if place.is_dir():
            return place
    raise FileNotFoundError(f"bundled data missing, looked in {', '.join(map(str, places))}")


def resource(*parts: str) -> Path:
    """Return the path of a file or folder in `resources/`, e.g. `resource("themes", "light.toml")`."""
    return _root("resources", "_resources").joinpath(*parts)


def starter_articles() -> Path:
    """Return the folder of the starter articles."""
    return _root("seeds", "_seeds")
