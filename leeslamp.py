"""Set up and start Leeslamp from its source folder. Needs Python 3.11 or newer and nothing else.

    python3 leeslamp.py                    open the window (the first time: set up first)
    python3 leeslamp.py COMMAND or FILES   the same arguments as the installed command `leeslamp`
    python3 leeslamp.py test [--all] [pytest arguments]    lint, format, types and all tests
    python3 leeslamp.py --setup-only [test]                stop after the set-up
    --no-system                            never install packages of the operating system

The set-up makes the folder .venv here and installs what the lock file names, checked by hash; nothing
else on the computer changes, except that root on Debian or Ubuntu gets the system libraries that Qt
lacks. It is skipped as long as the lock file is the same. On Windows: py leeslamp.py.
"""

# This file must parse on Python 3.6, so that an old Python gets an answer instead of a traceback.

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "leeslamp-setup.json"
LOG = VENV / "leeslamp-setup.log"
APP_LOCK = ROOT / "requirements.lock"
TEST_LOCK = ROOT / "requirements-dev.lock"
OLDEST = (3, 11)
NEWEST_TRIED = 14

#: What Qt's wheels expect of the system: library -> package of Debian and Ubuntu.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
}
#: What it expects on top of that to open a window on X11.
X11_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


class SetupError(Exception):
    """Something is missing; the text says what, and what to install."""


def say(text: str) -> None:
    """Tell what is being done; on standard error, so that the output of commands stays clean."""
    print(f"leeslamp: {text}", file=sys.stderr, flush=True)


# Python


