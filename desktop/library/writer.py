"""The one thread that writes: what a person does goes before imports, imports before idle work."""

from __future__ import annotations

import heapq
import itertools
import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from enum import IntEnum
from pathlib import Path
from typing import Any, TypeVar

from desktop.errors import Cancelled
from desktop.library.connection import as_problem

T = TypeVar("T")

PATIENCE = 30.0  #: seconds a write waits for a lock that another program holds on the file


class Priority(IntEnum):
    """Whose work it is; the lower goes first, equal ones in the order they came."""

    PERSON = 0
    IMPORT = 1
    IDLE = 2


class Writer:
    """Runs each piece of work in a transaction of its own on a connection that only it uses.

    Pieces are meant to take at most 50 ms: a person's work waits for the piece that is running.
    """

    def __init__(self, con: sqlite3.Connection, path: Path) -> None:
        """con: autocommit connection, used by this object alone until `close` returns. path: for problems."""
        self._con = con
        self._path = path
        self._queue: list[tuple[int, int, Callable[[sqlite3.Connection], Any], Future[Any]]] = []
        self._arrival = itertools.count()
        self._news = threading.Condition()
        self._closing = False
        # A program that fails before it closes the library must still end: `Library` closes at exit.
        self._thread = threading.Thread(target=self._run, name="library-writer", daemon=True)
        self._thread.start()

    def submit(self, work: Callable[[sqlite3.Connection], T], priority: Priority) -> Future[T]:
        """Queue one piece of work; the future ends after its commit, with its result or exception.

        After `close` a future that is cancelled already comes back; a person's work is then a RuntimeError,
        because it would be lost.
        """
        future: Future[T] = Future()
        with self._news:
            if self._closing:
                if priority is Priority.PERSON:
                    raise RuntimeError("the library is closed")
                future.cancel()
                return future
            heapq.heappush(self._queue, (priority, next(self._arrival), work, future))
            self._news.notify()
        return future

    def write(self, work: Callable[[sqlite3.Connection], T], priority: Priority) -> T:
        """Do one piece of work and wait for its commit. Raises Cancelled when the library closes first."""
        if threading.current_thread() is self._thread:
            raise RuntimeError("a piece of writing cannot wait for another one")
        try:
            return self.submit(work, priority).result()
        except CancelledError as error:
            raise Cancelled from error

    def close(self) -> None:
        """Finish the piece that is running and everything of a person; drop the rest."""
        with self._news:
            self._closing = True
            dropped = [item for item in self._queue if item[0] != Priority.PERSON]
            self._queue = [item for item in self._queue if item[0] == Priority.PERSON]
            heapq.heapify(self._queue)
            self._news.notify()
        for *_, future in dropped:
            future.cancel()
            future.set_running_or_notify_cancel()
        self._thread.join()

    def _run(self) -> None:
        while True:
            with self._news:
                while not self._queue and not self._closing:
                    self._news.wait()
                if not self._queue:
                    break
                priority, _, work, future = heapq.heappop(self._queue)
            if future.set_running_or_notify_cancel():
                self._do(work, future, Priority(priority))
            del work, future  # what they hold is not kept alive until the next piece comes

    def _do(self, work: Callable[[sqlite3.Connection], Any], future: Future[Any], priority: Priority) -> None:
        try:
            # A person's work survives a power cut (synced at commit); a lost piece of an import is redone.
            level = "FULL" if priority is Priority.PERSON else "NORMAL"
            self._con.execute(f"PRAGMA synchronous = {level}")
            self._patiently("BEGIN IMMEDIATE")
            try:
                result = work(self._con)
                self._patiently("COMMIT")
            except BaseException:
                if self._con.in_transaction:
                    self._con.execute("ROLLBACK")
                raise
        except BaseException as error:
            problem = as_problem(error, self._path)
            if problem is not None and problem is not error:
                problem.__cause__ = error
            future.set_exception(problem or error)
        else:
            future.set_result(result)

    def _patiently(self, statement: str) -> None:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                self._con.execute(statement)
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                    raise
