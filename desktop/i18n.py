"""All words a person reads, in the interface's language: gettext for texts, and numbers and dates.

The texts in the code are English and serve as keys; `resources/translations/<code>.po` holds each
language, compiled to `.mo` by the build. Sentences about values (a Problem, an undo step, an amount)
are made here from their kind and fields, so that the rooms below never speak.
"""

from __future__ import annotations

import gettext
import locale
import os
from decimal import Decimal
from functools import lru_cache

from desktop.errors import Problem, ProblemKind
from desktop.model import Amount, Approx, MentionKind, Period, Step
from desktop.resources import resource

UI_LANGUAGES = ("nl", "en")

_translations: gettext.NullTranslations = gettext.NullTranslations()
_language = "en"


def system_language() -> str:
    """Return the interface language the system asks for: nl, or en for every other language."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANGUAGE", "LANG"):
        if value := os.environ.get(name):
            return "nl" if value.lower().startswith("nl") else "en"
    try:
        code = locale.getlocale()[0] or ""
    except ValueError:
        code = ""
    return "nl" if code.lower().startswith(("nl", "dutch")) else "en"


def use(language: str) -> None:
    """Speak `language` from now on ("system", "nl", "en"); texts already shown do not change."""
    global _translations, _language
    _language = system_language() if language == "system" else language
    try:
        with resource("translations", f"{_language}.mo").open("rb") as file:
            _translations = gettext.GNUTranslations(file)
    except OSError:
        _translations = gettext.NullTranslations()


def language() -> str:
    """Return the interface language in use."""
    return _language


def _(text: str) -> str:
    """Translate a text."""
    return _translations.gettext(text)


def n_(one: str, many: str, number: int) -> str:
    """Translate a text that depends on a number; the text uses {n}, which is filled in here."""
    return _translations.ngettext(one, many, number).format(n=format_number(number))


def p_(context: str, text: str) -> str:
    """Translate a text whose meaning depends on where it stands."""
    return _translations.pgettext(context, text)


# Numbers and dates


def format_number(number: Decimal | int | float) -> str:
    """Write a number with the language's signs: 1.200.000,5 in Dutch, 1,200,000.5 in English."""
    plain = f"{number:,f}" if isinstance(number, Decimal) else f"{number:,}"
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return plain if _language == "en" else plain.translate(str.maketrans(",.", ".,"))


def format_amount(amount: Amount) -> str:
    """Write an amount's value: "≥ 200.000.000 EUR", "11 maanden", "12%", "30 – 50 USD", "90 km/h"."""
    signs = {Approx.ABOUT: "≈ ", Approx.LT: "< ", Approx.LE: "≤ ", Approx.GT: "> ", Approx.GE: "≥ "}
    sign = signs[amount.approx] if amount.approx else ""
    if amount.value is not None:
        figure = sign + format_number(amount.value)
    elif amount.low is not None and amount.high is not None:
        figure = f"{sign}{format_number(amount.low)} – {format_number(amount.high)}"
    elif amount.low is not None:
        figure = ("> " if amount.approx is Approx.GT else "≥ ") + format_number(amount.low)
    elif amount.high is not None:
        figure = ("< " if amount.approx is Approx.LT else "≤ ") + format_number(amount.high)
    else:
        figure = ""
    only_one = amount.value == 1 and amount.approx is None
    figure = _with_unit(figure, amount.unit, one=only_one) if amount.unit else figure
    return " ".join(part for part in (figure, amount.noun) if part)


def _with_unit(figure: str, unit: str, *, one: bool) -> str:
    """Put a unit behind a figure: its word where it has one, else its symbol as readers know it."""
    above, slash, below = unit.partition("/")
    pair = _unit_words(_language).get(above)
    if above in ("%", "‰", "°"):
        figure += above
    elif above == "deg":
        figure += "°"
    else:
        figure = (pair[0] if one else pair[1]).format(n=figure) if pair else f"{figure} {_symbol(above)}"
    if not slash:
        return figure
    if pair is None and not (len(above) == 3 and above.isupper()):
        return f"{figure}/{_symbol(below)}"  # "90 km/h"; but "12 EUR per m²"
    per = _unit_words(_language).get(below)
    words = per[0].format(n="").strip() if per else _symbol(below)
    return _("{amount} per {unit}").format(amount=figure, unit=words)


