"""Try the installer for Windows under Wine: install, self-test, read, look at the window, uninstall.

    python packaging/windows/try_under_wine.py dist/Leeslamp-0.1.0-setup.exe [--screenshot FILE]

Needs Wine (tried with 10.0 of Debian 13: wine, wine32:i386, wine64), Xvfb, imagemagick, gcc and MinGW. All
happens in a new prefix, for a person whose name has spaces and letters beyond ASCII. Two libraries that
Windows has and Wine lacks are made for the trial and put beside the installed Python; they are never
shipped: complex.c has the complex functions of C99 that numpy asks of ucrtbase, and icuuc (in Windows since
10, 1703) is an empty one, so that Qt keeps to its own text codecs. numpy's modules are made to ask `zzz-ms-
win-crt-math` for them: a name as long as the true one. Exit code 0 = all went as it should.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import pe  # noqa: E402

PERSON = "Zoë van Ëssen"
REAL, STAND_IN = "api-ms-win-crt-math-l1-1-0.dll", "zzz-ms-win-crt-math-l1-1-0.dll"
COMPILER = ("x86_64-w64-mingw32-gcc", "-O2", "-std=c11", "-shared", "-static", "-static-libgcc", "-s")
DEEP = [f"een lange mapnaam {number}" for number in range(1, 20)]  #: over 260 characters together
ARTICLE = "date 2025-01 Kabinet trekt 70 miljoen uit\n\nMinister Jan de Vries trekt 70 miljoen euro uit.\n"
UNINSTALL = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\Leeslamp"
CLASSES = r"HKCU\Software\Classes"


class Trial:
    """One prefix of Wine, and what was found not to be as it should."""

    def __init__(self, folder: Path) -> None:
        self.prefix = folder / "prefix"
        self.home = self.prefix / "drive_c" / "users" / PERSON
        self.program = self.home / "AppData" / "Local" / "Programs" / "Leeslamp"
        self.wrong: list[str] = []
        self.environment = {
            "HOME": str(folder), "PATH": os.environ["PATH"], "USER": PERSON, "LOGNAME": PERSON,
            "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "WINEPREFIX": str(self.prefix), "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree,mshtml=;winedbg.exe=d", "DISPLAY": os.environ.get("DISPLAY", ":77"),
        }  # fmt: skip

    def wine(self, *command: str, seconds: int = 180) -> tuple[int, str]:
        """Run a program; return its exit code and what it said."""
        with tempfile.TemporaryFile() as told:  # a pipe would be held open by what Wine leaves running
            done = subprocess.run(
                ["wine", *command], env=self.environment, cwd=self.prefix.parent, stdin=subprocess.DEVNULL,
                stdout=told, stderr=subprocess.STDOUT, timeout=seconds, check=False,
            )  # fmt: skip
            told.seek(0)
            said = told.read().decode("utf-8", "replace").splitlines()
        # ld.so tells of Wine's few programs of 32 bits that tiles.so is not for them.
        return done.returncode, "\n".join(line for line in said if "ld.so" not in line).strip()

    def cli(self, *arguments: str) -> tuple[int, str]:
        """Run the installed command line."""
        return self.wine(str(self.program / "leeslamp-cli.exe"), *arguments)

    def see(self, what: str, right: bool, told: str = "") -> None:
        """Say and remember whether something is as it should be."""
        print(f"{'ok   ' if right else 'WRONG'} {what}" + (f": {told}" if told else ""), flush=True)
        if not right:
            self.wrong.append(what)

    def has(self, key: str) -> bool:
        """Say whether a key is in the registry."""
        return self.wine("reg", "query", key)[0] == 0


def let_tiles_be_used(trial: Trial, folder: Path) -> None:
    """Let Wine's processes use AMX, where the processor has it (see wine/tiles.c)."""
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists() and "amx_tile" in cpuinfo.read_text(encoding="utf-8"):
        library = folder / "tiles.so"
        subprocess.run(
            ["gcc", "-shared", "-fPIC", "-o", str(library), str(HERE / "wine" / "tiles.c")], check=True
        )
        trial.environment["LD_PRELOAD"] = str(library)


def add_stand_ins(trial: Trial) -> None:
    """Make what Wine lacks, and let numpy find it."""
    site, python = trial.program / "site", trial.program / "python"
    needed = {path: pe.imports(path) for path in [*site.rglob("*.pyd"), *site.rglob("*.dll")]}
    users = [path for path in needed if REAL in needed[path] and path.parts[-3] == "numpy"]
    names = sorted({name for path in users for name in needed[path][REAL]})
    codecs = sorted({name for path in needed for name in needed[path].get("icuuc.dll", [])})
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        own = set(_complex_functions())
        exports = [f"  {name} = {f'shim_{name}' if name in own else f'ucrtbase.{name}'}" for name in names]
        (work / "math.def").write_text("\n".join([f"LIBRARY {STAND_IN}", "EXPORTS", *exports, ""]))
        sources = [str(HERE / "wine" / "complex.c"), str(work / "math.def")]
        subprocess.run([*COMPILER, "-o", str(python / STAND_IN), *sources], check=True)
        empty = [f"__declspec(dllexport) void *{name}(void) {{ return 0; }}" for name in codecs]
        empty = [line for line in empty if " *ucnv_open(" not in line]
        opening = (
            "__declspec(dllexport) void *ucnv_open(const char *name, int *error) { *error = 4; return 0; }"
        )
        (work / "icuuc.c").write_text("\n".join([opening, *empty, ""]))
        subprocess.run([*COMPILER, "-o", str(python / "icuuc.dll"), str(work / "icuuc.c")], check=True)
    for path in users:
        path.write_bytes(path.read_bytes().replace(REAL.encode(), STAND_IN.encode()))


