"""Signatures of what goes out, each made only where its secrets are in the environment; otherwise it says so.

    GPG_KEY, GPG_PASSPHRASE                          of the list of sums: a secret key in ASCII armour
    WINDOWS_CERTIFICATE, WINDOWS_PASSWORD            of the installer: a .pfx in base64, for signtool
    APPLE_CERTIFICATE, APPLE_CERTIFICATE_PASSWORD    of the app: a .p12 in base64, with
    APPLE_IDENTITY                                   "Developer ID Application: …"
    APPLE_ID, APPLE_TEAM, APPLE_PASSWORD             to notarise; the password is one made for this alone

No secret is put on a command line, where others could read it, unless a tool of Apple or Microsoft knows no
other way; those run on a machine that is thrown away.
"""

from __future__ import annotations

import base64
import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from steps import run

KEYCHAIN = Path.home() / "leeslamp-release.keychain-db"  #: on macOS, once it was made
PROFILE = "leeslamp"  #: of notarytool, in the keychain that is made here
TIME_SERVER = "http://timestamp.digicert.com"
_KITS = r"Windows Kits\10\bin"  #: where Microsoft's tools lie, a folder a version
_KEYCHAIN_SECONDS = "21600"  #: after which it locks


def sign(file: Path) -> str:
    """Sign a file by what it is; return what was done. Stops where a tool fails, or knows no such file."""
    if not file.is_file():
        raise SystemExit(f"{file} is not there")
    if file.suffix == ".exe":
        return _sign_for_windows(file)
    if file.name == "SHA256SUMS":
        return _sign_by_gpg(file)
    raise SystemExit(f"{file}: nobody signs such a file")


def _secrets(*names: str) -> list[str] | None:
    """Return these secrets, None where one is not set; half of them is a mistake and stops."""
    values = [os.environ.get(name, "") for name in names]
    if not any(values):
        return None
    if not all(values):
        lacking = [name for name, value in zip(names, values, strict=True) if not value]
        raise SystemExit(f"some secrets are set, but not {', '.join(lacking)}")
    return values


@contextmanager
def _private_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="sign-") as place:
        yield Path(place)


def _sign_by_gpg(file: Path) -> str:
    given = _secrets("GPG_KEY", "GPG_PASSPHRASE")
    if given is None:
        return f"{file.name} is not signed: GPG_KEY and GPG_PASSPHRASE are not set"
    key, passphrase = given
    target = file.with_name(f"{file.name}.asc")
    target.unlink(missing_ok=True)
    with _private_folder() as home:
        gpg = ["gpg", "--homedir", str(home), "--batch", "--quiet", "--pinentry-mode", "loopback"]
        gpg += ["--passphrase-fd", "0"]
        (home / "key").write_text(key, encoding="utf-8")
        try:
            _tell(["gpg", "--homedir", str(home), "--batch", "--quiet", "--import", str(home / "key")], "")
            _tell([*gpg, "--armor", "--output", str(target), "--detach-sign", str(file)], passphrase)
            _tell(["gpg", "--homedir", str(home), "--quiet", "--verify", str(target), str(file)], "")
        finally:
            subprocess.run(["gpgconf", "--homedir", str(home), "--kill", "gpg-agent"], check=False)
    return f"{target.name}: signed"


def _tell(command: list[str], words: str) -> None:
    """Run a tool that reads a secret from its standard input."""
    done = subprocess.run(command, input=words, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"failed ({done.returncode}): {' '.join(command)}\n{done.stderr}")


def _sign_for_windows(file: Path) -> str:
    given = _secrets("WINDOWS_CERTIFICATE", "WINDOWS_PASSWORD")
    if given is None:
        return f"{file.name} is not signed: WINDOWS_CERTIFICATE and WINDOWS_PASSWORD are not set"
    certificate, password = given
    tool = _signtool()
    with _private_folder() as place:
        (place / "certificate.pfx").write_bytes(base64.b64decode(certificate))
        how = ["/fd", "SHA256", "/tr", TIME_SERVER, "/td", "SHA256", "/f", str(place / "certificate.pfx")]
        _quietly([tool, "sign", *how, "/p", password, str(file)], "signtool sign")
    run([tool, "verify", "/pa", str(file)])
    return f"{file.name}: signed"


def _signtool() -> str:
    """Return the newest signtool of this machine."""
    if found := shutil.which("signtool"):
        return found
    kits = Path(os.environ.get("PROGRAMFILES(X86)", ""), _KITS)
    tools = sorted(kits.glob("10.*/x64/signtool.exe"))
    if not tools:
        raise SystemExit(f"signtool is missing, on the path and in {kits}")
    return str(tools[-1])


def make_keychain() -> str:
    """Put Apple's identity, and the profile for notarytool, into a keychain that codesign looks in."""
    given = _secrets("APPLE_CERTIFICATE", "APPLE_CERTIFICATE_PASSWORD", "APPLE_IDENTITY")
    if given is None:
        return "nothing will be signed: APPLE_CERTIFICATE, its password and APPLE_IDENTITY are not set"
    certificate, password, _identity = given
    keychain, lock = str(KEYCHAIN), secrets.token_hex(16)
    security = ["security", "create-keychain", "-p", lock, keychain]
    _quietly(security, "security create-keychain")
    run(["security", "set-keychain-settings", "-lut", _KEYCHAIN_SECONDS, keychain])
    _quietly(["security", "unlock-keychain", "-p", lock, keychain], "security unlock-keychain")
    with _private_folder() as place:
        (place / "identity.p12").write_bytes(base64.b64decode(certificate))
        command = ["security", "import", str(place / "identity.p12"), "-k", keychain, "-P", password]
        _quietly([*command, "-T", "/usr/bin/codesign"], "security import")
    partition = ["security", "set-key-partition-list", "-S", "apple-tool:,apple:", "-s", "-k", lock, keychain]
    _quietly(partition, "security set-key-partition-list")
    run(["security", "list-keychains", "-d", "user", "-s", keychain, "login.keychain-db"])
    account = _secrets("APPLE_ID", "APPLE_TEAM", "APPLE_PASSWORD")
    if account is None:
        return "the app will be signed, not notarised: APPLE_ID, APPLE_TEAM and APPLE_PASSWORD are not set"
    name, team, word = account
    store = ["xcrun", "notarytool", "store-credentials", PROFILE, "--apple-id", name, "--team-id", team]
    _quietly([*store, "--password", word, "--keychain", keychain], "xcrun notarytool store-credentials")
    return "the app will be signed and notarised"


def _quietly(command: list[str], name: str) -> None:
    """Run a tool that takes a secret as an argument; when it fails, only its name is told."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"failed ({done.returncode}): {name}\n{done.stderr}")
