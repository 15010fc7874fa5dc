"""The module `importer.py` of a source."""

import importlib.util
import sys
from importlib.resources import as_file
from importlib.resources.abc import Traversable
from types import ModuleType

from overt.model.errors import ContentError
from overt.model.files.regular_files import has_file


def load_importer(slug: str, folder: Traversable) -> ModuleType:
    """Load the source's `importer.py`. Raises ContentError if it is missing, broken or has no `run`."""
    name = f"overt_source_{slug}"
    if not has_file(folder, "importer.py"):
        raise ContentError(f"sources/{slug}: importer.py is missing")
    with as_file(folder / "importer.py") as path:
        # The importer is loaded as a package, so that `from .titles import …` finds a file beside it.
        spec = importlib.util.spec_from_file_location(name, path, submodule_search_locations=[str(path.parent)])
        if spec is None or spec.loader is None:
            raise ContentError(f"sources/{slug}/importer.py: cannot be loaded")
        module = importlib.util.module_from_spec(spec)
        for loaded in [other for other in sys.modules if other.startswith(f"{name}.")]:
            del sys.modules[loaded]
        sys.modules[name] = module  # Dataclasses of the module resolve their annotations here.
        dont_write_bytecode = sys.dont_write_bytecode
        # No bytecode is written to an editor's folder, because the bytes in it determine what is imported.
        sys.dont_write_bytecode = True
        try:
            spec.loader.exec_module(module)
        except Exception as error:
            raise ContentError(f"sources/{slug}/importer.py: {type(error).__name__}: {error}") from error
        finally:
            sys.dont_write_bytecode = dont_write_bytecode
    if not callable(getattr(module, "run", None)):
        raise ContentError(f"sources/{slug}/importer.py: has no function run(ctx)")
    return module
