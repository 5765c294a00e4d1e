"""Packages for Linux: the tree that all of them hold, and .deb, AppImage and Flatpak around it."""

from __future__ import annotations

import email.utils
import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from manual_page import manual_page
from program_icons import DRAWING, SIZES, png
from steps import (
    APP_ID,
    BUILD,
    BUNDLE,
    DIST,
    HOMEPAGE,
    MAINTAINER,
    PACKAGING,
    ROOT,
    day,
    epoch,
    files_in,
    fill,
    keep_to_budget,
    megabytes,
    need,
    run,
    same_times,
    version,
)

from desktop.exporters import rules_file

TEMPLATES = PACKAGING / "linux"

#: What the program needs of a Debian or Ubuntu system; the C library's version is measured.
DEBIAN_NEEDS = (
    *("libegl1", "libgl1", "libfontconfig1", "libfreetype6", "libdbus-1-3"),
    *("libxkbcommon0", "libxkbcommon-x11-0", "fonts-dejavu-core | fonts-noto-core"),
)

#: What each importer reads, as desktops name it; archives are opened by what unpacks them.
OF_IMPORTERS: dict[str, tuple[str, ...]] = {
    "plain_text": ("text/plain",),
    "markdown": ("text/markdown",),
    "web_page": ("text/html", "application/xhtml+xml", "application/x-mimearchive", "multipart/related"),
    "pdf": ("application/pdf",),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",),
    "odt": ("application/vnd.oasis.opendocument.text",),
    "rtf": ("application/rtf", "text/rtf"),
    "epub": ("application/epub+zip",),
    "mail": ("message/rfc822", "application/mbox"),
    "table": (
        *("text/csv", "text/tab-separated-values", "application/x-ndjson"),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "archive": (),
}
MEDIA_TYPES = (
    *("x-scheme-handler/leeslamp", rules_file.MEDIA_TYPE),
    *(media_type for names in OF_IMPORTERS.values() for media_type in names),
)


def need_bundle() -> None:
    """Stop when there is no bundle to pack."""
    if not (BUNDLE / "leeslamp").exists():
        raise SystemExit(f"{BUNDLE} is missing: run `make_packages.py linux` first")


def put_tree(root: Path, prefix: str) -> None:
    """Lay out the program below root/prefix as the file system standard wants it."""
    usr = root / prefix
    shutil.copytree(BUNDLE, usr / "lib" / "leeslamp", symlinks=True)
    (usr / "bin").mkdir(parents=True)
    (usr / "bin" / "leeslamp").symlink_to("../lib/leeslamp/leeslamp")
    put_desktop_files(usr / "share")


def put_desktop_files(share: Path) -> None:
    """Write what desktops read: menu entry, kind of file, icons, description, manual pages."""
    picture = f"{HOMEPAGE}/raw/main/packaging/pictures/main-window.png"
    fill(
        TEMPLATES / "leeslamp.desktop",
        share / "applications" / f"{APP_ID}.desktop",
        app_id=APP_ID,
        media_types="".join(f"{name};" for name in MEDIA_TYPES),
    )
    fill(
        TEMPLATES / "corrections.xml",
        share / "mime" / "packages" / f"{APP_ID}.xml",
        media_type=rules_file.MEDIA_TYPE,
        suffix=rules_file.SUFFIX,
    )
    fill(
        TEMPLATES / "metainfo.xml",
        share / "metainfo" / f"{APP_ID}.metainfo.xml",
        app_id=APP_ID,
        version=version(),
        day=day(),
        homepage=HOMEPAGE,
        picture=picture,
        media_types="\n".join(f"    <mediatype>{name}</mediatype>" for name in MEDIA_TYPES),
    )
    icons = share / "icons" / "hicolor"
    for side in SIZES:
        folder = icons / f"{side}x{side}" / "apps"
        folder.mkdir(parents=True)
        (folder / f"{APP_ID}.png").write_bytes(png(side))
    (icons / "scalable" / "apps").mkdir(parents=True)
    shutil.copy(DRAWING, icons / "scalable" / "apps" / f"{APP_ID}.svg")
    for language, folder in (("en", share / "man" / "man1"), ("nl", share / "man" / "nl" / "man1")):
        folder.mkdir(parents=True)
        page = gzip.compress(manual_page(language).encode(), 9, mtime=0)
        (folder / "leeslamp.1.gz").write_bytes(page)


# Debian and Ubuntu


def deb() -> None:
    """Make the package of Debian and Ubuntu."""
    need({"dpkg-deb": "dpkg", "objdump": "binutils"})
    need_bundle()
    root = _fresh(BUILD / "deb")
    put_tree(root, "usr")
    _put_documents(root / "usr" / "share" / "doc" / "leeslamp")
    _tidy(root)
    _control(root)
    same_times(root)
    target = DIST / f"leeslamp_{version()}_{_architecture()}.deb"
    build = ["dpkg-deb", "--root-owner-group", "-Zxz", "-z6", "--build", str(root), str(target)]
    run(build, env={"SOURCE_DATE_EPOCH": str(epoch())})
    print(f"{target}: {megabytes(target):.0f} MB, sha256 {_sum(target, 'sha256')}")
    keep_to_budget("deb_megabytes", megabytes(target))


def _fresh(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _put_documents(folder: Path) -> None:
    folder.mkdir(parents=True)
    own, bundled = (
        (ROOT / name).read_text(encoding="utf-8") for name in ("LICENSE", "resources/LICENCES.md")
    )
    parts = [f"Leeslamp\nSource: {HOMEPAGE}", own, "What is bundled with it:", bundled]
    parts.append(
        "The licence of each part is in /usr/lib/leeslamp/licences/. The texts of the GNU LGPL 3, for Qt and"
        " PySide6, are also in /usr/share/common-licenses/LGPL-3 and GPL-3.\n"
    )
    (folder / "copyright").write_text("\n\n".join(parts), encoding="utf-8")
    when = email.utils.format_datetime(datetime.fromtimestamp(epoch(), UTC))
    changes = f"leeslamp ({version()}) stable; urgency=low\n\n  * See CHANGELOG.md.gz.\n\n"
    changes += f" -- {MAINTAINER}  {when}\n"
    (folder / "changelog.gz").write_bytes(gzip.compress(changes.encode(), 9, mtime=0))
    (folder / "CHANGELOG.md.gz").write_bytes(gzip.compress((ROOT / "CHANGELOG.md").read_bytes(), 9, mtime=0))
    overrides = folder.parents[1] / "lintian" / "overrides"
    overrides.mkdir(parents=True)
    shutil.copy(TEMPLATES / "lintian-overrides", overrides / "leeslamp")


def _tidy(root: Path) -> None:
    """Give files and folders the rights that packages have: 755 and 644."""
    for path in [root, *root.rglob("*")]:
        if not path.is_symlink():
            runs = path.is_dir() or (path.name == "leeslamp" and _is_elf(path))
            path.chmod(0o755 if runs else 0o644)


def _control(root: Path) -> None:
    control = root / "DEBIAN"
    size = sum(-(-path.stat().st_size // 1024) for path in files_in(root))
    depends = ", ".join((f"libc6 (>= {_newest_glibc(root)})", *DEBIAN_NEEDS))
    values = {"version": version(), "architecture": _architecture(), "size": size, "depends": depends}
    sums = [f"{_sum(path, 'md5')}  {path.relative_to(root)}" for path in files_in(root)]
    fill(TEMPLATES / "control", control / "control", maintainer=MAINTAINER, homepage=HOMEPAGE, **values)
    (control / "md5sums").write_text("\n".join(sums) + "\n", encoding="utf-8")
    _tidy(control)


def _sum(path: Path, kind: str) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, kind).hexdigest()


def _architecture() -> str:
    return subprocess.run(
        ["dpkg", "--print-architecture"], capture_output=True, text=True, check=True
    ).stdout.strip()


def _newest_glibc(root: Path) -> str:
    """Return the newest version of the C library that anything in the tree asks for."""
    newest = (0, 0)
    for path in filter(_is_elf, files_in(root)):
        told = subprocess.run(["objdump", "-T", str(path)], capture_output=True, text=True, check=False)
        for major, minor in re.findall(r"GLIBC_(\d+)\.(\d+)", told.stdout):
            newest = max(newest, (int(major), int(minor)))
    return ".".join(map(str, newest))


def _is_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


# AppImage


def appimage(runtime: Path | None) -> None:
    """Make the AppDir, pack it, and put the runtime in front.

    runtime: the type-2 runtime of https://github.com/AppImage/type2-runtime. Without it the squashed AppDir
    is made and tried by a mount, and the last step is left to a machine that has the runtime.
    """
    need({"mksquashfs": "squashfs-tools"})
    need_bundle()
    root = _fresh(BUILD / "Leeslamp.AppDir")
    put_tree(root, "usr")
    (root / "AppRun").symlink_to("usr/bin/leeslamp")
    (root / f"{APP_ID}.desktop").symlink_to(f"usr/share/applications/{APP_ID}.desktop")
    (root / f"{APP_ID}.png").symlink_to(f"usr/share/icons/hicolor/256x256/apps/{APP_ID}.png")
    (root / ".DirIcon").symlink_to(f"{APP_ID}.png")
    _tidy(root)
    packed = BUILD / "Leeslamp.squashfs"
    packed.unlink(missing_ok=True)
    options = [
        "-comp",
        "zstd",
        "-Xcompression-level",
        "22",
        "-b",
        "1M",
        "-root-owned",
        "-noappend",
        "-no-progress",
        "-quiet",
    ]
    when = str(epoch())
    run(["mksquashfs", str(root), str(packed), *options, "-mkfs-time", when, "-all-time", when])
    if runtime is None:
        print(f"{packed}: {megabytes(packed):.0f} MB. For the AppImage, give the runtime: --runtime FILE")
        return
    target = DIST / f"Leeslamp-{version()}-{os.uname().machine}.AppImage"
    target.write_bytes(runtime.read_bytes() + packed.read_bytes())
    target.chmod(0o755)
    print(f"{target}: {megabytes(target):.0f} MB")
    keep_to_budget("appimage_megabytes", megabytes(target))


# Flatpak


def flatpak() -> None:
    """Write the Flatpak manifest and its tree; build it where flatpak-builder has the runtime at hand."""
    need({"flatpak-builder": "flatpak-builder"})
    need_bundle()
    root = _fresh(BUILD / "flatpak")
    put_tree(root / "tree", "app")
    manifest = root / f"{APP_ID}.json"
    manifest.write_text(json.dumps(_manifest(), indent=2) + "\n", encoding="utf-8")
    run(["flatpak-builder", "--show-manifest", str(manifest)])
    print(f"{manifest}: checked. To build: flatpak-builder --repo=REPO FOLDER {manifest}")


def _manifest() -> dict[str, object]:
    return {
        "id": APP_ID,
        "runtime": "org.freedesktop.Platform",
        "runtime-version": "24.08",
        "sdk": "org.freedesktop.Sdk",
        "command": "leeslamp",
        # No network and no folder of the reader's: files come by the portals' dialogs and by dropping.
        "finish-args": [
            *("--socket=wayland", "--socket=fallback-x11", "--share=ipc", "--device=dri"),
        ],
        "modules": [
            {
                "name": "leeslamp",
                "buildsystem": "simple",
                "build-commands": ["cp -a app/. /app/"],
                "sources": [{"type": "dir", "path": "tree"}],
            }
        ],
    }
