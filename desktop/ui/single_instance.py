"""One window for one library: a second start hands over what it was given and ends.

The meeting place is a local socket (a file, or a named pipe on Windows) named after the library; the
network is never used.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from desktop.ui import meeting_place

logger = logging.getLogger(__name__)

_PATIENCE_MS = 800
_LONGEST = 1_000_000  # bytes


def hand_over(library: Path, arguments: Sequence[str]) -> bool:
    """Give files and links to the window that has this library; False when there is no such window."""
    pipe = QLocalSocket()
    pipe.connectToServer(meeting_place.name(library))
    if not pipe.waitForConnected(_PATIENCE_MS):
        return False
    pipe.write(json.dumps(list(arguments)).encode() + b"\n")
    answered = pipe.waitForReadyRead(_PATIENCE_MS * 3) and bool(pipe.readAll())
    pipe.disconnectFromServer()
    return answered


class Doorkeeper(QObject):
    """Listens for a second start.

    Signals:
        handed_over: the list of files and links it was given (may be empty: it only wants us in front).
    """

    handed_over = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server: QLocalServer | None = None
        self._waiting: dict[QLocalSocket, bytes] = {}

    def listen(self, library: Path) -> None:
        """Answer for this library, and no longer for the one before."""
        self.close()
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)
        name = meeting_place.name(library)
        if not self._server.listen(name):
            # What a window that crashed has left behind is nobody's: we hold the library's lock.
            QLocalServer.removeServer(name)
            if not self._server.listen(name):
                logger.info("no meeting place for a second start: %s", self._server.errorString())

    def close(self) -> None:
        """Stop listening, and hang up on whoever still speaks."""
        for pipe in list(self._waiting):
            pipe.readyRead.disconnect()
            pipe.disconnected.disconnect()
            pipe.abort()
            pipe.deleteLater()
        self._waiting.clear()
        if self._server is not None:
            self._server.close()
            self._server.deleteLater()
            self._server = None

    @Slot()
    def _on_connection(self) -> None:
        while self._server is not None and (pipe := self._server.nextPendingConnection()) is not None:
            pipe.setParent(self)  # or it would go with the server, in the middle of a signal
            self._waiting[pipe] = b""
            pipe.readyRead.connect(lambda pipe=pipe: self._on_words(pipe))
            pipe.disconnected.connect(lambda pipe=pipe: self._on_gone(pipe))
            self._on_words(pipe)

    def _on_words(self, pipe: QLocalSocket) -> None:
        if pipe not in self._waiting:
            return
        self._waiting[pipe] += bytes(pipe.readAll().data())
        words = self._waiting[pipe]
        if not words.endswith(b"\n"):
            if len(words) > _LONGEST:
                pipe.abort()
            return
        self._waiting[pipe] = b""
        try:
            arguments = json.loads(words)
        except ValueError:
            pipe.abort()
            return
        pipe.write(b"ok\n")
        pipe.flush()
        if isinstance(arguments, list):
            self.handed_over.emit([word for word in arguments if isinstance(word, str)])

    def _on_gone(self, pipe: QLocalSocket) -> None:
        self._waiting.pop(pipe, None)
        pipe.deleteLater()
