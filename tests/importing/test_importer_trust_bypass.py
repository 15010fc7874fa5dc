"""Only source code that the trust check has read is run: no compiled code, and no file that has changed since."""

import importlib._bootstrap_external as bootstrap  # type: ignore[import-untyped,unused-ignore]
import importlib.util
import sys
from pathlib import Path

import pytest

from overt.importing.importers.importer_loading import load_importer
from overt.importing.importers.importer_trust import trust_importers, untrusted_importers
from overt.model.content_catalogue import Catalogue
from overt.model.errors import ContentError
from overt.model.workspace import Workspace
from tests.importing.test_importer_mistakes import SOURCE

HARMLESS = "def run(ctx):\n    return 'harmless'\n"
OTHER = "def run(ctx):\n    return 'other'\n"
BESIDE = "from .titles import run\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a source `toy` whose importer is harmless, in an atlas made by someone else."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    folder = Workspace.create(tmp_path / "atlas").root / "sources" / "toy"
    folder.mkdir(parents=True)
    (folder / "source.yml").write_text(SOURCE, encoding="utf-8")
    (folder / "importer.py").write_text(HARMLESS, encoding="utf-8")
    return folder


def compiled(source: Path, text: str) -> bytes:
    """Return bytecode of `text` that Python would use for `source` without comparing the two (PEP 552)."""
    code = compile(text, source.name, "exec")
    return bytes(bootstrap._code_to_hash_pyc(code, importlib.util.source_hash(source.read_bytes()), checked=False))


def result(folder: Path) -> object:
    return load_importer("toy", Catalogue(folder.parent.parent)).run(None)


def test_compiled_code_of_the_importer_is_not_loaded(folder: Path) -> None:
    cached = Path(importlib.util.cache_from_source(str(folder / "importer.py")))
    cached.parent.mkdir()
    cached.write_bytes(compiled(folder / "importer.py", OTHER))
    assert result(folder) == "harmless"


def test_compiled_code_of_a_module_beside_it_is_not_loaded(folder: Path) -> None:
    (folder / "importer.py").write_text(BESIDE, encoding="utf-8")
    titles = folder / "titles.py"
    titles.write_text(HARMLESS, encoding="utf-8")
    cached = Path(importlib.util.cache_from_source(str(titles)))
    cached.parent.mkdir()
    cached.write_bytes(compiled(titles, OTHER))
    assert result(folder) == "harmless"
    titles.with_suffix(".pyc").write_bytes(compiled(titles, OTHER))
    titles.unlink()
    with pytest.raises(ContentError, match=r"sources/toy/importer\.py: ModuleNotFoundError: .*titles"):
        result(folder)


def test_a_linked_folder_is_neither_read_nor_loaded(folder: Path, tmp_path: Path) -> None:
    (folder / "importer.py").write_text("from .linked.titles import run\n", encoding="utf-8")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "titles.py").write_text(OTHER, encoding="utf-8")
    (folder / "linked").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ContentError, match="ModuleNotFoundError"):
        result(folder)


@pytest.mark.parametrize("name", ["importer.py", "titles.py", "parts/titles.py", "parts/__init__.py"])
def test_changed_code_asks_again_but_what_was_read_still_runs(folder: Path, name: str) -> None:
    module = name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    if module != "importer":
        (folder / "importer.py").write_text(f"from .{module} import run\n", encoding="utf-8")
    path.write_text(HARMLESS, encoding="utf-8")
    atlas = Workspace.open(folder.parent.parent)
    assert untrusted_importers(atlas, ["toy"]) == [folder]
    trust_importers(atlas, ["toy"])
    path.write_text(OTHER, encoding="utf-8")
    assert load_importer("toy", atlas.content).run(None) == "harmless"
    changed = Workspace.open(atlas.root)
    assert untrusted_importers(changed, ["toy"]) == [folder]
    assert load_importer("toy", changed.content).run(None) == "other"


def test_errors_name_the_line_of_the_file(folder: Path) -> None:
    (folder / "importer.py").write_text("def run(ctx):\n    raise OSError\n", encoding="utf-8")
    module = load_importer("toy", Catalogue(folder.parent.parent))
    assert module.__file__ == str(folder / "importer.py")
    with pytest.raises(OSError) as caught:
        module.run(None)
    assert str(caught.traceback[-1].path) == module.__file__
    assert sys.modules[module.__name__] is module


@pytest.mark.parametrize("name", ["/", "../../..", "..", ""])
def test_a_source_describes_no_folder_outside_of_the_atlas(folder: Path, name: str) -> None:
    (folder / "source.yml").write_text(f"{SOURCE}describes: {name!r}\n", encoding="utf-8")
    with pytest.raises(ContentError, match=r"sources/toy/source\.yml: describes: .* is not the name of a source"):
        untrusted_importers(Workspace.open(folder.parent.parent), ["toy"])


def test_an_importer_reads_files_beside_it_as_resources(folder: Path) -> None:
    (folder / "note.txt").write_text("beside", encoding="utf-8")
    lines = (
        "from importlib.resources import files",
        "",
        "def run(ctx):",
        "    return (files(__package__) / 'note.txt').read_text()",
    )
    (folder / "importer.py").write_text("\n".join(lines), encoding="utf-8")
    assert result(folder) == "beside"