def _symbol(unit: str) -> str:
    """Return the symbol of a unit as it is printed."""
    printed = {"teu": "TEU", "floz": "fl oz", "TCE": "tce", "car": "ct"}
    if unit in printed:
        return printed[unit]
    return f"{unit[:-1]}{'²' if unit[-1] == '2' else '³'}" if unit[-1:] in ("2", "3") else unit


@lru_cache
def _unit_words(_language: str) -> dict[str, tuple[str, str]]:
    """Return units that are written as words in the language in use: one, and more than one."""
    return {
        "s": (_("{n} second"), _("{n} seconds")),
        "min": (_("{n} minute"), _("{n} minutes")),
        "h": (_("{n} hour"), _("{n} hours")),
        "d": (_("{n} day"), _("{n} days")),
        "wk": (_("{n} week"), _("{n} weeks")),
        "mo": (_("{n} month"), _("{n} months")),
        "qtr": (_("{n} quarter"), _("{n} quarters")),
        "a": (_("{n} year"), _("{n} years")),
        "pp": (_("{n} percentage point"), _("{n} percentage points")),
        "bp": (_("{n} basis point"), _("{n} basis points")),
        "mi": (_("{n} mile"), _("{n} miles")),
        "in": (_("{n} inch"), _("{n} inches")),
        "ft": (_("{n} foot"), _("{n} feet")),
        "yd": (_("{n} yard"), _("{n} yards")),
        "nmi": (_("{n} nautical mile"), _("{n} nautical miles")),
        "ly": (_("{n} light year"), _("{n} light years")),
        "ar": (_("{n} are"), _("{n} ares")),
        "acre": (_("{n} acre"), _("{n} acres")),
        "bbl": (_("{n} barrel"), _("{n} barrels")),
        "gal": (_("{n} gallon"), _("{n} gallons")),
        "lb": (_("{n} pound"), _("{n} pounds")),
        "oz": (_("{n} ounce"), _("{n} ounces")),
        "t": (_("{n} tonne"), _("{n} tonnes")),
        "kn": (_("{n} knot"), _("{n} knots")),
        "hp": (_("{n} horsepower"), _("{n} horsepower")),
    }


def month_name(number: int, *, short: bool = False) -> str:
    """Return the name of month 1..12."""
    if short:
        names = _("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec")
    else:
        names = _("January February March April May June July August September October November December")
    return names.split()[number - 1]


def format_date(value: str | None, *, short: bool = False) -> str:
    """Write a partial ISO date for a reader: "8 januari 2025", "januari 2025", "2025"; "" for None."""
    if not value:
        return ""
    day, _sep, _time = value.partition("T")
    parts = day.split("-")
    if not all(part.isdigit() for part in parts) or len(parts) > 3:
        return _format_season(parts)
    if len(parts) == 1:
        return parts[0]
    month = month_name(int(parts[1]), short=short)
    if len(parts) == 2:
        return f"{month} {parts[0]}"
    return _("{day} {month} {year}").format(day=int(parts[2]), month=month, year=parts[0])


def _format_season(parts: list[str]) -> str:
    year, code = parts[0], parts[-1]
    seasons = {"SP": _("spring"), "SU": _("summer"), "FA": _("autumn"), "WI": _("winter")}
    if len(parts) == 2 and code in seasons:
        return f"{seasons[code]} {year}"
    if len(parts) == 2 and code[:1] == "W" and code[1:].isdigit():
        return _("week {week} of {year}").format(week=int(code[1:]), year=year)
    if len(parts) == 2 and code[:1] == "Q":
        return _("quarter {quarter} of {year}").format(quarter=code[1:], year=year)
    if len(parts) == 2 and code[:1] == "H":
        return _("half {half} of {year}").format(half=code[1:], year=year)
    if len(parts) == 1 and year.endswith("X"):
        return _("the {decade}s").format(decade=year.replace("X", "0"))
    return "-".join(parts)


