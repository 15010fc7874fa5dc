"""Loads the module `importer.py` of a source, and the modules beside it that it imports."""

import sys
from collections.abc import Mapping, Sequence
from importlib.abc import ExecutionLoader, MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.readers import FileReader
from importlib.util import decode_source, module_from_spec
from types import ModuleType

from overt.model.content_catalogue import Catalogue
from overt.model.errors import ContentError
from overt.model.files.content_file_reading import has_file


class _SourceLoader(ExecutionLoader):
    """Loads one module from source text that was read before, never from compiled code on disk."""

    def __init__(self, source: bytes, path: str) -> None:
        self._source, self._path = source, path

    def get_source(self, fullname: str) -> str:
        return decode_source(self._source)

    def get_filename(self, fullname: str) -> str:
        return self._path

    def get_resource_reader(self, fullname: str) -> FileReader:
        """Return a reader of the other files in the module's folder, for `importlib.resources`."""
        return FileReader(SourceFileLoader(fullname, self._path))


class _ImporterFinder(MetaPathFinder):
    """Finds importers and the modules beside them. Only files that the trust check has read can be imported."""

    def __init__(self) -> None:
        self._sources: dict[str, tuple[str, Mapping[str, bytes]]] = {}

    def add(self, package: str, folder: str, files: Mapping[str, bytes]) -> None:
        """Set the files of a package: source text by path below the folder."""
        self._sources[package] = folder, files

    def find_spec(self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None) -> ModuleSpec | None:
        package, *parts = fullname.split(".")
        if package not in self._sources:
            return None
        folder, files = self._sources[package]
        # The importer itself is a package, so that `from .titles import …` finds a file beside it.
        stem = "/".join(parts)
        for name, is_package in ((f"{stem}/__init__.py", True), (f"{stem}.py", False)) if parts else (("importer.py", True),):
            if name in files:
                return _spec(fullname, files[name], f"{folder}/{name}", is_package=is_package)
        if any(name.startswith(f"{stem}/") for name in files):  # A folder without `__init__.py` is a package, too.
            return _spec(fullname, b"", f"{folder}/{stem}", is_package=True)
        return None


def _spec(fullname: str, source: bytes, path: str, *, is_package: bool) -> ModuleSpec:
    spec = ModuleSpec(fullname, _SourceLoader(source, path), origin=path, is_package=is_package)
    spec.has_location = True  # With this, tracebacks name the file.
    return spec


_FINDER = _ImporterFinder()


def load_importer(slug: str, content: Catalogue) -> ModuleType:
    """Load the source's `importer.py`. Raises ContentError if it is missing, broken or has no `run`.

    It is compiled from the bytes that the trust check hashed, and so are the modules beside it. Compiled code is never loaded.
    """
    name, folder = f"overt_source_{slug}", content.source_folders[slug]
    if not has_file(folder, "importer.py"):
        raise ContentError(f"sources/{slug}: importer.py is missing")
    _FINDER.add(name, str(folder), content.source_code(slug))
    if _FINDER not in sys.meta_path:
        sys.meta_path.insert(0, _FINDER)
    for loaded in [other for other in sys.modules if other.startswith(f"{name}.")]:
        del sys.modules[loaded]
    spec = _FINDER.find_spec(name)
    if spec is None or spec.loader is None:
        raise ContentError(f"sources/{slug}/importer.py: cannot be loaded")
    module = module_from_spec(spec)
    sys.modules[name] = module  # Dataclasses of the module resolve their annotations here.
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise ContentError(f"sources/{slug}/importer.py: {type(error).__name__}: {error}") from error
    if not callable(getattr(module, "run", None)):
        raise ContentError(f"sources/{slug}/importer.py: has no function run(ctx)")
    return module
