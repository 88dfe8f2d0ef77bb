"""This process → one that can open no network connection, whatever a query makes the engine do (Linux only).

The second wall behind the check of the text: a filter on system calls (seccomp) that answers socket(2) with EACCES.
Needs no rights; elsewhere than on Linux for x86-64 and ARM it does nothing.
"""

from __future__ import annotations

import ctypes
import platform
import struct
import sys

_NO_NEW_PRIVS, _SECCOMP, _FILTER = 38, 22, 2  # prctl(2)
_SYSTEMS = {
    "x86_64": (0xC000003E, 41),
    "aarch64": (0xC00000B7, 198),
}  # audit name of the architecture, number of socket
_LOAD, _IF_EQUAL, _RETURN = 0x20, 0x15, 0x06  # instructions of the filter
_ALLOW, _DENY = 0x7FFF0000, 0x00050000 | 13  # 13: EACCES


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def no_network() -> bool:
    """Shuts the network for this process and all it starts; whether it could be done."""
    system = _SYSTEMS.get(platform.machine()) if sys.platform == "linux" else None
    if system is None:
        return False
    lines = _lines(*system)
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *line) for line in lines))
    program = _Program(len(lines), ctypes.cast(code, ctypes.c_void_p).value)
    control = ctypes.CDLL(None, use_errno=True).prctl
    if control(_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return bool(control(_SECCOMP, _FILTER, ctypes.byref(program), 0, 0) == 0)


def _lines(architecture: int, socket: int) -> list[tuple[int, int, int, int]]:
    """(instruction, steps where true, steps where false, value): another architecture or another call is let through."""
    return [
        (_LOAD, 0, 0, 4),
        (_IF_EQUAL, 0, 3, architecture),
        (_LOAD, 0, 0, 0),
        (_IF_EQUAL, 0, 1, socket),
        (_RETURN, 0, 0, _DENY),
        (_RETURN, 0, 0, _ALLOW),
    ]
