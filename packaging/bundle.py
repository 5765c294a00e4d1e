"""The folder that runs without Python: PyInstaller's, trimmed, tried out."""

from __future__ import annotations

import importlib.metadata
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import sbom
import translations
from steps import BUILD, BUNDLE, DIST, ROOT, epoch, keep_to_budget, megabytes, need, run

#: Qt plugins that a window of widgets needs on Linux and macOS; everything else is left out, GTK with it.
QT_PLUGINS = (
    "platforms/libqxcb.so",
    "platforms/libqwayland.so",
    "platforms/libqoffscreen.so",
    "platformthemes/libqxdgdesktopportal.so",
    "platforminputcontexts/libcomposeplatforminputcontextplugin.so",
    "platforminputcontexts/libibusplatforminputcontextplugin.so",
    "iconengines/libqsvgicon.so",
    "imageformats/libqsvg.so",
    "imageformats/libqjpeg.so",
    "wayland-shell-integration/libxdg-shell.so",
    "wayland-decoration-client/libadwaita.so",
    "platforms/libqcocoa.dylib",
    "platforms/libqoffscreen.dylib",
    "styles/libqmacstyle.dylib",
    "iconengines/libqsvgicon.dylib",
    "imageformats/libqsvg.dylib",
    "imageformats/libqjpeg.dylib",
)
#: Qt's own words in the languages of the interface.
QT_TRANSLATIONS = ("qtbase_nl.qm", "qtbase_en.qm")
#: What makes and converts models; the program only runs one.
MODEL_TOOLS = ("backend", "datasets", "quantization", "tools", "transformers")
#: Imported by others if it is there, never reached; no network modules in an offline program.
EXCLUDED = (
    *("tkinter", "ssl", "_ssl", "pip", "setuptools", "PySide6.QtOpenGL", "PySide6.QtOpenGLWidgets"),
    *(f"onnxruntime.{part}" for part in MODEL_TOOLS),
    "numpy.f2py",
    "readline",  # brings a library under the GPL
    *("urllib3", "certifi", "htmldate", "dateparser"),  # importers/weighing.py does without
    # ReportLab wants Pillow, but no pictures go into our PDFs.
    *(f"PIL.{part}" for part in ("_avif", "_webp", "_imagingft", "_imagingcms", "_imagingtk")),
)
#: Libraries that read files of their own when they run.
WITH_DATA = ("qtawesome", "trafilatura", "justext", "tld", "docx")

#: Libraries that belong to the reader's system: the font configuration they read is that system's.
OF_THE_SYSTEM = ("libfontconfig.so.1", "libfreetype.so.6")

#: Of the knowledge of a thousand languages that a library brings along, 32 MB, ours.
LOCALES = tuple(f"/{name}.dat" for name in ("root", "nl", "en", "fr", "de"))

#: What an installer writes down about this installation: scripts with the path of this folder in them.
INSTALLED = ("/RECORD", "/INSTALLER", "/REQUESTED", "/direct_url.json", "/uv_cache.json", "/uv_build.json")

COMMON_LICENCES = ("LGPL-2.1", "GPL-2", "Apache-2.0")
NOTICES = ("LICEN", "COPYING", "NOTICE")

START = """\
import sys
from desktop.__main__ import main
sys.exit(main())
"""

# PyInstaller looks for what the plugins need after its hooks ran, so the choice is made in the hooks.
HOOK = """\
from PyInstaller.utils.hooks.qt import add_qt6_dependencies
hiddenimports, binaries, datas = add_qt6_dependencies(__file__)
binaries = [pair for pair in binaries if "/plugins/" not in pair[0] or pair[0].endswith({plugins!r})]
datas = [pair for pair in datas if "/translations/" not in pair[0] or pair[0].endswith({translations!r})]
"""

