"""An open library with its index: what the command line and the window hold on to.

Life cycle: `Session.open` opens the library (lock, migrations, writer). The index is opened at first
use. `start_following` starts the thread that follows the library's log of changes, so that neither an
import nor a merge of the index ever delays a note; the command line calls `catch_up` instead. `close`
stops the thread, then the index, then the library.
"""

from __future__ import annotations

import logging
import os
import secrets
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from desktop import paths
from desktop.errors import Cancelled
from desktop.library import changes
from desktop.library.database import Library
from desktop.model import LANGUAGES
from desktop.progress import Progress, SilentProgress

if TYPE_CHECKING:
    from desktop.search.index import Index  # Whoosh costs 50 ms: only at first use

logger = logging.getLogger(__name__)

_IDLE_SECONDS = 3.0  # without changes for this long, the index is merged
_KEY_BYTES = 32
_WORK_SECONDS, _REST_SECONDS = 0.003, 0.006  # of the index's thread, in turns


class Session:
    """One open library. Raises whatever `Library.open` raises."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._index: Index | None = None
        self._index_lock = threading.Lock()
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._told: Callable[[], None] | None = None
        self.index_state = "behind"  #: "current", "behind" or "building"
        self.marking = threading.Lock()  #: held by the run that marks articles again

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        create: bool = True,
        wait: float = 0.0,
        progress: Progress | None = None,
    ) -> Session:
        """Open the library in `folder`; wait at most `wait` seconds for another program to let go."""
        return cls(Library.open(folder, create=create, wait=wait, progress=progress or SilentProgress()))

    @property
    def index(self) -> Index:
        """The index, opened at first use; an unusable one has been emptied and is filled again."""
        with self._index_lock:
            if self._index is None:
                from desktop.search.index import Index

                self._index = Index.open(
                    self.library.index_folder, key=_index_key(), library=self.library.lineage
                )
            return self._index

    def start_following(self, told: Callable[[], None]) -> None:
        """Keep the index up to date in a thread of its own; `told` is called there after each change."""
        self._told = told
        self._thread = threading.Thread(target=self._follow, name="index", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """Tell the following thread that something changed."""
        self._wake.set()

    def catch_up(self, progress: Progress | None = None) -> None:
        """Bring the index up to date now. Raises Cancelled; what was indexed stays."""
        from desktop.tasks.reindex import follow

        follow(self, progress or SilentProgress())
        self.index_state = "current"

    def _follow(self) -> None:
        self._wake.set()
        checked = False
        while not self._stopping.is_set():
            changed = self._wake.wait(_IDLE_SECONDS)
            if self._stopping.is_set():
                return
            try:
                if not checked:
                    checked = True
                    self._prepare()
                    # Opening believes a file that has its size and time; this reads them all.
                    self.index.check(_Until(self._stopping))
                self._follow_once(changed)
            except Cancelled:
                return
            except Exception:  # the index is disposable: say so in the log and go on reading
                logger.exception("index not updated")
                self._tell("behind")
                self._stopping.wait(_IDLE_SECONDS)

    def _prepare(self) -> None:
        """Load what the first search would have to wait for: rules and dictionaries of every language."""
        from desktop.search.index import ANALYSIS

        for lang in LANGUAGES:
            ANALYSIS.text_forms("woordenboek", lang)
        ANALYSIS.query_forms("woordenboek")

    def _follow_once(self, changed: bool) -> None:
        if not changed:
            self._merge()
            return
        self._wake.clear()
        index, newest = self.index, changes.newest(self.library.reader())
        if index.complete and index.followed == newest:
            if self.index_state != "current":
                self._tell("current")
            return
        self._tell("behind" if index.complete else "building")
        self.catch_up(_Until(self._stopping))
        self._tell("current")

    def _merge(self) -> None:
        """Merge the index until something changes: new articles go first, what was begun is left."""
        progress = _Until(self._wake)  # set when the session ends, too
        with suppress(Cancelled):
            while self.index.merge(progress) and not self._wake.is_set():
                pass

    def _tell(self, state: str) -> None:
        self.index_state = state
        if self._told is not None and not self._stopping.is_set():
            self._told()

    def close(self) -> None:
        """Finish what a person did, stop everything, let go of the library."""
        self._stopping.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join()
        with self._index_lock:
            if self._index is not None:
                self._index.close()
                self._index = None
        self.library.close()


class _Until:
    """The following thread's progress: ends when an event comes, and lets the window go first.

    Indexing is computing in Python, and takes turns with the window at it; so it rests after each few
    milliseconds of work.
    """

    def __init__(self, event: threading.Event) -> None:
        self._event = event
        self._rested = time.perf_counter()

    def step(self, done: int, total: int, text: str = "") -> None:
        rest = _REST_SECONDS if time.perf_counter() - self._rested > _WORK_SECONDS else 0.0
        if self._event.wait(rest) if rest else self._event.is_set():
            raise Cancelled
        if rest:
            self._rested = time.perf_counter()


def _index_key() -> bytes:
    """Return the secret of this user that seals indexes: one that came with a copied library is not opened.

    Where it cannot be kept, each start has a new one, and the index is built anew.
    """
    path = paths.config_folder() / "index.key"
    try:
        if path.exists() and len(key := path.read_bytes()) == _KEY_BYTES:
            return key
        key = secrets.token_bytes(_KEY_BYTES)
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with open(descriptor, "wb") as file:
            file.write(key)
    except OSError as error:
        logger.info("index key not kept: %s", error)
        key = secrets.token_bytes(_KEY_BYTES)
    return key
