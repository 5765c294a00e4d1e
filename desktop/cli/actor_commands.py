"""The commands about actors: their network, and the reader's corrections as a file."""

from __future__ import annotations

import argparse
import sys

from desktop.cli.commands import open_session
from desktop.cli.output import OK, USAGE, Bar, complain, print_json
from desktop.i18n import _, n_
from desktop.model import ACTOR_KINDS, MentionKind


def run_network(options: argparse.Namespace) -> int:
    """Write which actors stand together: the picture, or the pairs."""
    from desktop.tasks import network, network_files

    ending = options.output.suffix.removeprefix(".").lower() if options.output is not None else ""
    format_name = options.format or ending or "csv"
    if format_name not in network_files.FORMATS:
        formats = ", ".join(network_files.FORMATS)
        complain(_("{what} can be written as: {formats}").format(what="network", formats=formats))
        return USAGE
    if not network.FEWEST <= options.actors <= network.MOST:
        complain(
            _("--actors takes a number from {low} to {high}").format(low=network.FEWEST, high=network.MOST)
        )
        return USAGE
    question = network.Question(
        " ".join(options.query),
        frozenset(map(MentionKind, options.kind or ACTOR_KINDS)),
        options.actors,
        network.Within(options.within),
        max(options.least, 0),
    )
    bar = Bar()
    with open_session(options) as session:
        session.catch_up(bar)
        found = network.find(session, question, bar)
        if options.output is not None:
            network_files.write(found, format_name, options.output)
        else:
            sys.stdout.flush()
            network_files.write_to(found, format_name, sys.stdout.buffer)
            sys.stdout.buffer.flush()
    bar.finish()
    return OK


def run_corrections(options: argparse.Namespace) -> int:
    """Write the corrections of the library to a file, or take in those of a file."""
    from desktop.tasks import corrections
    from desktop.tasks.look_after import mark_again

    bar = Bar()
    if options.action == "export":
        with open_session(options) as session:
            written = corrections.export_rules(session, options.file)
        if options.json:
            print_json({"written": written})
        else:
            print(n_("{n} correction written", "{n} corrections written", written))
        return OK
    with open_session(options, create=True) as session:
        _changes, taken, known = corrections.import_rules(session, options.file)
        mark_again(session, bar)
        session.catch_up(bar)
    bar.finish()
    if options.json:
        print_json({"added": taken, "known": known})
    else:
        print(n_("{n} correction taken in", "{n} corrections taken in", taken), end="")
        print(", " + n_("{n} was there already", "{n} were there already", known))
    return OK
