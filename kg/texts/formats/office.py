"""Bytes of a file that only an office program reads (.rtf, .wps and the rest) → the same as .docx, made by LibreOffice."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from kg.errors import UnreadableFile

PATIENCE = 45  # seconds; less than this process may take for a file, lest LibreOffice outlive it
PROGRAMS = ("soffice", "libreoffice")
ELSEWHERE = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)
KINDS = {".rtf": "a Rich Text file", ".wps": "a WPS file", ".doc": "an old or damaged Word file"}
OPENINGS = (b"{\\rt", b"<?xml", b"PK\x03\x04")
OLE = b"\xd0\xcf\x11\xe0"
OLE_READERS = (  # what is found in an OLE file, and the reader of LibreOffice for it
    (b"\xdc\xa5\x65\0", "MS WinWord 6"),
    (b"\xdc\xa5\x68\0", "MS Word 95"),
    ("WordDocument".encode("utf-16-le"), "MS Word 97"),
    ("MatOST".encode("utf-16-le"), "MS_Works"),
)


def to_docx(data: bytes, suffix: str, seconds: float = PATIENCE) -> bytes:
    """The file as LibreOffice understands it; raises UnreadableFile where that is missing, fails or takes too long."""
    what = KINDS.get(suffix, f"a file of the kind {suffix}")
    reader = _reader(data)
    if reader is None:
        raise UnreadableFile(f"not really {what}: its content does not begin like one; download it again")
    program = libreoffice()
    if program is None:
        raise UnreadableFile(f"{what} needs LibreOffice (free, libreoffice.org); install it, or save the file as .docx")
    with TemporaryDirectory(prefix="policy-kg-", ignore_cleanup_errors=True) as folder:
        source = Path(folder, f"document{suffix}")
        source.write_bytes(data)
        _run(_command(program, source, reader), Path(folder), seconds, what)
        converted = Path(folder, "out", "document.docx")
        if not converted.exists():
            raise UnreadableFile(f"{what} that LibreOffice cannot open; it may be damaged: download it again")
        return converted.read_bytes()


def libreoffice() -> str | None:
    """The path of the program where it is installed."""
    found = (shutil.which(name) for name in PROGRAMS)
    return next((path for path in found if path), None) or next(
        (path for path in ELSEWHERE if Path(path).exists()), None
    )


def _reader(data: bytes) -> str | None:
    """The reader to name, "" where LibreOffice sees for itself; without either it opens any bytes as plain text."""
    if data.startswith(OLE):
        return next((reader for sign, reader in OLE_READERS if sign in data), None)
    return "" if data.lstrip().startswith(OPENINGS) else None


def _command(program: str, source: Path, reader: str) -> list[str]:
    profile = source.parent / "profile"  # of its own: an open LibreOffice of the user would take the job and drop it
    return [
        program,
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--norestore",
        "--nolockcheck",
        *([f"--infilter={reader}"] if reader else []),
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(source.parent / "out"),
        str(source),
    ]


def _run(command: list[str], home: Path, seconds: float, what: str) -> None:
    """`home` takes what the program keeps for its user: settings, caches."""
    kept = {name: str(home) for name in ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")}
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env={**os.environ, **kept},
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        raise UnreadableFile(
            f"{what} on which LibreOffice worked for more than {seconds:g} seconds; save it as .docx"
        ) from None
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends the program and what it started: soffice is a script around the program proper."""
    if sys.platform == "win32":
        process.kill()
    else:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
