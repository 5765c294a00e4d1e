"""Every format that can be read is named where readers look for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.cli import main
from desktop.importers import IMPORTERS, Importer

README = Path(__file__).resolve().parents[2] / "README.md"


@pytest.mark.parametrize("importer", IMPORTERS, ids=lambda importer: importer.name)
def test_every_format_is_in_the_help_and_the_manual(
    importer: Importer, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["import", "--help"])
    told = capsys.readouterr().out
    manual = README.read_text("utf-8").partition("## What is read")[2].partition("\n## ")[0]
    names = [suffix.lstrip(".").upper() for suffix in importer.suffixes]
    assert any(name in told for name in names)
    assert any(name in manual for name in names) or importer.name in manual.lower()
