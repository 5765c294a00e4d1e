"""ExportDocument -> text of a file. No database, no Qt.

A new format is a module here and one line in `EXPORTERS`.
"""

from __future__ import annotations

from desktop.exporters import markdown
from desktop.exporters.base import Exporter

EXPORTERS: dict[str, Exporter] = {
    "markdown": Exporter(".md", markdown.render),
}
