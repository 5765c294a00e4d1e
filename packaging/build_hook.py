"""Hatchling's build hook: compiles the catalogues and puts the bundled data into the wheel."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


def _translations(root: Path) -> ModuleType:
    """Load the neighbour by its path: the build runs with neither this folder nor the root on its path."""
    path = root / "packaging" / "translations.py"
    spec = importlib.util.spec_from_file_location("leeslamp_translations", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


class BuildHook(BuildHookInterface):  # type: ignore[misc]
    """Called by hatchling for wheels and for editable installs."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the catalogues beside their sources; a wheel gets a copy of all bundled data.

        An editable install needs no copy: `desktop.resources` finds the folders of the source tree.
        """
        root = Path(self.root)
        _translations(root).compile_all(root / "resources" / "translations")
        if version == "standard":
            build_data["force_include"][str(root / "resources")] = "desktop/_resources"
            build_data["force_include"][str(root / "seeds")] = "desktop/_seeds"