def format_period(period: Period) -> str:
    """Write a period: one date, or "from – to"."""
    if period.value:
        return format_date(period.value)
    return f"{format_date(period.low)} – {format_date(period.high)}".strip(" ")


def kind_name(kind: MentionKind, *, many: bool = False) -> str:
    """Return the word for a kind of mention ("person", or "Persons" as a heading)."""
    names = {
        MentionKind.PERSON: (_("person"), _("Persons")),
        MentionKind.ORGANISATION: (_("organisation"), _("Organisations")),
        MentionKind.PLACE: (_("place"), _("Places")),
        MentionKind.EVENT: (_("event"), _("Events")),
        MentionKind.MONEY: (_("money"), _("Money")),
        MentionKind.QUANTITY: (_("quantity"), _("Quantities")),
        MentionKind.PERCENT: (_("percentage"), _("Percentages")),
        MentionKind.TEMPERATURE: (_("temperature"), _("Temperatures")),
        MentionKind.AGE: (_("age"), _("Ages")),
        MentionKind.DURATION: (_("duration"), _("Durations")),
        MentionKind.COUNT: (_("count"), _("Counts")),
        MentionKind.NUMBER: (_("number"), _("Numbers")),
        MentionKind.DATE: (_("date"), _("Dates")),
        MentionKind.OTHER: (_("other name"), _("Other names")),
    }
    return names[kind][1 if many else 0]


def format_pace(done: int, total: int, rate: float | None, left: float | None) -> str:
    """Say how far work is, how many a second (rate) and how many seconds are left; None = not known."""
    told = _("{done} of {total}").format(done=format_number(done), total=format_number(total))
    parts = [told if total else format_number(done)]
    if rate is not None:
        shown = round(rate) if rate >= 10 else Decimal(f"{rate:.1f}")
        parts.append(_("{n} a second").format(n=format_number(shown)))
    if left is not None:
        parts.append(_time_left(left))
    return " · ".join(parts)


