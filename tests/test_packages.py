"""What packages are made of: icons, the menu entry, the description, the manual page."""

from __future__ import annotations

import configparser
import gzip
from pathlib import Path
from xml.etree import ElementTree as ET

import linux_packages
import macos_package
import manual_page
import program_icons
import pytest
from PySide6.QtGui import QImageReader
from steps import APP_ID, keep_to_budget, version

from desktop.cli import COMMANDS
from desktop.exporters import rules_file
from desktop.importers import IMPORTERS


@pytest.fixture(scope="module")
def share(qapp: object, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("share")
    linux_packages.put_desktop_files(folder)
    return folder


def test_the_menu_entry_takes_links_and_names_an_icon_that_is_there(share: Path) -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment,method-assign]
    entry.read(share / "applications" / f"{APP_ID}.desktop", encoding="utf-8")
    told = entry["Desktop Entry"]
    assert "x-scheme-handler/leeslamp" in told["MimeType"]
    assert told["Comment[nl]"]
    assert (share / "icons" / "hicolor" / "16x16" / "apps" / f"{told['Icon']}.png").is_file()


def test_desktops_offer_what_is_read_to_the_program(share: Path) -> None:
    assert set(linux_packages.OF_IMPORTERS) == {importer.name for importer in IMPORTERS}
    entry = (share / "applications" / f"{APP_ID}.desktop").read_text(encoding="utf-8")
    [line] = [line for line in entry.splitlines() if line.startswith("MimeType=")]
    told = ET.parse(share / "metainfo" / f"{APP_ID}.metainfo.xml").getroot()
    listed = [one.text for one in told.iter("mediatype")]
    assert line == "MimeType=" + "".join(f"{name};" for name in listed)
    assert {rules_file.MEDIA_TYPE, "text/html", "application/pdf", "message/rfc822"} <= set(listed)


def test_corrections_are_a_kind_of_file_by_name_and_by_content(share: Path) -> None:
    space = "{http://www.freedesktop.org/standards/shared-mime-info}"
    [kind] = ET.parse(share / "mime" / "packages" / f"{APP_ID}.xml").getroot()
    assert kind.get("type") == rules_file.MEDIA_TYPE
    [glob] = kind.iter(f"{space}glob")
    assert glob.get("pattern") == f"*{rules_file.SUFFIX}"
    [match] = kind.iter(f"{space}match")
    _first, _sign, last = (match.get("offset") or "").partition(":")
    assert match.get("value") in rules_file.to_text([])[: int(last) + 1]
    assert rules_file.is_begin(rules_file.to_text([]).encode())
    [declared] = macos_package.info()["UTExportedTypeDeclarations"]
    assert declared["UTTypeTagSpecification"]["public.filename-extension"] == [glob.get("pattern")[2:]]


def test_the_description_is_of_this_version(share: Path) -> None:
    told = ET.parse(share / "metainfo" / f"{APP_ID}.metainfo.xml").getroot()
    assert told.findtext("id") == APP_ID
    assert [one.get("version") for one in told.iter("release")] == [version()]


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_manual_page_tells_of_every_command(share: Path, language: str) -> None:
    folder = share / "man" / ("man1" if language == "en" else "nl/man1")
    page = gzip.decompress((folder / "leeslamp.1.gz").read_bytes()).decode()
    told = {line.split('"')[1].split()[0] for line in page.splitlines() if line.startswith(".SS")}
    assert told == set(COMMANDS)
    assert manual_page.manual_page(language) == page


def test_icons_are_read_again(tmp_path: Path, qapp: object) -> None:
    for file in (program_icons.write_ico(tmp_path / "a.ico"), program_icons.write_icns(tmp_path / "a.icns")):
        reader = QImageReader(str(file))
        assert not reader.read().isNull(), reader.errorString()


def test_what_is_too_heavy_stops_the_build() -> None:
    keep_to_budget("deb_megabytes", 1.0)
    with pytest.raises(SystemExit, match="budget"):
        keep_to_budget("deb_megabytes", 10_000.0)
