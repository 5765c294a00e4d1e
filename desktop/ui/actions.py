"""The one table of everything the window can do.

Menus, toolbar, shortcuts, command palette and shortcut sheet are all made from `table`. A row says
what an action is called, where it stands and which keys it has; what it does is connected in
`main_window`. Single-key shortcuts ("J") step aside while somebody types: Qt offers the key to the
field first, and every field that takes text takes it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from desktop.i18n import _
from desktop.ui.icons import icon
from desktop.ui.library_views import view_table

Std = QKeySequence.StandardKey
Role = QAction.MenuRole


class Menu(StrEnum):
    """The menus, in order."""

    FILE = "file"
    EDIT = "edit"
    VIEW = "view"
    ARTICLE = "article"
    NOTES = "notes"
    WINDOW = "window"
    HELP = "help"


class Needs(StrEnum):
    """What must be there for an action to be possible."""

    NOTHING = "nothing"
    LIBRARY = "library"
    ARTICLE = "article"
    READING = "reading"  #: the reading panes are shown, not another view of the library


@dataclass(frozen=True, slots=True)
class Row:
    """One action. keys: what Qt calls standard where that exists, else key sequences; "-" in `name`
    is a line in the menu; a `submenu` holds the rows that are `inside` it, or what someone else fills in.
    """

    menu: Menu
    name: str
    text: str
    keys: tuple[Std | str, ...] = ()
    needs: Needs = Needs.LIBRARY
    icon: str = ""
    checkable: bool = False
    role: Role = Role.NoRole
    submenu: bool = False
    inside: str = ""  #: the submenu it stands in


LINE = "-"


def menu_name(menu: Menu) -> str:
    """Return the word in the menu bar."""
    return {
        Menu.FILE: _("&File"),
        Menu.EDIT: _("&Edit"),
        Menu.VIEW: _("&View"),
        Menu.ARTICLE: _("&Article"),
        Menu.NOTES: _("&Notes"),
        Menu.WINDOW: _("&Window"),
        Menu.HELP: _("&Help"),
    }[menu]


def _line(menu: Menu) -> Row:
    return Row(menu, LINE, "")


def _file() -> list[Row]:
    file, nothing = Menu.FILE, Needs.NOTHING
    return [
        Row(file, "import_files", _("&Import files…"), ("Ctrl+I",), icon="plus"),
        Row(file, "import_folder", _("Import f&older…"), ("Ctrl+Shift+I",), icon="folder-plus"),
        Row(file, "import_table", _("Import t&able…")),
        Row(
            file, "paste_article", _("&New article from clipboard"), ("Ctrl+Shift+V",), icon="clipboard-text"
        ),
        Row(file, "watched_folders", _("Wat&ched folders…"), icon="eye"),
        Row(file, "import_problems", _("Files not rea&d…"), icon="warning"),
        _line(file),
        Row(file, "import_notes", _("I&mport notes…")),
        _line(file),
        Row(file, "export_notes", _("&Export…"), ("Ctrl+E",), icon="export"),
        Row(file, "export_library", _("Export &whole library…")),
        Row(file, "print", _("&Print…"), (Std.Print,), needs=Needs.ARTICLE, icon="printer"),
        _line(file),
        Row(file, "new_library", _("New &library…"), needs=nothing),
        Row(file, "open_library", _("Open li&brary…"), (Std.Open,), needs=nothing, icon="folder-open"),
        Row(file, "recent_libraries", _("&Recent libraries"), needs=nothing, submenu=True),
        _line(file),
        Row(file, "remove_starters", _("Remove &starter articles")),
        Row(file, "review_notes", _("Chec&k notes that moved…"), icon="note-pencil"),
        Row(file, "show_trash", _("Tras&h…"), icon="trash"),
        _line(file),
        Row(
            file,
            "settings",
            _("Se&ttings…"),
            (Std.Preferences, "Ctrl+,"),
            nothing,
            "gear-six",
            role=Role.PreferencesRole,
        ),
        Row(file, "quit", _("&Quit"), (Std.Quit, "Ctrl+Q"), needs=nothing, role=Role.QuitRole),
    ]


def _edit() -> list[Row]:
    edit = Menu.EDIT
    return [
        Row(edit, "undo", _("&Undo"), (Std.Undo,), icon="arrow-counter-clockwise"),
        Row(edit, "redo", _("&Redo"), ("Ctrl+Shift+Z", "Ctrl+Y")),
        _line(edit),
        Row(edit, "copy", _("&Copy"), (Std.Copy,), needs=Needs.ARTICLE, icon="copy"),
        Row(edit, "select_all", _("Select &all"), (Std.SelectAll,), needs=Needs.ARTICLE),
        _line(edit),
        Row(edit, "corrections", _("Corr&ections…")),
        Row(edit, "tags", _("Ta&gs of the library…"), ("Ctrl+Shift+T",), icon="tag"),
        Row(edit, "names_by_model", _("Recognise names in the &background"), checkable=True),
        _line(edit),
        Row(edit, "search", _("&Search the library"), ("Ctrl+K", "Ctrl+L"), icon="magnifying-glass"),
        Row(edit, "save_search", _("Sa&ve this search…"), ("Ctrl+D",), icon="star"),
        Row(edit, "saved_searches", _("Saved searc&hes"), ("Ctrl+Shift+D",)),
        Row(edit, "explain_search", _("E&xplain this search"), ("Ctrl+Shift+K",), icon="info"),
        Row(edit, "take_offer", _("Search for what was &meant"), ("Ctrl+Shift+M",)),
        Row(edit, "find", _("&Find in article…"), (Std.Find, "/"), needs=Needs.ARTICLE),
        Row(edit, "list_hits", _("&List the places found"), ("Ctrl+Shift+L",), needs=Needs.ARTICLE),
        Row(edit, "find_next", _("Find &next"), (Std.FindNext, "F3"), needs=Needs.ARTICLE),
        Row(edit, "find_previous", _("Find &previous"), (Std.FindPrevious, "Shift+F3"), needs=Needs.ARTICLE),
    ]


def _view() -> list[Row]:
    view, nothing = Menu.VIEW, Needs.NOTHING
    views = [Row(view, f"view_{row.name}", row.text, (row.key,), checkable=True) for row in view_table()]
    reading = Needs.READING
    return [
        *views,
        _line(view),
        Row(view, "zoom_in", _("Zoom &in"), (Std.ZoomIn, "Ctrl+="), needs=nothing),
        Row(view, "zoom_out", _("Zoom &out"), (Std.ZoomOut,), needs=nothing),
        Row(view, "zoom_reset", _("&Actual size"), ("Ctrl+0",), needs=nothing),
        _line(view),
        Row(view, "theme", _("&Theme"), needs=nothing, submenu=True),
        Row(view, "marks", _("&Marks"), needs=nothing, submenu=True),
        *_marks(),
        _line(view),
        Row(view, "sort", _("&Sort results"), submenu=True),
        Row(view, "fold_copies", _("&Fold copies of one text"), checkable=True),
        _line(view),
        Row(view, "show_actors", _("A&ctors"), ("Alt+1",), needs=reading),
        Row(view, "show_amounts", _("Amo&unts"), ("Alt+2",), needs=reading),
        Row(view, "show_dates", _("Dat&es"), ("Alt+3",), needs=reading),
        Row(view, "show_notes", _("Notes in a&rticle"), ("Alt+4",), needs=reading),
    ]


def _marks() -> list[Row]:
    shown = (
        ("person", _("Mark persons")),
        ("organisation", _("Mark organisations")),
        ("place", _("Mark places")),
        ("event", _("Mark events")),
        ("amount", _("Mark amounts")),
        ("date", _("Mark dates")),
        ("other", _("Mark other names")),
        ("highlight", _("Show my highlights")),
    )
    return [
        Row(Menu.VIEW, f"mark_{name}", text, needs=Needs.NOTHING, checkable=True, inside="marks")
        for name, text in shown
    ]


def _article() -> list[Row]:
    article, one = Menu.ARTICLE, Needs.ARTICLE
    return [
        Row(article, "back", _("&Back"), (Std.Back,), needs=one, icon="arrow-left"),
        Row(article, "forward", _("&Forward"), (Std.Forward,), needs=one, icon="arrow-right"),
        Row(article, "next_result", _("&Next result"), ("J",), needs=Needs.READING),
        Row(article, "previous_result", _("&Previous result"), ("K",), needs=Needs.READING),
        Row(article, "related", _("Related articles"), ("R",), needs=one),
        _line(article),
        Row(article, "next_mention", _("Next &mention"), ("N",), needs=one),
        Row(article, "previous_mention", _("Previous men&tion"), ("P",), needs=one),
        Row(article, "about_mention", _("About t&his mark"), ("I",), needs=one, icon="info"),
        Row(article, "reject_value", _("N&ot an amount, date or name"), ("X",), one, "prohibit"),
        Row(article, "correct_value", _("&Correct amount, date or name…"), ("C",), one, "pencil-simple"),
        Row(article, "mark_name", _("Mar&k selection as name…"), ("A",), one, "user-plus"),
        Row(article, "same_actor", _("Sam&e actor as…"), ("G",), one, "link-simple"),
        _line(article),
        Row(article, "star", _("&Star"), ("S",), needs=one, icon="star", checkable=True),
        Row(article, "read", _("Mark as &read"), ("U",), needs=one, checkable=True),
        Row(article, "article_tags", _("T&ags…"), ("T",), needs=one, icon="tag"),
        Row(article, "collect", _("Collections…"), ("L",), needs=one, icon="folder-open"),
        Row(article, "details", _("Details and so&urce…"), ("D",), one, "info"),
        Row(article, "copy_link", _("Copy &link to article"), ("Ctrl+Shift+C",), needs=one),
        _line(article),
        Row(article, "trash", _("&Delete article"), ("Del",), needs=one, icon="trash"),
    ]


def colour_names() -> tuple[str, ...]:
    """Return what the highlight colours are called, in their order."""
    return _("yellow"), _("blue"), _("green"), _("pink"), _("purple")


def _notes() -> list[Row]:
    notes, one = Menu.NOTES, Needs.ARTICLE
    rows = [
        Row(notes, f"highlight_{n}", _("Highlight in {colour}").format(colour=colour), (str(n),), needs=one)
        for n, colour in enumerate(colour_names(), 1)
    ]
    return [
        *rows,
        _line(notes),
        Row(notes, "add_note", _("Add &note"), ("M",), needs=one, icon="note-pencil"),
        Row(notes, "article_note", _("Note on the &whole article"), ("Shift+M",), needs=one),
        Row(notes, "copy_quote", _("Copy &quote with source"), ("Q",), needs=one, icon="quotes"),
        _line(notes),
        Row(notes, "next_highlight", _("Next &highlight"), ("H",), needs=one),
        Row(notes, "previous_highlight", _("&Previous highlight"), ("Shift+H",), needs=one),
        Row(notes, "longer_end", _("Highlight one word &further"), ("Alt+Shift+Right",), needs=one),
        Row(notes, "shorter_end", _("Highlight one word &less far"), ("Alt+Shift+Left",), needs=one),
        Row(notes, "longer_start", _("Highlight from one word &earlier"), ("Alt+Shift+Up",), needs=one),
        Row(notes, "shorter_start", _("Highlight from one word la&ter"), ("Alt+Shift+Down",), needs=one),
    ]


def _window() -> list[Row]:
    window, nothing = Menu.WINDOW, Needs.NOTHING
    return [
        Row(window, "palette", _("&Command palette…"), ("Ctrl+Shift+P",), needs=nothing),
        Row(window, "next_pane", _("&Next pane"), ("F6",), needs=nothing),
        Row(window, "previous_pane", _("&Previous pane"), ("Shift+F6",), needs=nothing),
        _line(window),
        Row(window, "side_panel", _("&Side panel"), ("F9",), needs=Needs.READING, checkable=True),
        Row(window, "result_list", _("&Result list"), ("Shift+F9",), needs=Needs.READING, checkable=True),
        Row(
            *(window, "collection_list", _("Collections"), ("Ctrl+F9",)),
            needs=Needs.READING,
            checkable=True,
        ),
        Row(
            window, "focus_mode", _("On&ly the text"), (Std.FullScreen, "F11"), Needs.READING, checkable=True
        ),
    ]


def _help() -> list[Row]:
    help_menu, nothing = Menu.HELP, Needs.NOTHING
    return [
        Row(help_menu, "help", _("&Help"), (Std.HelpContents,), needs=nothing),
        Row(help_menu, "shortcuts", _("&Keyboard shortcuts"), ("?",), needs=nothing, icon="keyboard"),
        _line(help_menu),
        Row(help_menu, "open_log", _("Open &log folder"), needs=nothing),
        Row(help_menu, "copy_details", _("Copy &details for a report"), needs=nothing),
        _line(help_menu),
        Row(help_menu, "about", _("&About Leeslamp"), needs=nothing, role=Role.AboutRole),
    ]


def table() -> list[Row]:
    """Return every row in the interface's language, in the order of the menus."""
    return [*_file(), *_edit(), *_view(), *_article(), *_notes(), *_window(), *_help()]


