"""What makes reading in the window comfortable: only the text, print, details, settings that show at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QImage, QPainter, QPicture
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog, QPrintPreviewWidget
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialogButtonBox,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QTabWidget,
    QToolButton,
)

from desktop.model import Annotation, AnnotationId, ArticleId, TextQuote
from desktop.settings import Settings
from desktop.ui.article_view import ArticleView
from desktop.ui.details_dialog import DetailsDialog
from desktop.ui.marks import MarkGroup
from desktop.ui.printed_article import printed
from desktop.ui.printing import Pages, print_article
from desktop.ui.settings_dialog import SettingsDialog
from desktop.ui.tag_dialog import TagDialog
from desktop.ui.typefaces import ReadingStyle
from tests.ui.test_accessibility import nameless
from tests.ui.window_fixtures import Desktop


def view_of(desktop: Desktop) -> ArticleView:
    view = desktop.window.parts.pane.findChild(ArticleView)
    assert view is not None
    return view


@pytest.fixture
def reading(library_of_three: Desktop) -> Desktop:
    library_of_three.read("Minister bezoekt Nvidia")
    return library_of_three


# Only the text


def test_only_the_text_and_everything_back(reading: Desktop) -> None:
    window, parts = reading.window, reading.window.parts
    window.action_table["result_list"].trigger()
    around = [parts.side, window.tool_bar, window.statusBar(), window.menuBar()]
    window.action_table["focus_mode"].trigger()
    assert not any(widget.isVisible() for widget in [*around, window.results])
    assert view_of(reading).isVisible()
    assert reading.messages.told[-1] == "Esc brings everything back"
    assert parts.notices.notice is not None
    QTest.keyClick(view_of(reading), Qt.Key.Key_Escape)
    assert parts.notices.notice is None  # what it said holds no longer
    assert all(widget.isVisible() for widget in around)
    assert not window.results.isVisible()  # it was hidden before
    assert not window.action_table["focus_mode"].isChecked()
    assert not window.isFullScreen()


def test_searching_brings_everything_back(reading: Desktop) -> None:
    window = reading.window
    window.action_table["focus_mode"].trigger()
    window.action_table["search"].trigger()
    assert window.tool_bar.isVisible()
    assert window.focusWidget() is window.field
    window.action_table["focus_mode"].trigger()
    window.action_table["view_amounts"].trigger()
    assert window.tool_bar.isVisible()


def test_what_is_hidden_for_reading_is_not_remembered(reading: Desktop) -> None:
    reading.window.action_table["focus_mode"].trigger()
    reading.window.save()
    assert reading.window.results.isVisible()


# How it is set


def test_settings_show_at_once(reading: Desktop) -> None:
    reading.window.action_table["settings"].trigger()
    [dialog] = reading.window.findChildren(SettingsDialog)
    view = view_of(reading)
    wide = view.lineWrapColumnOrWidth()
    dialog.findChild(QTabWidget, "settingsPages").setCurrentIndex(1)
    dialog.findChild(QSpinBox, "text_size").setValue(16)
    assert view.font().pointSizeF() == 16
    dialog.findChild(QComboBox, "typeface").setCurrentIndex(1)
    assert view.font().families() == ["Source Sans 3"]
    before = view.lineWrapColumnOrWidth()
    dialog.findChild(QSpinBox, "column_width").setValue(45)
    assert view.lineWrapColumnOrWidth() < before
    height = view.document().size().height()
    dialog.findChild(QSpinBox, "line_height").setValue(200)
    assert view.document().size().height() > height
    dialog.findChild(QPushButton, "resetStyle").click()
    assert view.lineWrapColumnOrWidth() == wide
    assert ReadingStyle.of(reading.settings) == ReadingStyle()
    dialog.findChild(QCheckBox, "mark_place").click()
    assert not reading.window.parts.pane.shows_group(MarkGroup.PLACE)
    assert not reading.window.action_table["mark_place"].isChecked()
    dialog.reject()


@pytest.mark.parametrize(
    ("key", "wrong"),
    [("typeface", "comic"), ("text_size", 200), ("zooms", {"a": "b"}), ("zooms", [1]), ("drafts", ["a"])],
)
def test_a_strange_setting_counts_as_the_default(tmp_path: Path, key: str, wrong: object) -> None:
    import json

    (tmp_path / "settings.json").write_text(json.dumps({key: wrong}), encoding="utf-8")
    assert Settings(tmp_path / "settings.json").get(key) == Settings(None).get(key)


# Finding


def test_whole_words_and_accents_are_choices(reading: Desktop) -> None:
    pane = reading.window.parts.pane
    pane.open_find()
    pane.findChild(QLineEdit, "findField").setText("mini")
    whole, accents = (pane.findChild(QToolButton, name) for name in ("findWhole", "findAccents"))
    count = pane.findChild(object, "findCount")
    assert count.text() == "1 of 2"
    whole.click()
    assert count.text() == "Not found"
    whole.click()
    pane.findChild(QLineEdit, "findField").setText("mínister")
    assert count.text() == "1 of 2"
    accents.click()
    assert count.text() == "Not found"


# Details


def test_details_are_shown_and_put_right(reading: Desktop) -> None:
    reading.window.action_table["details"].trigger()
    reading.idle()
    [dialog] = reading.window.findChildren(DetailsDialog)
    dialog.findChild(QLineEdit, "detail_source").setText("De Krant")
    dialog.findChild(QLineEdit, "detail_author").setText("A. Schrijver")
    dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok).click()
    reading.qtbot.waitUntil(lambda: reading.window.parts.reading.current.article.source == "De Krant")
    reading.idle()
    assert "De Krant · A. Schrijver" in view_of(reading).toPlainText()
    assert reading.window.action_table["undo"].text() == "&Undo: change of details"
    reading.window.action_table["undo"].trigger()
    reading.qtbot.waitUntil(lambda: reading.window.parts.reading.current.article.source is None)
    reading.idle()


# Print


def annotated(opened: Any, words: str, note: str = "", name: str = "a") -> Annotation:
    start = opened.version.text.index(words)
    return Annotation(
        AnnotationId(name), ArticleId("one"), TextQuote(words), start, start + len(words), 2, note, ("x",)
    )


def test_print_holds_text_highlights_and_notes(qapp: object, opened_article: Any) -> None:
    text = "Titel\n\nEen alinea met woorden.\n\nNog een alinea met andere woorden."
    plain = opened_article(text)
    notes = [
        annotated(plain, "alinea met woorden", "Let **op**"),
        annotated(plain, "andere", "Waarom?", "b"),
        Annotation(AnnotationId("c"), ArticleId("one"), TextQuote(""), None, None, 1, "Over alles"),
    ]
    document = printed(opened_article(text, notes=notes), ReadingStyle())
    lines = document.toPlainText().split("\n")
    assert lines[2:4] == ["Een alinea met woorden2.", "Nog een alinea met andere3 woorden."]
    assert lines[4:] == [
        "Notes",
        "1  On the whole article",
        "Over alles",
        "2  “alinea met woorden”",
        "Let op",
        "#x",
        "3  “andere”",
        "Waarom?",
        "#x",
    ]
    block = document.findBlockByNumber(2)
    coloured = block.textFormats()
    assert any(form.format.background().color().isValid() for form in coloured)


def test_ink_is_black_whatever_the_window_wears(reading: Desktop) -> None:
    reading.window.appearance.choose("dark")
    image = QImage(600, 800, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    picture = QPicture()  # as the preview takes down what is to be shown
    painter = QPainter(picture)
    Pages(reading.window.parts.reading.current, ReadingStyle(), QSizeF(image.size())).paint(painter, 0)
    painter.end()
    painter.begin(image)
    painter.setPen(Qt.GlobalColor.white)
    picture.play(painter)
    painter.end()
    lines = {
        part: min(image.pixelColor(x, y).lightness() for x in range(600) for y in range(*part))
        for part in ((0, 60), (100, 300), (770, 800))
    }
    assert all(ink < 60 for ink in lines.values()), lines  # title, text, number of the page
    reading.window.appearance.choose("light")


def test_pages_are_printed(qapp: object, opened_article: Any, tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "article.pdf"))
    text = "Titel\n\n" + "\n\n".join("Een alinea met woorden. " * 30 for _ in range(12))
    assert print_article(opened_article(text), printer, Settings(None)) > 1
    assert (tmp_path / "article.pdf").read_bytes().startswith(b"%PDF")


def test_the_preview_opens(reading: Desktop) -> None:
    reading.window.action_table["print"].trigger()
    [dialog] = reading.window.findChildren(QPrintPreviewDialog)
    assert dialog.isVisible()
    assert dialog.windowTitle() == "Print: Minister bezoekt Nvidia"
    pages = dialog.findChild(QPrintPreviewWidget)
    reading.qtbot.waitUntil(lambda: pages.pageCount() == 1)
    assert not dialog.grab().isNull()
    dialog.reject()


# Notices


def test_a_notice_stands_above_the_note_that_is_being_written(reading: Desktop) -> None:
    window = reading.window
    window.resize(1024, 700)
    view = view_of(reading)
    view.select(0, 8)
    reading.messages.tell("Something happened")
    reading.idle()
    window.parts.pane.annotating.add_note()
    reading.idle()
    editor, bar = window.parts.pane.note_editor, window.parts.notices
    covered = editor.rect().translated(editor.mapTo(window, editor.rect().topLeft()))
    assert bar.isVisible()
    assert not bar.geometry().intersects(covered)
    window.parts.pane.annotating.close_editor()
    reading.idle()
    assert bar.geometry().bottom() > covered.top()


def test_every_page_of_the_settings_has_named_controls(reading: Desktop) -> None:
    reading.window.action_table["settings"].trigger()
    [dialog] = reading.window.findChildren(SettingsDialog)
    pages = dialog.findChild(QTabWidget, "settingsPages")
    for number in range(pages.count()):
        pages.setCurrentIndex(number)
        assert nameless(dialog) == []
    dialog.reject()


def test_tags_of_an_article_are_completed_one_by_one(reading: Desktop) -> None:
    dialog = TagDialog(["energie"], ["energie", "europa"], parent=reading.window)
    dialog.open()
    field = dialog.findChild(QLineEdit, "tagField")
    field.setText("energie, eu")
    completer = field.completer()
    completer.setCompletionPrefix(completer.splitPath(field.text())[0])
    assert completer.currentCompletion() == "energie, europa"
    dialog.reject()
