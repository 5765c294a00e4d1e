"""The installer for Windows: a Python of its own, wheels for Windows, two small launchers, NSIS around them.

It is made on Linux too: nothing in it is compiled for the machine that makes it but the launchers, by MinGW.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import re
import shutil
import zipfile
from pathlib import Path

import pe
from bundle import LOCALES
from program_icons import write_ico
from steps import BUILD, DIST, HOMEPAGE, PACKAGING, ROOT, fill, keep_to_budget, megabytes, need, run, version

from desktop.importers import IMPORTERS

TEMPLATES = PACKAGING / "windows"
FOLDER = BUILD / "windows" / "Leeslamp"

#: The embeddable Python of python.org that a release is made with.
PYTHON = "3.13.9"
PYTHON_URL = f"https://www.python.org/ftp/python/{PYTHON}/python-{PYTHON}-embed-amd64.zip"
PLATFORM = "x86_64-pc-windows-msvc"
GCC, WINDRES = "x86_64-w64-mingw32-gcc", "x86_64-w64-mingw32-windres"

#: Of PySide6 a window of widgets needs these libraries and plugins; names without .dll.
QT = ("Core", "Gui", "Widgets", "Network", "Svg", "PrintSupport")
QT_PLUGINS = (
    "platforms/qwindows",
    "platforms/qoffscreen",
    "styles/qmodernwindowsstyle",
    "iconengines/qsvgicon",
    "imageformats/qsvg",
    "imageformats/qjpeg",
    "imageformats/qico",
)
QT_TRANSLATIONS = ("qtbase_nl.qm", "qtbase_en.qm")
#: Folders of packages that only their makers need.
UNUSED = (
    *("numpy/f2py", "numpy/tests", "numpy/*/tests", "numpy/_core/include", "numpy/_core/lib"),
    *(f"onnxruntime/{part}" for part in ("backend", "datasets", "quantization", "tools", "transformers")),
    *("lxml/includes", "PIL/*/tests", "tzdata/zoneinfo/right"),
    *("urllib3", "certifi", "htmldate", "dateparser"),  # importers/weighing.py does without
    *("bin", "Scripts"),
)
#: What Windows 10 has of itself since version 1703 (icuuc is of that one).
_OF_WINDOWS = """
advapi32 authz bcrypt bcryptprimitives comctl32 comdlg32 crypt32 d2d1 d3d11 d3d12 d3d9
d3dcompiler_47 dbghelp dcomp dnsapi dwmapi dwrite dxgi gdi32 icuuc imm32 iphlpapi kernel32 mpr
msvcrt netapi32 ntdll ole32 oleaut32 propsys psapi rpcrt4 secur32 setupapi shcore shell32
shlwapi ucrtbase uiautomationcore user32 userenv uxtheme version winhttp winmm ws2_32 wtsapi32
"""
OF_WINDOWS = frozenset(f"{name}.dll" for name in _OF_WINDOWS.split()) | {"winspool.drv"}
#: Qt's own files beside its libraries that nothing here reaches.
RUNTIMES = ("msvcp140", "vcruntime140", "concrt140")


def windows(python: Path | None, sha256: str | None) -> None:
    """Make the installer.

    python: the embeddable Python for Windows, the zip file of python.org (see PYTHON_URL) or one like it.
    sha256: of that file, if it is to be checked.
    """
    need(
        {
            "makensis": "nsis",
            "uv": "uv (from PyPI)",
            GCC: "gcc-mingw-w64-x86-64",
            WINDRES: "binutils-mingw-w64-x86-64",
        }
    )
    if python is None:
        raise SystemExit(f"give the embeddable Python: --python FILE, from {PYTHON_URL}")
    shutil.rmtree(FOLDER.parent, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    tag = unpack_python(python, sha256)
    install_wheels(tag)
    trim()
    make_launchers()
    add_notices()
    check_imports()
    target = DIST / f"Leeslamp-{version()}-setup.exe"
    make_installer(target)
    print(f"{FOLDER}: {megabytes(FOLDER):.0f} MB; {target}: {megabytes(target):.0f} MB")
    keep_to_budget("windows_megabytes", megabytes(target))


def unpack_python(archive: Path, sha256: str | None) -> str:
    """Unpack the embeddable Python into python/; return its version as in "3.13"."""
    if sha256 and hashlib.sha256(archive.read_bytes()).hexdigest() != sha256:
        raise SystemExit(f"{archive} is not the file it should be: its sha256 differs")
    with zipfile.ZipFile(archive) as packed:
        inside = [name for name in packed.namelist() if name.endswith("python.exe")]
        if len(inside) != 1:
            raise SystemExit(f"{archive} holds no embeddable Python")
        packed.extractall(FOLDER / "unpacked")
    shutil.move(FOLDER / "unpacked" / Path(inside[0]).parent, FOLDER / "python")
    shutil.rmtree(FOLDER / "unpacked", ignore_errors=True)
    [paths] = (FOLDER / "python").glob("python3*._pth")
    paths.write_text(f"{paths.stem}.zip\n.\n..\\site\n", encoding="utf-8", newline="\r\n")
    for name in ("_ssl.pyd", "libssl-3.dll", "winsound.pyd"):  # an offline program needs none of them
        (FOLDER / "python" / name).unlink(missing_ok=True)
    found = re.fullmatch(r"python3(\d+)", paths.stem)
    assert found is not None
    return f"3.{found.group(1)}"


def install_wheels(python: str) -> None:
    """Put the wheels for Windows, as locked, and our own into site/."""
    site = [
        "uv",
        "pip",
        "install",
        "--quiet",
        "--target",
        str(FOLDER / "site"),
        "--python-platform",
        PLATFORM,
    ]
    site += ["--python-version", python, "--only-binary", ":all:"]
    run([*site, "--require-hashes", "--no-deps", "-r", "requirements.lock"])
    wheels = BUILD / "wheels"
    shutil.rmtree(wheels, ignore_errors=True)
    run(["uv", "build", "--quiet", "--wheel", "--out-dir", str(wheels), "."])
    [wheel] = wheels.glob("leeslamp-*.whl")
    run([*site, "--no-deps", str(wheel)])


def trim() -> None:
    """Leave out of site/ what the program never reaches."""
    site = FOLDER / "site"
    for pattern in UNUSED:
        for path in site.glob(pattern):
            shutil.rmtree(path)
    qt = site / "PySide6"
    for path in sorted(qt.iterdir()):
        if not _is_kept(path):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    for path in (qt / "plugins").rglob("*.dll"):
        if path.relative_to(qt / "plugins").with_suffix("").as_posix() not in QT_PLUGINS:
            path.unlink()
    for path in (qt / "translations").rglob("*"):
        if path.is_file() and path.name not in QT_TRANSLATIONS:
            path.unlink()
    for path in (site / "babel" / "locale-data").glob("*.dat"):
        if f"/{path.name}" not in LOCALES:
            path.unlink()
    for pattern in ("*.pyi", "*.pdb", "*.lib", "*.h"):
        for path in site.rglob(pattern):
            path.unlink()


def _is_kept(path: Path) -> bool:
    if path.is_dir():
        return path.name in ("plugins", "translations")
    stem, kind = path.stem, path.suffix
    if kind == ".pyd":
        return stem.removeprefix("Qt") in QT
    if kind == ".dll":
        own = stem.startswith(("pyside6.", "icu", *RUNTIMES))
        return own or (stem.startswith("Qt6") and stem.removeprefix("Qt6") in QT)
    return kind == ".py"


def make_launchers() -> None:
    """Compile leeslamp.exe, for the window, and leeslamp-cli.exe, for a console."""
    work = BUILD / "windows" / "launcher"
    work.mkdir(parents=True)
    write_ico(work / "leeslamp.ico")
    shutil.copy(TEMPLATES / "launcher.manifest", work)
    for name, options in (("leeslamp", ["-mwindows"]), ("leeslamp-cli", ["-DCONSOLE", "-mconsole"])):
        values = {"version": version(), "numbers": _numbers(","), "name": f"{name}.exe"}
        fill(TEMPLATES / "launcher.rc", work / f"{name}.rc", **values)
        run([WINDRES, f"{name}.rc", "-O", "coff", "-o", f"{name}.res"], cwd=work)
        source = [str(TEMPLATES / "launcher.c"), str(work / f"{name}.res")]
        flags = ["-O2", "-s", "-Wall", "-Werror", "-municode", "-Wl,--no-insert-timestamp"]
        run([GCC, *flags, *options, *source, "-o", str(FOLDER / f"{name}.exe")])


def _numbers(between: str) -> str:
    """Return the version as the four numbers that Windows wants."""
    parts = [int(part) for part in re.findall(r"\d+", version())][:4]
    return between.join(map(str, [*parts, 0, 0, 0, 0][:4]))


def add_notices() -> None:
    """Put the licence of everything inside beside the program."""
    target = FOLDER / "licences"
    target.mkdir()
    shutil.copy(ROOT / "LICENSE", target / "Leeslamp.txt")
    shutil.copy(ROOT / "resources" / "LICENCES.md", target / "README.md")
    for text in (ROOT / "resources" / "licences").glob("*.txt"):
        shutil.copy(text, target)
    shutil.copy(FOLDER / "python" / "LICENSE.txt", target / "python-LICENSE.txt")
    for package in importlib.metadata.distributions(path=[str(FOLDER / "site")]):
        for file in package.files or []:
            if ".dist-info" in str(file) and re.search("LICEN|COPYING|NOTICE", file.name, re.IGNORECASE):
                shutil.copy(str(file.locate()), target / f"{package.name}-{file.name}")


def check_imports() -> None:
    """See that every library in the folder finds what it needs: in the folder, or in Windows 10 itself."""
    libraries = [path for path in FOLDER.rglob("*") if path.suffix in (".dll", ".pyd", ".exe")]
    there = {path.name.casefold() for path in libraries}
    for path in libraries:
        for needed in map(str.casefold, pe.imports(path)):
            if needed not in there and needed not in OF_WINDOWS and not needed.startswith("api-ms-win-"):
                raise SystemExit(f"{path.relative_to(FOLDER)} needs {needed}, which is nowhere")


def make_installer(target: Path) -> None:
    """Let NSIS pack the folder."""
    suffixes = sorted({suffix for importer in IMPORTERS for suffix in importer.suffixes})
    key = r'"${CLASSES}\%s\OpenWithProgids" "Leeslamp.Article"'
    target.parent.mkdir(exist_ok=True)
    script = fill(
        TEMPLATES / "leeslamp.nsi",
        BUILD / "windows" / "leeslamp.nsi",
        installer=target,
        folder=FOLDER,
        icon=BUILD / "windows" / "launcher" / "leeslamp.ico",
        licence=ROOT / "LICENSE",
        version=version(),
        numbers_dotted=_numbers("."),
        homepage=HOMEPAGE,
        offered="\n".join(f'  WriteRegStr HKCU {key % suffix} ""' for suffix in suffixes),
        withdrawn="\n".join(f"  DeleteRegValue HKCU {key % suffix}" for suffix in suffixes),
    )
    run(["makensis", "-V2", str(script)])
