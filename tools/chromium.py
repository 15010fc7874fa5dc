"""Where Chromium is, and how it is started: for tests that look at pages, for the pictures of docs/, for a benchmark."""

import os
import shutil

WHOLE = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
SHELL = "chromium-headless-shell"
"""Chromium's engine without the frame of a window around it, a Debian package: pages are the same, in half the time."""
FLAGS = (
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""It asks the network for nothing of its own."""


def chromium(*, whole: bool = False) -> str | None:
    """The path in `$CHROMIUM`, else the first that is on the PATH; None where there is none.

    `whole` leaves the shell out: what is timed is timed in the program that readers have.
    """
    names = WHOLE if whole else (SHELL, *WHOLE)
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
