"""ExportDocument -> bytes of a file. No database, no Qt.

A new format is a module here and one line in `EXPORTERS`. What is dear to import is imported when a file is
written.
"""

from __future__ import annotations

from desktop.exporters import docx, jsonld, markdown, note_tables, pdf, references, web_page
from desktop.exporters.base import Exporter

EXPORTERS: dict[str, Exporter] = {
    "markdown": Exporter(".md", markdown.write, whole=True),
    "html": Exporter(".html", web_page.write, whole=True),
    "docx": Exporter(".docx", docx.write, whole=True),
    "pdf": Exporter(".pdf", pdf.write, whole=True),
    "csv": Exporter(".csv", note_tables.write_csv),
    "xlsx": Exporter(".xlsx", note_tables.write_xlsx),
    "jsonld": Exporter(".jsonld", jsonld.write),
    "bibtex": Exporter(".bib", references.write_bibtex),
    "ris": Exporter(".ris", references.write_ris),
    "csl": Exporter(".json", references.write_csl),
}