SPEC = """\
from PyInstaller.utils.hooks import collect_data_files, collect_submodules
analysis = Analysis(
    [{start!r}],
    pathex=[{root!r}],
    datas=[({resources!r}, "desktop/_resources"), ({seeds!r}, "desktop/_seeds")]
    + [pair for name in {with_data!r} for pair in collect_data_files(name)],
    hiddenimports=collect_submodules("desktop") + ["whoosh.lang", "whoosh.lang.snowball"],
    hookspath=[{hooks!r}],
    excludes={excluded!r},
)
analysis.binaries = [entry for entry in analysis.binaries if entry[0] not in {of_the_system!r}]
analysis.datas = [
    entry for entry in analysis.datas
    if ("/locale-data/" not in entry[0] or entry[0].endswith({locales!r}))
    and not (".dist-info/" in entry[0] and entry[0].endswith({installed!r}))
]
code = PYZ(analysis.pure)
program = EXE(code, analysis.scripts, [], exclude_binaries=True, name="leeslamp", upx=False)
COLLECT(program, analysis.binaries, analysis.datas, name="leeslamp", upx=False)
"""


# The Linux bundle


def bundled_data() -> Path:
    """Copy the data that go along: all of resources/ but the sources of the catalogues."""
    translations.compile_all()
    target = BUILD / "resources"
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(ROOT / "resources", target, ignore=shutil.ignore_patterns("*.po"))
    return target


def freeze() -> None:
    """Let PyInstaller make the folder."""
    hooks = BUILD / "hooks"
    hooks.mkdir(parents=True, exist_ok=True)
    for module in ("QtCore", "QtGui", "QtWidgets", "QtNetwork", "QtSvg"):
        hook = HOOK.format(plugins=QT_PLUGINS, translations=QT_TRANSLATIONS)
        (hooks / f"hook-PySide6.{module}.py").write_text(hook, encoding="utf-8")
    start, spec = BUILD / "start.py", BUILD / "leeslamp.spec"
    start.write_text(START, encoding="utf-8")
    values = {
        "start": str(start),
        "root": str(ROOT),
        "resources": str(bundled_data()),
        "seeds": str(ROOT / "seeds"),
        "hooks": str(hooks),
        "excluded": list(EXCLUDED),
        "of_the_system": OF_THE_SYSTEM,
        "locales": LOCALES,
        "installed": INSTALLED,
        "with_data": WITH_DATA,
    }
    spec.write_text(SPEC.format(**values), encoding="utf-8")
    options = [
        "--noconfirm",
        "--log-level",
        "WARN",
        "--distpath",
        str(DIST),
        "--workpath",
        str(BUILD / "work"),
    ]
    # One hash seed and one time, so that two builds are alike.
    env = {"PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": str(epoch())}
    run([sys.executable, "-m", "PyInstaller", *options, str(spec)], env=env)


def add_notices() -> None:
    """Put the licence of everything inside beside the program, as its own wheel states it."""
    target = BUNDLE / "licences"
    target.mkdir(exist_ok=True)
    shutil.copy(ROOT / "LICENSE", target / "Leeslamp.txt")
    shutil.copy(ROOT / "resources" / "LICENCES.md", target / "README.md")
    for text in (ROOT / "resources" / "licences").glob("*.txt"):
        shutil.copy(text, target)
    for name in sorted(_shipped("leeslamp") | {"pyinstaller"}):
        for file in importlib.metadata.files(name) or []:
            if ".dist-info" in str(file) and any(word in file.name.upper() for word in NOTICES):
                shutil.copy(str(file.locate()), target / f"{name}-{file.name}")


def add_system_notices() -> None:
    """Put the licences of the system's libraries there too, and the common ones that they refer to."""
    target = BUNDLE / "licences" / "system"
    target.mkdir(exist_ok=True)
    for package in sorted(sbom.system_packages()):
        shutil.copy(Path("/usr/share/doc", package, "copyright"), target / f"{package}.txt")
    for name in COMMON_LICENCES:
        shutil.copy(Path("/usr/share/common-licenses", name), target / f"{name}.txt")


def _shipped(name: str) -> set[str]:
    """Return the names of all packages that one needs here, without those of its extras."""
    found: set[str] = set()
    for line in importlib.metadata.requires(name) or []:
        wanted, _sign, marker = line.partition(";")
        other = re.split(r"[^A-Za-z0-9._-]", wanted.strip())[0].lower()
        if not marker and other not in found:
            found |= {other} | _shipped(other)
    return found


def check_libraries() -> None:
    """Fail when a library in the bundle needs one that neither the bundle nor this system has."""
    inside = {path.name for path in BUNDLE.rglob("*.so*")}
    lacking = set()
    for path in BUNDLE.rglob("*.so*"):
        answer = subprocess.run(["ldd", str(path)], capture_output=True, text=True, check=False).stdout
        wanted = {line.split()[0] for line in answer.splitlines() if "not found" in line}
        lacking |= {f"{path.name} needs {name}" for name in wanted - inside}
    if lacking:
        raise SystemExit("the bundle lacks libraries:\n  " + "\n  ".join(sorted(lacking)))


