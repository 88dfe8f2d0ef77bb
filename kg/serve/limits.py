"""This process → one that ends by itself: at its time, or when it wants more memory than it may have (where POSIX can)."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

SIZES = Path("/proc/self/statm")  # sizes in pages: all, resident, shared, text, 0, data, 0
PAGE = 20.0  # seconds that a page gets even where queries get less
GRACE = 1.0  # seconds after which a process that nobody ended ends itself


def end_after(seconds: float) -> None:
    """Lets the system end this process so long from now, should the service not do it; 0 takes it back."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds + GRACE if seconds else 0)


def limit_memory(more: int) -> None:
    """From now on this process gets `more` bytes beyond what it has; then the allocation fails and ends it."""
    used = _size(5)
    if more and used and sys.platform != "win32":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        wanted = used + more
        resource.setrlimit(resource.RLIMIT_DATA, (wanted if hard < 0 else min(wanted, hard), hard))


def resident() -> int:
    """Bytes of memory that this process holds; 0 where the system does not say."""
    return _size(1)


def _size(column: int) -> int:
    if sys.platform != "linux" or not SIZES.exists():
        return 0
    import resource

    return int(SIZES.read_text().split()[column]) * resource.getpagesize()
