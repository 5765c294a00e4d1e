"""The line above an article that says in which other papers, or on which other days, the same text stands."""

from __future__ import annotations

import html
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop.i18n import _, format_date, n_
from desktop.model import Article, ArticleId
from desktop.ui.theme import Theme

if TYPE_CHECKING:
    from desktop.ui.reading import Shown

_SHOWN = 4  # copies that are named
_MARGINS = (24, 8, 24, 6)  # pixels


class CopiesLine(QLabel):
    """Names the copies of the article that is open; takes no room where there are none.

    Signals:
        article_requested: the ArticleId of a copy that was clicked.
    """

    article_requested = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("copiesLine")
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setContentsMargins(*_MARGINS)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.linkActivated.connect(self._on_link)
        self._copies: tuple[Article, ...] = ()
        self._own: Article | None = None
        self.set_theme(theme)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Wear another theme."""
        self._accent = theme.color("accent").name()
        self.setFont(theme.font("small"))
        self.setStyleSheet(
            f"#copiesLine {{ color: {theme.color('dim').name()}; background: {theme.color('page').name()}; }}"
        )
        self._show()

    @Slot(object)
    def show_article(self, shown: Shown) -> None:
        """Name the copies of an article."""
        self._own, self._copies = shown.opened.article, shown.opened.copies
        self._show()

    @Slot()
    def clear(self) -> None:
        """Name nothing: no article is open."""
        self._own, self._copies = None, ()
        self._show()

    def _show(self) -> None:
        self.setVisible(bool(self._copies))
        if not self._copies or self._own is None:
            self.setText("")
            return
        links = [self._link(copy, copy_words(copy, self._own)) for copy in self._copies[:_SHOWN]]
        if (more := len(self._copies) - _SHOWN) > 0:
            links.append(html.escape(n_("and {n} more", "and {n} more", more)))
        words = html.escape(_("Also in:"))
        self.setText(f"{words} {' · '.join(links)}")
        told = ", ".join(copy_words(copy, self._own) for copy in self._copies)
        self.setAccessibleName(f"{_('Also in:')} {told}")

    def _link(self, copy: Article, words: str) -> str:
        return f'<a style="color: {self._accent}" href="{copy.id}">{html.escape(words)}</a>'

    @Slot(str)
    def _on_link(self, target: str) -> None:
        self.article_requested.emit(ArticleId(target))


def copy_words(copy: Article, own: Article) -> str:
    """Return where else a text stands: source and date, or what else tells the two apart."""
    where = copy.source or (Path(copy.path).name if copy.path else copy.title)
    day = format_date(copy.published, short=True)
    told = ", ".join(part for part in (where, day) if part)
    return told if copy.source or copy.title == own.title else f"{told} (“{copy.title}”)"


def page_of(line: CopiesLine, pane: QWidget) -> QWidget:
    """Return the middle of the window: the line above the pane."""
    page = QWidget(objectName="readingPage")
    page.setFocusProxy(pane)
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(line)
    column.addWidget(pane, 1)
    return page
