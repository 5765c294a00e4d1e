"""Small things the menus offer that belong to no pane: windows to read, folders, the clipboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal, Slot
from PySide6.QtGui import QAction, QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

from desktop import log, paths
from desktop.i18n import _
from desktop.settings import Settings
from desktop.ui.actions import Actions
from desktop.ui.appearance import Appearance
from desktop.ui.libraries import Libraries
from desktop.ui.look import Look
from desktop.ui.messages import Messages


class Desk(QObject):
    """Opens the dialogs of one window, each once.

    Signals:
        setting_changed: the name of a setting that was changed in its dialog.
    """

    setting_changed = Signal(object)

    def __init__(
        self,
        window: QWidget,
        actions: Actions,
        settings: Settings,
        messages: Messages,
        libraries: Libraries,
        appearance: Appearance,
        look: Look,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._actions = actions
        self._settings = settings
        self._messages = messages
        self._libraries = libraries
        self._appearance = appearance
        self._look = look
        self.view_in_sight: Callable[[], str] = str

    @Slot()
    def show_settings(self) -> None:
        """Open the settings."""
        from desktop.ui.settings_dialog import SettingsDialog

        dialog = SettingsDialog(self._settings, self._window)
        dialog.changed.connect(self._look.apply)
        dialog.changed.connect(self.setting_changed)
        self._open(dialog)

    @Slot()
    def show_help(self) -> None:
        """Open the help at the page about what is shown."""
        from desktop.ui import help_dialog, help_pages

        page = help_pages.page_of(self.view_in_sight())
        for other in self._window.findChildren(help_dialog.HelpDialog):
            if other.isVisible():
                other.show_page(page)
                other.activateWindow()
                return
        self._open(help_dialog.help_dialog(lambda: help_pages.load(self._actions), page, self._window))

    @Slot()
    def show_about(self) -> None:
        """Open what this is and whose work is in it."""
        from desktop.ui.texts_dialog import about_dialog

        self._open(about_dialog(self._window))

    @Slot()
    def show_shortcuts(self) -> None:
        """Open the sheet with all keys."""
        from desktop.ui.shortcut_sheet import ShortcutSheet

        self._open(ShortcutSheet(self._actions, self._window))

    @Slot()
    def show_palette(self) -> None:
        """Open the command palette."""
        from desktop.ui.command_palette import CommandPalette

        CommandPalette(self._actions, self._appearance.theme, self._window).open_now()

    def _open(self, dialog: QDialog) -> None:
        """Show a dialog without stopping the window; the one of this name that is open already wins."""
        for other in self._window.findChildren(type(dialog), dialog.objectName()):
            if other is not dialog and other.isVisible():
                dialog.deleteLater()
                other.activateWindow()
                return
        dialog.finished.connect(dialog.deleteLater)
        dialog.show()

    @Slot()
    def open_log(self) -> None:
        """Open the folder of the log in the system's file manager."""
        folder = paths.log_folder()
        folder.mkdir(parents=True, exist_ok=True)
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self._messages.tell(str(folder))

    @Slot()
    def copy_details(self) -> None:
        """Put what a report needs on the clipboard."""
        QGuiApplication.clipboard().setText(log.details())
        self._messages.tell(_("Details copied"))

    @Slot()
    def copy(self) -> None:
        """Copy what is selected where the focus is."""
        focus = QApplication.focusWidget()
        if focus is not None and hasattr(focus, "copy"):
            focus.copy()

    # Libraries

    @Slot()
    def new_library(self) -> None:
        """Let a person choose a folder for a new library."""
        folder = self._messages.name_folder(_("Folder for the new library"), self._near() / _("My library"))
        if folder is None:
            return
        if folder.is_dir() and any(folder.iterdir()) and not (folder / "library.sqlite3").exists():
            folder /= _("Leeslamp library")  # a folder in use is not filled with our files
        self._libraries.open(folder)

    @Slot()
    def open_library(self) -> None:
        """Let a person choose the folder of a library."""
        folder = self._messages.choose_folder(_("Open the folder of a library"), str(self._near()))
        if folder is not None:
            self._libraries.open(folder, create=False)

    def _near(self) -> Path:
        session = self._libraries.session
        return session.library.folder.parent if session else paths.default_library().parent

    def fill_recent(self, menu: QMenu) -> None:
        """Put the libraries that were open in a menu, the default one last."""
        menu.clear()
        folders = self._libraries.recent()
        if paths.default_library() not in folders:
            folders.append(paths.default_library())
        session = self._libraries.session
        for folder in folders:
            is_default = folder == paths.default_library()
            words = _("My library") if is_default else folder.name
            action = QAction(words.replace("&", "&&"), menu)
            action.setToolTip(str(folder))
            action.setCheckable(True)
            action.setChecked(session is not None and session.library.folder == folder)
            action.triggered.connect(lambda _checked=False, folder=folder: self._libraries.open(folder))
            menu.addAction(action)
