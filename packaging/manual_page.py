"""The manual page, made from `leeslamp --help` and the help of each command, so that it is never behind."""

from __future__ import annotations

import argparse

from steps import day, version

from desktop import i18n

_HEADINGS = {
    "en": ("NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "COMMANDS", "EXIT STATUS"),
    "nl": ("NAAM", "OVERZICHT", "BESCHRIJVING", "OPTIES", "OPDRACHTEN", "AFSLUITWAARDE"),
}
_SUMMARY = {
    "en": "read, search, mark and annotate articles, offline",
    "nl": "artikelen lezen, doorzoeken, markeren en van notities voorzien, zonder netwerk",
}
_STATUS = {
    "en": "0: all went well. 1: something failed, named on standard error. 2: wrong arguments."
    " 3: the library is in use.",
    "nl": "0: alles is gelukt. 1: er is iets mislukt, dat staat op de foutuitvoer. 2: verkeerde argumenten."
    " 3: de bibliotheek is in gebruik.",
}


def manual_page(language: str) -> str:
    """Return the page in troff, in "en" or "nl"."""
    from desktop.cli.parser import make_parser

    before = i18n.language()
    i18n.use(language)
    try:
        return _page(make_parser(), language)
    finally:
        i18n.use(before)


def _page(parser: argparse.ArgumentParser, language: str) -> str:
    name, synopsis, description, options, commands, status = _HEADINGS[language]
    lines = [f'.TH LEESLAMP 1 "{day()}" "Leeslamp {version()}"']
    lines += [f'.SH "{name}"', f"leeslamp \\- {_text(_SUMMARY[language])}"]
    lines += [f'.SH "{synopsis}"', *_synopsis(parser)]
    lines += [f'.SH "{description}"', _text(parser.description), ".PP", _text(parser.epilog)]
    lines += [f'.SH "{options}"', *_options(parser)]
    lines += [f'.SH "{commands}"']
    for word, command in _commands(parser):
        lines += [f'.SS "{_text(word)}"', *_synopsis(command), ".PP", _text(command.description)]
        lines += [*_options(command), ".PP", _text(command.epilog)]
    lines += [f'.SH "{status}"', _text(_STATUS[language])]
    return "\n".join(line for line in lines if line) + "\n"


def _commands(parser: argparse.ArgumentParser, before: str = "") -> list[tuple[str, argparse.ArgumentParser]]:
    """Return each command with its words, those below it after it."""
    found = []
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for word, command in action.choices.items():
                below = _commands(command, f"{before}{word} ")
                found += below or [(f"{before}{word}", command)]
    return found


def _synopsis(parser: argparse.ArgumentParser) -> list[str]:
    usage = " ".join(parser.format_usage().split()[1:])
    return [f".B {_text(parser.prog)}", _text(usage.removeprefix(parser.prog).strip())]


def _options(parser: argparse.ArgumentParser) -> list[str]:
    lines = []
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction) or action.help in (None, argparse.SUPPRESS):
            continue
        value = (
            action.metavar if isinstance(action.metavar, str) else "|".join(map(str, action.choices or ()))
        )
        value = value or ("" if action.nargs == 0 or not action.option_strings else action.dest.upper())
        words = ", ".join(action.option_strings)
        lines += [".TP", f'.BR "{_text(words)}" " {_text(value)}"', _text(action.help)]
    return lines


def _text(text: str | None) -> str:
    """Return a text for troff: backslashes, hyphens and dots at the start of a line mean something there."""
    found = " ".join((text or "").split()).replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{found}" if found.startswith((".", "'")) else found