def _complex_functions() -> Iterable[str]:
    """Yield the names that complex.c makes: each with its forms for long double and float."""
    words = "creal cimag cabs carg ccos ccosh cexp clog csin csinh csqrt ctan ctanh cacos cacosh casin casinh"
    for name in [*words.split(), "catan", "catanh", "conj", "cproj", "cpow"]:
        yield from (name, name + "l", name + "f")


def try_command_line(trial: Trial) -> None:
    """Self-test; import from a deep folder into a library with accents; search."""
    code, told = trial.cli("--selftest")
    line = told.splitlines()[-1] if told else ""
    trial.see("self-test", code == 0 and json.loads(line)["ok"] is True, line)
    deep = trial.prefix / "drive_c" / Path(*DEEP)
    deep.mkdir(parents=True)
    (deep / "Zoë – één artikel.txt").write_text(ARTICLE, encoding="utf-8")
    path = "\\".join(["C:", *DEEP, "Zoë – één artikel.txt"])
    library = f"C:\\users\\{PERSON}\\Documents\\Mijn bibliotheek één"
    code, told = trial.cli("--library", library, "import", path)
    trial.see(f"import from a path of {len(path)} characters", code == 0 and "1 article" in told, told)
    code, told = trial.cli("--library", library, "search", "bedrag:>50mln")
    trial.see("search", code == 0 and "Kabinet trekt 70 miljoen uit" in told)


def try_window(trial: Trial, screenshot: Path | None) -> None:
    """Start the window, look at it, end it."""
    library = f"C:\\users\\{PERSON}\\Documents\\Mijn bibliotheek één"
    command = ["wine", str(trial.program / "leeslamp.exe"), "--library", library]
    with subprocess.Popen(
        command, env=trial.environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as window:  # fmt: skip
        time.sleep(25)
        trial.see("the window stays open", window.poll() is None)
        if screenshot is not None:
            subprocess.run(["import", "-window", "root", str(screenshot)], env=trial.environment, check=False)
        trial.wine("taskkill", "/f", "/im", "pythonw.exe")
        window.wait(60)


def try_uninstalling(trial: Trial) -> None:
    """Uninstall, and see that only the library is left."""
    # The uninstaller goes on as a copy of itself, so that it can remove itself, too.
    code, told = trial.wine(str(trial.program / "uninstall.exe"), "/S")
    until = time.monotonic() + 90
    while trial.program.exists() and time.monotonic() < until:
        time.sleep(1)
    left = sorted(path.name for path in trial.program.rglob("*"))
    trial.see("uninstalled", code == 0 and not trial.program.exists(), told or ", ".join(left[:9]))
    time.sleep(3)
    kept = trial.home / "Documents" / "Mijn bibliotheek één" / "library.sqlite3"
    trial.see("the library is kept", kept.is_file())
    keys = (UNINSTALL, rf"{CLASSES}\leeslamp", rf"{CLASSES}\.leeslamp-corrections", r"HKCU\Software\Leeslamp")
    trial.see("the registry is clean", not any(map(trial.has, keys)))
    links = [path for path in trial.home.rglob("*.lnk") if "eeslamp" in path.name]
    trial.see("no link is left", not links)


def main() -> int:
    """Run the trial; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("installer", type=Path)
    parser.add_argument("--screenshot", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        trial = Trial(Path(folder))
        let_tiles_be_used(trial, Path(folder))
        screen = None
        if "DISPLAY" not in os.environ:
            screen = subprocess.Popen(
                ["Xvfb", ":77", "-screen", "0", "1440x900x24"], stderr=subprocess.DEVNULL
            )
            time.sleep(2)
        try:
            trial.wine("wineboot", "-i")
            code, told = trial.wine(str(options.installer.resolve()), "/S", seconds=300)
            trial.see(
                f"installed for {PERSON}", code == 0 and (trial.program / "leeslamp.exe").is_file(), told
            )
            keys = (UNINSTALL, rf"{CLASSES}\leeslamp", rf"{CLASSES}\.leeslamp-corrections")
            trial.see("in the registry", all(map(trial.has, keys)))
            offered = rf"{CLASSES}\.txt\OpenWithProgids"
            trial.see("no kind of file was taken without asking", not trial.has(offered))
            add_stand_ins(trial)
            try_command_line(trial)
            try_window(trial, options.screenshot)
            try_uninstalling(trial)
        finally:
            subprocess.run(["wineserver", "-k"], env=trial.environment, check=False)
            if screen is not None:
                screen.terminate()
    return 1 if trial.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
