"""Where Chromium is, and how it is started: for tests that look at pages, for the pictures of docs/, for a benchmark."""

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""It asks the network for nothing of its own."""


def chromium() -> str | None:
    """The path in `$CHROMIUM`, else the first of the names that is on the PATH; None where there is none."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
