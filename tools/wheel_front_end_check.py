"""A hatch hook that refuses to build a wheel or sdist with a missing or stale front end."""

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class FrontEndHook(BuildHookInterface[Any]):
    """A build hook that requires a front end built from the current sources."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Abort the build if the front end is missing or stale.

        An editable install contains no files, so it needs no front end.
        """
        if version != "editable" and (problem := _problem(Path(self.root))):
            self.app.abort(f"overt: {problem}; run `make wheel`, or `python web/build.py` before you build again")


def _problem(root: Path) -> str:
    """Return what is wrong with the front end, or an empty string."""
    builder = _builder(root / "web" / "build.py")
    if not (builder.BUILT / "map.js").is_file():
        return "the front end is not built, and a wheel without it has no map"
    stamp = builder.BUILT / ".stamp"
    if not stamp.is_file() or stamp.read_text() != builder.current_stamp():
        return "the front end was built from other sources than those of web/"
    return ""


def _builder(path: Path) -> ModuleType:
    """Load the module `web/build.py`, which computes the stamp of the front end's sources."""
    spec = importlib.util.spec_from_file_location("overt_front_end", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
