"""The command line: the same tasks as the window, in the shapes that `--help` describes.

Exit codes: 0 all done, 1 something failed (each named on standard error), 2 the command is not
understood, 3 the library is in use by another program.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence

from desktop import i18n, log
from desktop.cli.output import FAILED, IN_USE, OK, USAGE, complain
from desktop.errors import Cancelled, Problem, ProblemKind
from desktop.i18n import _

COMMANDS = (
    "import",
    "search",
    "show",
    "extract",
    "amounts",
    "actors",
    "network",
    "export",
    "annotations",
    "corrections",
    "reindex",
    "check",
    "backup",
    "restore",
)


def is_command(arguments: Sequence[str]) -> bool:
    """Tell whether these arguments are for the command line rather than for the window.

    The first argument that is no option decides; `./search` is a file of that name.
    """
    rest = iter(arguments)
    for argument in rest:
        if argument in ("--help", "-h", "--version", "--selftest"):
            return True
        if argument == "--library":
            next(rest, None)
        elif not argument.startswith("-"):
            return argument in COMMANDS
    return False


def mistyped(arguments: Sequence[str]) -> str | None:
    """Return the first argument if it is neither a command, nor a link, nor a file that exists."""
    first = next((argument for argument in arguments if not argument.startswith("-")), None)
    if first is None or first in COMMANDS or first.startswith("leeslamp:") or os.path.lexists(first):
        return None
    return first if "--library" not in arguments else None


def main(arguments: Sequence[str], try_window: Callable[[], str] | None = None) -> int:
    """Run one command and return its exit code. try_window: see `tasks.selftest`."""
    from desktop.cli.parser import make_parser  # the window's start asks only `is_command`

    _speak_utf8()
    i18n.use("system")
    log.start(None)
    parser = make_parser()
    options = parser.parse_args([_not_an_option(argument) for argument in arguments])
    options.try_window = try_window
    run = options.run
    if run is None:
        parser.print_help()
        return USAGE
    try:
        return int(run(options))
    except Problem as problem:
        complain(i18n.problem_text(problem))
        return IN_USE if problem.kind is ProblemKind.LIBRARY_IN_USE else FAILED
    except (Cancelled, KeyboardInterrupt):
        complain(_("Stopped."))
        return FAILED
    except BrokenPipeError:  # `leeslamp search … | head`
        sys.stderr.close()
        return OK


def _not_an_option(argument: str) -> str:
    """Keep an excluded word of a query ("-Groningen") from being taken for an option."""
    is_word = len(argument) > 2 and argument[0] == "-" and argument[1] not in "-ho0123456789"
    return " " + argument if is_word else argument


def _speak_utf8() -> None:
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="surrogateescape" if stream is sys.stdin else "replace")