def newer_python() -> "str | None":
    """Return another Python on this computer that is new enough, the newest first."""
    for minor in range(NEWEST_TRIED, OLDEST[1] - 1, -1):
        candidates = [["py", f"-3.{minor}"]] if os.name == "nt" else [[f"python3.{minor}"]]
        for command in candidates:
            if shutil.which(command[0]) is None:
                continue
            code = "import sys; print(sys.executable)"
            answer = subprocess.run(
                [*command, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False
            )
            if answer.returncode == 0 and answer.stdout.strip():
                return answer.stdout.decode(errors="replace").strip()
    return None


def python_too_old() -> SetupError:
    """Say where a newer Python comes from."""
    if os.name == "nt":
        advice = "winget install Python.Python.3.13"
    elif sys.platform == "darwin":
        advice = "brew install python@3.13, or the installer of python.org"
    else:
        advice = "Debian 12 and Ubuntu 24.04 have it: apt install python3 python3-venv; otherwise: python.org"
    wanted, here = ".".join(map(str, OLDEST)), ".".join(map(str, sys.version_info[:3]))
    return SetupError(f"Python {wanted} or newer is needed, this is {here} ({sys.executable}).\n  {advice}")


def venv_python() -> Path:
    """Return the path of the Python in .venv, whether it exists or not."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


# Packages of the operating system


def os_release() -> "dict[str, str]":
    """Return the fields of /etc/os-release, empty where there is none."""
    try:
        lines = Path("/etc/os-release").read_text(encoding="utf-8").splitlines()
    except OSError:
        return {}
    pairs = (line.partition("=") for line in lines)
    return {key: value.strip("\"'") for key, sign, value in pairs if sign}


def package_names(packages: "list[str]", release: "dict[str, str]") -> "list[str]":
    """Return the names as this release spells them: Debian 13 and Ubuntu 24.04 renamed glib."""
    since = {"debian": 13, "ubuntu": 24}.get(release.get("ID", ""))
    version = release.get("VERSION_ID", "").partition(".")[0]
    # Debian's testing has no number.
    renamed = since is not None and (not version.isdigit() or int(version) >= since)
    return [name + "t64" if renamed and name == "libglib2.0-0" else name for name in packages]


def install_system_packages(packages: "list[str]", why: str, allowed: bool) -> None:
    """Install packages of Debian or Ubuntu as root, or raise SetupError with the line that does it."""
    line = "apt install " + " ".join(packages)
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    if not (root and allowed):
        raise SetupError(f"{why}.\n  Install: {line if root else 'sudo ' + line}")
    say(f"{why}; installing as root: {line}")
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-qq", "-y", "--no-install-recommends", *packages],
    ):
        done = subprocess.run(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
        )
        if done.returncode != 0 and command[1] == "install":
            tail = "\n".join(done.stdout.decode(errors="replace").splitlines()[-8:])
            raise SetupError(f"{why}, and installing it failed:\n{tail}\n  Try by hand: {line}")


def missing_libraries(names: "list[str]") -> "list[str]":
    """Return the libraries that the system's loader does not find."""
    import ctypes

    missing = []
    for name in names:
        try:
            ctypes.CDLL(name)
        except OSError:
            missing.append(name)
    return missing


def check_system(window: bool, venv: bool, allowed: bool) -> None:
    """See to it that the system has what is needed, all of it at once.

    window: Qt's libraries for X11 too; venv: the modules that make an environment too. Libraries are
    looked at on Linux only: elsewhere the wheels bring everything.
    """
    needs = []
    packages = []
    if venv and not all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        needs.append("Python lacks its module ensurepip")
        packages.append("python{}.{}-venv".format(*sys.version_info))
    missing = []
    if sys.platform.startswith("linux"):
        table = dict(QT_LIBRARIES, **X11_LIBRARIES) if window else QT_LIBRARIES
        missing = missing_libraries(list(table))
        if missing:
            needs.append(f"Qt lacks system libraries ({', '.join(missing)})")
            packages += package_names([table[name] for name in missing], os_release())
    if not needs:
        return
    why = " and ".join(needs)
    if shutil.which("apt-get"):
        install_system_packages(packages, why, allowed)
    elif shutil.which("dnf"):
        wanted = " ".join(f"'{name}()(64bit)'" for name in missing)
        raise SetupError(f"{why}.\n  Install: sudo dnf install {wanted or 'python3'}")
    else:
        raise SetupError(f"{why}.\n  Install the packages of your system that hold them.")


def check_qt(python: Path) -> None:
    """Load Qt once, so that whatever else it lacks has a name. Raises SetupError."""
    trial = subprocess.run(
        [str(python), "-c", "import PySide6.QtWidgets"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if trial.returncode != 0:
        raise SetupError(
            "Qt does not load: " + (trial.stdout.strip().splitlines() or ["no reason given"])[-1]
        )


# The environment


def read_stamp() -> "dict[str, object]":
    """Return what the last complete set-up wrote down; empty when there was none or it was elsewhere."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if stamp.get("root") == str(ROOT) and venv_python().exists() else {}


def fingerprint(lock: Path) -> str:
    """Return what an installation depends on: the lock file and the project's description."""
    return hashlib.sha256(lock.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()


def run_logged(command: "list[str]") -> None:
    """Run a step of the set-up with its output in the log. Raises SetupError with the end of it."""
    environment = dict(os.environ, PIP_USER="0", PIP_DISABLE_PIP_VERSION_CHECK="1", PYTHONUTF8="1")
    environment.pop("PYTHONHOME", None)
    done = subprocess.run(
        command, cwd=str(ROOT), env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    output = done.stdout.decode(errors="replace")
    if VENV.is_dir():
        with LOG.open("a", encoding="utf-8") as log:
            log.write(f"$ {' '.join(command)}\n{output}\n")
    if done.returncode != 0:
        raise SetupError(explain(output))


#: Signs in an installer's output, and what to do about them; the first that fits.
ADVICE = (
    (("no space left",), "The disk is full: about 500 MB are needed here."),
    (
        ("do not match the hashes", "hash mismatch"),
        "A package is not the one that the lock file names: try again, or look at your package index.",
    ),
    (
        ("certificate",),
        "The package index shows a certificate that is not trusted here (set PIP_CERT or SSL_CERT_FILE).",
    ),
    (
        ("connection", "resolve", "dns error", "timed out", "network", "proxy"),
        "The packages could not be fetched: the set-up, and only that, needs the internet (HTTPS_PROXY?).",
    ),
    (
        ("no matching distribution", "no solution found", "no usable wheels"),
        "A package cannot be had: either no network, or no build for this kind of computer.",
    ),
    (("",), "Installing the packages failed."),
)


def explain(output: str) -> str:
    """Turn the output of a failed installer into what to do about it."""
    advice = next(text for signs, text in ADVICE if any(sign in output.lower() for sign in signs))
    lines = [line for line in output.strip().splitlines() if line.strip()]
    lines = [line for line in lines if "error" in line.lower() and "warning" not in line.lower()] or lines
    return "\n    ".join([advice, *lines[-4:]]) + f"\n  All of it: {LOG}"


def make_with_uv(uv: str, lock: Path) -> None:
    """Make .venv and install the lock with uv; never downloads a Python."""
    if not read_stamp():
        run_logged(
            [uv, "venv", "--quiet", "--clear", "--no-python-downloads", "--python", sys.executable, str(VENV)]
        )
    install = [uv, "pip", "install", "--quiet", "--python", str(venv_python())]
    run_logged([*install, "--require-hashes", "--only-binary", ":all:", "-r", str(lock)])
    run_logged([*install, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)])


def make_with_pip(lock: Path) -> None:
    """Make .venv and install the lock with what Python itself brings."""
    pip = [str(venv_python()), "-m", "pip"]
    nothing = subprocess.DEVNULL
    has_pip = bool(read_stamp()) and subprocess.call([*pip, "--version"], stdout=nothing, stderr=nothing) == 0
    if not has_pip:
        run_logged([sys.executable, "-m", "venv", "--clear", str(VENV)])
    install = [*pip, "install", "--quiet", "--no-input"]
    run_logged([*install, "--require-hashes", "--only-binary", ":all:", "-r", str(lock)])
    run_logged([*install, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)])


def install(lock: Path) -> None:
    """Bring .venv to what the lock file says. Raises SetupError."""
    start = time.monotonic()
    what = "bringing up to date" if read_stamp() else "first start: making"
    say(f"{what} {VENV} with Python {sys.version.split()[0]}; this takes a minute")
    uv = shutil.which("uv")
    try:
        if uv is None:
            make_with_pip(lock)
        else:
            make_with_uv(uv, lock)
    except SetupError as error:
        if uv is None or not importlib.util.find_spec("ensurepip"):
            raise
        say(f"uv did not manage, using pip. {error}")
        make_with_pip(lock)
    say(f"done in {time.monotonic() - start:.0f} s")


def set_up(lock: Path, window: bool, allowed: bool) -> Path:
    """Make or bring up to date what is needed, and return the Python that runs Leeslamp."""
    stamp = read_stamp()
    if not stamp and not os.access(str(ROOT), os.W_OK):
        raise SetupError(f"cannot write in {ROOT}: the set-up makes the folder .venv there.")
    mark = fingerprint(lock)
    libraries = "window" if window else "offscreen"
    if not stamp.get(libraries):
        check_system(window, venv=not stamp and not shutil.which("uv"), allowed=allowed)
    if stamp.get(lock.name) != mark:
        install(lock)
        check_qt(venv_python())
    # Read again: where .venv was made anew, what had been installed before is gone.
    done = dict(read_stamp(), root=str(ROOT))
    done.update({lock.name: mark, APP_LOCK.name: fingerprint(APP_LOCK), libraries: True})
    if done != stamp:
        STAMP.write_text(json.dumps(done), encoding="utf-8")
    compile_translations()
    return venv_python()


def compile_translations() -> None:
    """Compile the interface's languages where they changed."""
    pairs = [(po, po.with_suffix(".mo")) for po in (ROOT / "resources" / "translations").glob("*.po")]
    if all(mo.exists() and mo.stat().st_mtime > po.stat().st_mtime for po, mo in pairs):
        return  # at most starts the import below is not worth its time
    sys.path.insert(0, str(ROOT / "packaging"))
    sys.dont_write_bytecode = True
    import translations

    translations.compile_all()


# Running


def test(python: Path, arguments: "list[str]") -> int:
    """Run lint, format, types and tests; all of them, whatever fails. Return 0 when all is well."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    failed = []
    code = 0
    for name, *command in (
        ["ruff check", "ruff", "check", "--quiet"],
        ["ruff format", "ruff", "format", "--check", "--quiet"],
        ["mypy", "mypy", "--no-error-summary"],
        ["pytest", "pytest", *arguments],
    ):
        start = time.monotonic()
        code = subprocess.call([str(python), "-m", *command], cwd=str(ROOT))
        if code != 0:
            failed.append(name)
        if name != "pytest":
            print(f"{name}: {'ok' if code == 0 else 'FAILED'} ({time.monotonic() - start:.1f} s)", flush=True)
    if failed and failed != ["pytest"]:
        print(f"FAILED: {', '.join(failed)}", flush=True)
    return code or (1 if failed else 0)


def run(python: Path, arguments: "list[str]") -> int:
    """Start the program in place of this script; the current folder stays, for paths in the arguments."""
    command = [str(python), "-P", "-m", "desktop", *arguments]
    if os.name != "nt":
        os.execv(command[0], command)
    return subprocess.call(command)


def main(arguments: "list[str]") -> int:
    """Set up what is lacking, then test or start. Return the exit code."""
    if sys.version_info < OLDEST:
        other = newer_python()
        if other is None:
            raise python_too_old()
        return subprocess.call([other, str(Path(__file__).resolve()), *arguments])
    own = []
    while arguments and arguments[0] in ("--setup-only", "--no-system"):
        own.append(arguments.pop(0))
    testing = arguments[:1] == ["test"]
    if arguments[:1] == ["--help"]:
        print(__doc__)
    screen = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    window = not testing and (screen or "--setup-only" in own)
    python = set_up(TEST_LOCK if testing else APP_LOCK, window, "--no-system" not in own)
    if "--setup-only" in own:
        say("ready")
        return 0
    return test(python, arguments[1:]) if testing else run(python, arguments)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except SetupError as problem:
        print(f"leeslamp: {problem}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
