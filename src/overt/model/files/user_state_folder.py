"""The user's folder for what Overt remembers on this machine, outside all atlases."""

import os
from pathlib import Path


def state_folder() -> Path:
    """Return the path of the folder, `$XDG_STATE_HOME/overt` (XDG Base Directory Specification). It may not exist."""
    state = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(state) / "overt"