def _time_left(seconds: float) -> str:
    if seconds < 60:
        return _("{n} s left").format(n=max(1, round(seconds)))
    minutes = round(seconds / 60)
    if minutes < 60:
        return _("{n} min left").format(n=minutes)
    return _("{hours} h {minutes} min left").format(hours=minutes // 60, minutes=minutes % 60)


# Sentences about values


def problem_reason(problem: Problem) -> str:
    """Say in a few words what is wrong, without naming the file."""
    reasons = {
        ProblemKind.NOT_FOUND: _("no such file or folder"),
        ProblemKind.NOT_READABLE: _("cannot be read ({detail})"),
        ProblemKind.NOT_WRITABLE: _("cannot be written ({detail})"),
        ProblemKind.DISK_FULL: _("the disk is full"),
        ProblemKind.ALREADY_THERE: _("already in the library"),
        ProblemKind.IN_TRASH: _("is in the trash; put it back from there"),
        ProblemKind.UNKNOWN_FORMAT: _("Leeslamp cannot read this kind of file ({detail})"),
        ProblemKind.EMPTY: _("the file holds no text"),
        ProblemKind.BINARY: _("this is not what its name says, nor anything Leeslamp can read"),
        ProblemKind.TOO_LARGE: _("too large (the limit is {detail})"),
        ProblemKind.ENCRYPTED: _("protected with a password; save it without one and import that"),
        ProblemKind.SCANNED: _(
            "page {detail} is a scan without text; with Tesseract installed, Leeslamp reads scans too"
        ),
        ProblemKind.NO_COLUMN: _("no column of this table holds texts of articles (it has: {detail})"),
        ProblemKind.DAMAGED: _("damaged ({detail})"),
        ProblemKind.TOO_SLOW: _("given up after {detail} seconds"),
        ProblemKind.CRASHED: _("reading it stopped unexpectedly"),
        ProblemKind.LIBRARY_IN_USE: _("this library is in use by another Leeslamp"),
        ProblemKind.LIBRARY_TOO_NEW: _(
            "this library was made by a newer Leeslamp (format {detail}); update the program"
        ),
        ProblemKind.LIBRARY_DAMAGED: _(
            "this library is damaged ({detail}); restore a backup, or try: leeslamp check --repair"
        ),
        ProblemKind.NOT_A_LIBRARY: _("this folder is not a Leeslamp library"),
        ProblemKind.NO_SUCH_ARTICLE: _("no article has this id"),
        ProblemKind.NOT_CORRECTIONS: _("not a file with corrections ({detail})"),
        ProblemKind.NO_SUCH_ACTOR: _("no actor has this id"),
        ProblemKind.NO_SUCH_ANNOTATION: _("no note has this id"),
        ProblemKind.QUERY: _("query not understood: {detail}"),
        ProblemKind.CHANGED_SINCE: _("cannot be undone, because it was changed again later"),
        ProblemKind.BAD_LINE: _("line not understood ({detail})"),
        ProblemKind.NOT_NOTES: _("not a file with notes ({detail})"),
        ProblemKind.NOT_A_WHOLE_LIBRARY: _("not a whole exported library ({detail})"),
        ProblemKind.FOLDER_IN_USE: _("holds other things; choose a new or empty folder"),
        ProblemKind.TEMPLATE: _("the template cannot be used: {detail}"),
        ProblemKind.UNKNOWN_VALUE: _("unknown value {detail}"),
    }
    return reasons[problem.kind].format(detail=problem.detail)


def problem_text(problem: Problem) -> str:
    """Say in one line what is wrong and with what."""
    if problem.kind is ProblemKind.CRASHED and problem.detail:
        return _("“{work}” stopped unexpectedly").format(work=problem.detail)
    reason = problem_reason(problem)
    return f"{problem.path}: {reason}" if problem.path else reason[:1].upper() + reason[1:]


def step_text(step: Step) -> str:
    """Return the words of an undo step for the menu: "highlight", "delete 3 articles"."""
    words = {
        "highlight": _("highlight"),
        "recolour": _("change of colour"),
        "resize": _("other ends of highlight"),
        "note": _("note"),
        "tag": _("tags"),
        "import_notes": _("taking in notes"),
        "delete_annotation": _("deletion of note"),
        "place_note": _("place of note"),
        "detach_note": _("note now on the whole article"),
        "trash": _("deletion of article"),
        "restore": _("putting back article"),
        "star": _("star"),
        "read": _("marking as read or unread"),
        "metadata": _("change of details"),
        "rule": _("correction"),
        "reject_amount": _("mark on “{words}” removed"),
        "correct_amount": _("correction of “{words}”"),
        "restore_rule": _("correction taken back"),
        "import_rules": _("corrections from a file"),
        "merge": _("“{words}” joined with “{into}”"),
        "split": _("“{words}” on its own"),
        "rename": _("“{words}” now called “{into}”"),
        "retype": _("another kind for “{words}”"),
        "ignore": _("“{words}” no longer a name"),
        "ignore_name": _("mark on “{words}” removed"),
        "retype_name": _("another kind for “{words}”"),
        "split_name": _("“{words}” is someone else"),
        "add_name": _("“{words}” marked as a name"),
        "save_search": _("saving of search “{words}”"),
        "rename_search": _("new name of search “{words}”"),
        "rename_tag": _("tag “{words}” now “{into}”"),
        "delete_tag": _("deletion of tag “{words}”"),
        "collect": _("addition to collection “{words}”"),
        "uncollect": _("removal from collection “{words}”"),
        "collections": _("collections"),
        "rename_collection": _("collection “{words}” now “{into}”"),
        "delete_collection": _("deletion of collection “{words}”"),
        "move_search": _("new place of search “{words}”"),
        "delete_search": _("deletion of search “{words}”"),
    }
    fields = {"words": "", "into": "", **step.fields}
    return words.get(step.kind, step.kind).format(**fields)