class Actions(QObject):
    """The actions of one window, made from the table; `actions["undo"]` is one of them."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.rows = table()
        self._actions: dict[str, QAction] = {}
        self.submenus: dict[str, QMenu] = {}
        self._window = window
        self._possible = dict.fromkeys(Needs, True)
        for row in self.rows:
            if row.name != LINE and not row.submenu:
                self._actions[row.name] = self._make(row)

    def _make(self, row: Row) -> QAction:
        action = QAction(row.text, self._window, objectName=row.name, checkable=row.checkable)
        action.setShortcuts(keys_of(row))
        action.setMenuRole(row.role)
        if row.icon:
            action.setIcon(icon(row.icon))
            action.setIconVisibleInMenu(False)
        words = plain_text(row.text)
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{words} ({keys})" if keys else words)
        self._window.addAction(action)
        return action

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def __iter__(self):
        return iter(self._actions.values())

    def on(self, name: str, does: Callable[..., object]) -> None:
        """Connect what an action does; a checkable one hands over its new state."""
        action = self._actions[name]
        if action.isCheckable():
            action.triggered.connect(lambda checked=False: does(checked))
        else:
            action.triggered.connect(lambda _checked=False: does())

    def confine(self, name: str, widget: QWidget) -> None:
        """Let the keys of an action work only while `widget` or something in it has the focus."""
        action = self._actions[name]
        self._window.removeAction(action)
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        widget.addAction(action)

    def choices(self, submenu: str) -> list[QAction]:
        """Return what a submenu offers at the moment."""
        return [action for action in self.submenus[submenu].actions() if not action.isSeparator()]

    def enable(self, needs: Needs, possible: bool) -> None:
        """Make every action that needs this (im)possible; what needs an article needs it on the screen."""
        self._possible[needs] = possible
        concerned = {Needs.READING, Needs.ARTICLE} if needs is Needs.READING else {needs}
        for row in self.rows:
            if row.needs in concerned and row.name in self._actions:
                self._actions[row.name].setEnabled(self._is_possible(row.needs))

    def _is_possible(self, needs: Needs) -> bool:
        return self._possible[needs] and (needs is not Needs.ARTICLE or self._possible[Needs.READING])

    def fill(self, bar: QMenuBar) -> None:
        """Make the menus."""
        for menu in Menu:
            shown = bar.addMenu(menu_name(menu))
            shown.setObjectName(f"menu_{menu.value}")
            for row in self.rows:
                if row.menu is menu:
                    self._add(shown, row)

    def _add(self, menu: QMenu, row: Row) -> None:
        if row.name == LINE:
            menu.addSeparator()
        elif row.submenu:
            submenu = menu.addMenu(row.text)
            submenu.setObjectName(f"menu_{row.name}")
            self.submenus[row.name] = submenu
        else:
            (self.submenus[row.inside] if row.inside else menu).addAction(self._actions[row.name])


def keys_of(row: Row) -> list[QKeySequence]:
    """Return the key sequences of a row on this platform, the main one first, each once."""
    keys: list[QKeySequence] = []
    for key in row.keys:
        found = QKeySequence.keyBindings(key) if isinstance(key, Std) else [QKeySequence(key)]
        keys.extend(sequence for sequence in found if sequence not in keys and not sequence.isEmpty())
    return keys


def plain_text(text: str) -> str:
    """Return an action's text without its mnemonic and dots."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&").removesuffix("…")
