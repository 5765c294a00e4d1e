"""The dialog of exports, notes that come in, and the library as a folder, as a person uses them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QPushButton

from desktop.library import annotations as notes
from desktop.library import articles
from desktop.tasks import annotate
from desktop.ui.export_dialog import ExportDialog, format_table


@pytest.fixture
def noted(library_of_three: Any) -> Any:
    """Return the window with notes in two of the articles, the newest one open."""
    session = library_of_three.libraries.session
    newest = articles.newest(session.library.reader(), 2)
    for article, (colour, note) in zip(newest, [(1, "Let op"), (3, "")], strict=True):
        annotate.highlight(session, article.id, 0, 9, colour=colour, note=note, tags=["geld"] if note else [])
    library_of_three.idle()
    return library_of_three


def opened(desktop: Any) -> ExportDialog:
    desktop.window.action_table["export_notes"].trigger()
    dialog = desktop.dialog(ExportDialog)
    desktop.qtbot.waitUntil(lambda: dialog.preview.toPlainText() != "")
    return dialog


def choose(box: Any, data: object) -> None:
    place = box.findData(data)
    assert place >= 0
    box.setCurrentIndex(place)


def shown(desktop: Any, dialog: ExportDialog, *words: str) -> None:
    desktop.qtbot.waitUntil(lambda: all(word in dialog.preview.toPlainText() for word in words))


def test_what_is_chosen_is_shown_at_once(noted: Any) -> None:
    dialog = opened(noted)
    shown(noted, dialog, "Let op", "colour 3")
    assert dialog._count.text() == "2 notes in 2 articles"
    dialog.findChild(QCheckBox, "exportColour3").click()
    noted.qtbot.waitUntil(lambda: "colour 3" not in dialog.preview.toPlainText())
    assert dialog._count.text() == "1 note in 1 article"
    choose(dialog.tag, "geld")
    choose(dialog.format, "bibtex")
    shown(noted, dialog, "@article{")
    choose(dialog.kind, "article")
    noted.qtbot.waitUntil(lambda: dialog._count.text().startswith("Nothing"))
    assert not dialog.findChild(QPushButton, "doExport").isEnabled()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    noted.idle()


@pytest.mark.parametrize("name", [name for name, _words, _suffix in format_table()])
def test_every_format_is_written(noted: Any, name: str, tmp_path: Path) -> None:
    dialog = opened(noted)
    choose(dialog.format, name)
    noted.messages.answers = [tmp_path / "uit"]
    noted.qtbot.waitUntil(lambda: dialog.findChild(QPushButton, "doExport").isEnabled())
    dialog.findChild(QPushButton, "doExport").click()
    noted.idle()
    suffix = {one: suffix for one, _words, suffix in format_table()}[name]
    assert (tmp_path / f"uit{suffix}").stat().st_size > 50
    assert noted.messages.told[-1] == f"Notes written to uit{suffix}"
    assert noted.messages.warned == []
    assert noted.settings.get("export_format") == name


def test_choices_are_remembered(noted: Any, tmp_path: Path) -> None:
    dialog = opened(noted)
    choose(dialog.format, "html")
    choose(dialog.scope, "article")
    dialog.whole.setChecked(True)
    noted.messages.answers = [tmp_path / "uit.html"]
    noted.qtbot.waitUntil(lambda: dialog.findChild(QPushButton, "doExport").isEnabled())
    dialog.findChild(QPushButton, "doExport").click()
    noted.idle()
    assert "Groningen" in (tmp_path / "uit.html").read_text("utf-8")
    assert noted.messages.told[-1] == "Articles written to uit.html"
    again = opened(noted)
    assert (again.format.currentData(), again.scope.currentData()) == ("html", "article")
    assert again.whole.isChecked()
    again.close()
    noted.idle()


def test_a_template_of_ones_own(noted: Any, tmp_path: Path) -> None:
    dialog = opened(noted)
    noted.messages.answers = [tmp_path / "begin"]
    dialog.findChild(QPushButton, "exampleTemplate").click()
    noted.qtbot.waitUntil(lambda: "begin.j2" in dialog._template_name.text())
    shown(noted, dialog, "---\ntitle:")
    own = tmp_path / "eigen.j2"
    own.write_text("{% for a in articles %}<<{{ a.title }}>>{% endfor %}", encoding="utf-8")
    noted.messages.answers = [own]
    dialog.findChild(QPushButton, "chooseTemplate").click()
    shown(noted, dialog, "<<Groningen wil de supercomputer>>")
    own.write_text("{{ titel }}", encoding="utf-8")
    dialog._follow()
    noted.qtbot.waitUntil(lambda: "line 1: 'titel' is undefined" in dialog._count.text())
    assert not dialog.findChild(QPushButton, "doExport").isEnabled()
    dialog.findChild(QPushButton, "noTemplate").click()
    shown(noted, dialog, "Let op")
    dialog.close()
    noted.idle()


def test_it_can_be_done_with_the_keyboard_alone(noted: Any, tmp_path: Path) -> None:
    dialog = opened(noted)
    order = []
    widget = dialog.scope
    for _step in range(40):
        order.append(widget.objectName())
        widget = widget.nextInFocusChain()
        if widget is dialog.scope:
            break
    wanted = [
        "exportScope",
        "exportFormat",
        "exportWhole",
        "exportKind",
        "exportColour1",
        "exportTag",
        "doExport",
    ]
    assert [name for name in order if name in wanted] == wanted
    assert all(box.accessibleName() for box in dialog.colours)
    noted.messages.answers = [tmp_path / "uit.md"]
    QTest.keyClick(dialog.scope, Qt.Key.Key_Return)
    noted.idle()
    assert (tmp_path / "uit.md").exists()


def test_notes_come_in_and_can_be_undone(noted: Any, tmp_path: Path) -> None:
    file = tmp_path / "readwise.json"
    record = {"results": [{"title": "Minister bezoekt Nvidia", "highlights": [
        {"id": 1, "text": "Nvidia levert de hardware.", "note": "van elders"},
    ]}, {"title": "Elders", "highlights": [{"id": 2, "text": "Kwijt"}]}]}  # fmt: skip
    file.write_text(json.dumps(record), encoding="utf-8")
    noted.messages.answers = [file]
    noted.window.action_table["import_notes"].trigger()
    noted.idle()
    assert noted.messages.warned == ["1 note taken in, 1 left out"]
    con = noted.libraries.session.library.reader()
    assert "van elders" in [note.note for note in notes.all_annotations(con)]
    noted.window.action_table["undo"].trigger()
    noted.idle()
    assert "van elders" not in [note.note for note in notes.all_annotations(con)]


def test_the_whole_library_goes_into_a_folder(noted: Any, tmp_path: Path) -> None:
    noted.messages.answers = [tmp_path / "alles"]
    noted.window.action_table["export_library"].trigger()
    noted.idle()
    assert noted.messages.told[-1] == "3 articles written to alles"
    assert (tmp_path / "alles" / "index.html").is_file()
