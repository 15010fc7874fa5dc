"""Hatch runs this before it builds a wheel or an sdist: without the front end the site has no map, and nobody would be told."""

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class FrontEndHook(BuildHookInterface):  # type: ignore[misc]  # hatchling is there only while a wheel is built
    """Stops a build whose front end is missing or was built from other sources."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatch before it collects files. An editable install has no files and may come before the front end."""
        if version != "editable" and (lack := _lack(Path(self.root))):
            self.app.abort(f"overt: {lack}; run `make wheel`, or `python web/build.py` before you build again")


def _lack(root: Path) -> str:
    """What is wrong with the front end, or nothing."""
    builder = _builder(root / "web" / "build.py")
    if not (builder.BUILT / "map.js").is_file():
        return "the front end is not built, and a wheel without it has no map"
    stamp = builder.BUILT / ".stamp"
    if not stamp.is_file() or stamp.read_text() != builder.wanted():
        return "the front end was built from other sources than those of web/"
    return ""


def _builder(path: Path) -> ModuleType:
    """`web/build.py`, which knows what is built from what."""
    found = importlib.util.spec_from_file_location("overt_front_end", path)
    if found is None or found.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module
