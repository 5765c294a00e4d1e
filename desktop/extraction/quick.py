"""Frozen objects made quickly: a text is read into hundreds, and making them was a tenth of the work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field, fields, make_dataclass
from typing import Any, Final, ParamSpec, TypeVar

from desktop.model import Amount, Mention, Period

_Given = ParamSpec("_Given")
_Made = TypeVar("_Made")


def quick(kind: Callable[_Given, _Made]) -> Callable[_Given, _Made]:
    """Return what makes objects of a frozen dataclass with slots, four times as fast as calling the class.

    A frozen object may not be assigned to, so `dataclasses` fills it by a call a field. Here an unfrozen twin
    with the same slots is filled, which then becomes one of the frozen kind; the two cannot be told apart.
    Raises TypeError if the class is no dataclass with slots.
    """
    frozen: Any = kind
    twin = make_dataclass(
        frozen.__name__,
        [
            (f.name, f.type, field(default=f.default, default_factory=f.default_factory))
            for f in fields(frozen)
        ],
        slots=True,
    )

    def make(*given: _Given.args, **named: _Given.kwargs) -> _Made:
        made = twin(*given, **named)
        made.__class__ = frozen
        return made  # type: ignore[no-any-return]

    object.__new__(twin).__class__ = frozen  # raises here, not at the first that is made
    return make


mention_of: Final = quick(Mention)
amount_of: Final = quick(Amount)
period_of: Final = quick(Period)