def _environment(home: str) -> dict[str, str]:
    """Return an environment without Python, so that only what is in the bundle can be used."""
    ours = {"LEESLAMP_HOME": home, "QT_QPA_PLATFORM": "offscreen"}
    if os.name == "nt":  # its programs need many of its own to start at all
        return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")} | ours
    kept = {name: os.environ[name] for name in ("LANG", "TERM") if name in os.environ}
    return {**kept, **ours, "HOME": home, "PATH": "/usr/bin:/bin"}


def try_out() -> None:
    """See that the bundle works: here, and from a read-only folder with spaces and accents in its name."""
    with tempfile.TemporaryDirectory() as home:
        print("selftest:", self_test(BUNDLE / "leeslamp", home))
        open_window(BUNDLE / "leeslamp", home)
        elsewhere = Path(home) / "Mijn programma’s" / "leeslámp ✓"
        shutil.copytree(BUNDLE, elsewhere, symlinks=True)
        _make_read_only(elsewhere, True)
        try:
            print("selftest, read-only:", self_test(elsewhere / "leeslamp", home))
        finally:
            _make_read_only(elsewhere, False)


def self_test(program: Path, home: str) -> str:
    """Run a program's own test of itself; return what it printed."""
    done = subprocess.run(
        [str(program), "--selftest"],
        env=_environment(home),
        cwd=home,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode != 0 or not json.loads(done.stdout)["ok"]:
        raise SystemExit(f"--selftest failed ({done.returncode}):\n{done.stdout}{done.stderr}")
    return done.stdout.strip()


def open_window(program: Path, home: str) -> None:
    """Open the window and see that it stays open and says nothing."""
    window = subprocess.Popen(
        [str(program)],
        env=_environment(home),
        cwd=home,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        said, _nothing = window.communicate(timeout=8)
        raise SystemExit(f"the window closed by itself ({window.returncode}):\n{said}")
    except subprocess.TimeoutExpired:
        window.terminate()
        said, _nothing = window.communicate(timeout=20)
    # Qt's offscreen platform says so of every window; it concerns nobody.
    lines = [line for line in said.splitlines() if "propagateSizeHints" not in line]
    if lines:
        raise SystemExit("\n".join(["the window said:", *lines]))
    print("window: opens")


def _make_read_only(folder: Path, wanted: bool) -> None:
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode & ~0o222 if wanted else mode | 0o200)


def start_ratio() -> float:
    """Return how long the bundle takes to start, against the same program in `.venv`; medians of five."""
    command = [sys.executable, "-m", "desktop"]
    times: dict[str, list[float]] = {"bundle": [], "here": []}
    for _turn in range(5):
        for name, start in (("bundle", [str(BUNDLE / "leeslamp")]), ("here", command)):
            begin = time.perf_counter()
            subprocess.run([*start, "--version"], cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
            times[name].append(time.perf_counter() - begin)
    return statistics.median(times["bundle"]) / statistics.median(times["here"])


def weigh() -> None:
    """Print what each part of the bundle weighs, the heaviest first."""
    inside = BUNDLE / "_internal"
    parts: dict[str, float] = {}
    for path in (one for one in inside.iterdir() if not one.is_symlink()):
        name = path.name if path.is_dir() else "libraries and modules"
        parts[name] = parts.get(name, 0) + megabytes(path)
    for name, weight in sorted(parts.items(), key=lambda part: -part[1]):
        if weight >= 0.5:
            print(f"{weight:8.1f} MB  {name}")


def make() -> None:
    """Make the bundle, try it out, and hold it to its budget."""
    need({"objdump": "binutils", "ldd": "libc-bin"})
    start = time.monotonic()
    freeze()
    add_notices()
    add_system_notices()
    check_libraries()
    try_out()
    weigh()
    print(f"{BUNDLE}: made in {time.monotonic() - start:.0f} s")
    keep_to_budget("bundle_megabytes", megabytes(BUNDLE))
    keep_to_budget("bundle_start_ratio", start_ratio())
