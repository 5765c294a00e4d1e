"""The date of an article that has no header: found where it stands plainly, and doubtful unless two agree."""

from __future__ import annotations

import pytest

from desktop.importers.plain_text import read_text
from desktop.tasks.dating import with_date

BODY = "De gemeenteraad van Zutphen praatte over de haven. Er komt een nieuwe kade, zegt de wethouder.\n"


@pytest.mark.parametrize(
    ("name", "lines", "published", "doubtful"),
    [
        ("stuk.txt", "", None, False),
        ("2025-03-12 haven.txt", "", "2025-03-12", True),
        ("20250312_haven.txt", "", "2025-03-12", True),
        ("haven-2025-03.txt", "", "2025-03", True),
        ("202503.txt", "", None, False),
        ("2025-02-30.txt", "", None, False),
        ("haven 2024-01-02 en 2025-01-02.txt", "", None, False),
        ("stuk.txt", "12 maart 2025\n\n", "2025-03-12", True),
        ("stuk.txt", "Woensdag 12 maart 2025, 08:30\n\n", "2025-03-12", True),
        ("2025-03-12.txt", "12 maart 2025\n\n", "2025-03-12", False),
        (
            "stuk.txt",
            "Op 12 maart 2025 besloot de raad dat de kade er na lang overleg toch komt.\n\n",
            None,
            False,
        ),
        ("stuk.txt", "Gisteren\n\n", None, False),
        ("stuk.txt", "1 2 3 4 5\n\n", None, False),
    ],
)
def test_a_date_is_found_where_it_stands_plainly(
    name: str, lines: str, published: str | None, doubtful: bool
) -> None:
    found = with_date(read_text(f"Nieuwe kade in de haven\n\n{lines}{BODY}", path=f"/stukken/{name}"))
    assert (found.published, found.doubtful) == (published, doubtful)


def test_a_date_in_the_header_wins() -> None:
    found = with_date(read_text(f"date 2024-05 Kade\n\n12 maart 2025\n\n{BODY}", path="/2023-01-01.txt"))
    assert (found.published, found.doubtful) == ("2024-05", False)


def test_a_line_at_the_foot_counts_too() -> None:
    found = with_date(read_text("Kade\n\n" + f"{BODY}\n" * 6 + "Published: 3 March 2025\n", path="/a.txt"))
    assert (found.published, found.doubtful) == ("2025-03-03", True)
