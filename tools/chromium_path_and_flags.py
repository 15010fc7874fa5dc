"""Find Chromium, and define its flags, for browser tests, the pictures of docs/ and benchmarks."""

import os
import shutil

BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
SHELL = "chromium-headless-shell"
"""Chromium's engine without a window, from a Debian package. It renders the same pages in half the time."""
FLAGS = (
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""Flags for Chromium without a sandbox, which doesn't work as root, and without network requests of its own."""


def chromium(*, shell: bool = True) -> str | None:
    """Return the path in `$CHROMIUM`, or the path of the first known program on the PATH, or None.

    Without `shell`, the headless shell is not looked for, because benchmarks must measure the program that readers use.
    """
    names = (SHELL, *BROWSERS) if shell else BROWSERS
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
