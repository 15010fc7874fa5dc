"""Every export format on the whole atlas: seconds, memory, size, what it leaves behind, and what others' validators find.

    python -m bench.exports.export_formats [--data ../shared/data] [--workspace ATLAS] [--generated PROJECTS] [--quick] [--json]

Runs `overt export FORMAT` as a user does, of an atlas whose overt.toml lets others have all sources; each format twice, and
the hashes of the two are compared. Then the folder of `all` goes to the validators of all communities, as in the tests
(`tests/validators/whole.py`). Peer: GDAL's ogr2ogr, where it is installed, makes the three layers of the GeoPackage
out of our GeoJSON; beside it stand the seconds that our writer takes for all layers and tables, without starting Python.
Target: `all` in under 60 s and 2 GB, no finding of a validator, the same bytes each time. `--generated 300000` measures the
geographic formats of generated projects instead: target 0.6 GB. `--quick` exports the shipped
edition of one source in two formats.
"""

import json
import shutil
import sys
import tempfile
from collections.abc import Collection
from importlib.resources import as_file, files
from pathlib import Path
from time import monotonic
from typing import Any

from bench.harness import DATA, OVERT, Missing, Target, machine, parser, report, run_child
from bench.site.explorer_atlas import make
from overt.cli.common import release_folder
from overt.export import geopackage
from overt.export.public_release import open_holdings
from overt.export.registry import FORMATS
from overt.model.workspace import Workspace
from tests.validators import OGRINFO, PYTHON
from tests.validators.whole import judged

_ALL_REUSE = 'republish = ["open", "share-alike", "non-commercial", "private"]'
_QUICK = ("jsonl", "geojson")
_GEOGRAPHIC = ("geojson", "geoparquet", "geopackage")
_LAYERS = ("projects", "sites", "cables")


def build(folder: Path, data: Path) -> Path:
    """An atlas of the files in `data`, all of which others may have."""
    if not data.is_dir():
        raise Missing(f"{data}: the real data is not there; set OVERT_DATA or --data")
    atlas = folder / "atlas"
    run_child([*OVERT, "init", atlas])
    settings = atlas / "overt.toml"
    text = settings.read_text(encoding="utf-8").replace('republish = ["open"]', _ALL_REUSE)
    settings.write_text(text, encoding="utf-8")
    run_child([*OVERT, "build", "--workspace", atlas, "--from", data])
    return atlas


def measured(atlas: Path, name: str, folder: Path) -> dict[str, Any]:
    """One format, written twice."""
    reports, seconds, peak = [], [], 0.0
    for attempt in ("one", "two"):
        target = folder / attempt / f"atlas-{name}{FORMATS[name].ending}"
        child = run_child([*OVERT, "export", name, target, "--json", "--workspace", atlas])
        reports.append(json.loads(child.output))
        seconds.append(child.seconds)
        peak = max(peak, child.peak_gigabytes)
    held = reports[0]
    return {
        "format": name,
        "seconds": round(min(seconds), 1),
        "peak_gigabytes": round(peak, 2),
        "megabytes": round(sum(file["bytes"] for file in held["files"]) / 1e6, 1),
        "files": len(held["files"]),
        "same_bytes": reports[0]["files"] == reports[1]["files"],
        "records": sum(one["written"] for one in held["records"].values()),
        "records_in_edition": sum(one["in_edition"] for one in held["records"].values()),
        "not_carried": [f"{loss['count']} {loss['what']}" for loss in held["not_carried"]],
    }


def validated(folder: Path) -> dict[str, Any]:
    """What each validator finds wrong with the folder of `all`, and how many things it read. Raises Missing without them."""
    if not folder.is_dir():
        return {}
    return {name: {"findings": said.findings[:20], "read": said.read} for name, said in judged(folder).items()}


def need_validators() -> None:
    """Raises Missing where other communities' validators, or GDAL, are not installed."""
    if not PYTHON.is_file():
        raise Missing("the validators are not installed; `make bench` installs them")
    if not OGRINFO:
        raise Missing("there is no ogrinfo (GDAL); `make bench` installs it")


def by_gdal(folder: Path, made: Path) -> dict[str, Any]:
    """ogr2ogr making a GeoPackage of the same layers."""
    program = shutil.which("ogr2ogr")
    if not program:
        return {"skipped": "there is no ogr2ogr here"}
    seconds = 0.0
    for name in _LAYERS:
        more = ["-update"] if made.exists() else []
        command: list[str | Path] = [program, "-f", "GPKG", *more, "-nln", name, made, folder / f"{name}.geojson"]
        seconds += run_child(command).seconds
    return {"seconds": round(seconds, 1), "megabytes": round(made.stat().st_size / 1e6, 1), "layers": list(_LAYERS)}


def in_process(atlas: Path, made: Path) -> float:
    """Seconds that our writer of GeoPackage takes once the edition is open."""
    workspace = Workspace.open(atlas)
    with open_holdings(workspace, release_folder(workspace, None)) as holdings:
        begin = monotonic()
        geopackage.write(holdings, made)
        return round(monotonic() - begin, 1)


def run(data: Path, workspace: Path | None, names: Collection[str] = tuple(FORMATS)) -> dict[str, Any]:
    """All formats, and what others say of them."""
    before = machine()
    with tempfile.TemporaryDirectory(prefix="overt-bench-") as temporary:
        folder = Path(temporary)
        atlas = workspace or build(folder, data)
        formats = [measured(atlas, name, folder) for name in names]
        return {
            "benchmark": "exports",
            **before,
            "formats": formats,
            "validators": validated(folder / "one" / "atlas-all"),
            "geopackage_in_process": in_process(atlas, folder / "again.gpkg"),
            "ogr2ogr": by_gdal(folder / "one" / "atlas-geojson", folder / "peer.gpkg"),
        }


def generated(projects: int) -> dict[str, Any]:
    """The geographic formats of an atlas of generated projects: what is held at once."""
    before = machine()
    with tempfile.TemporaryDirectory(prefix="overt-bench-") as temporary:
        folder = Path(temporary)
        atlas = make(folder / "made", projects, "3GB").root
        formats = [measured(atlas, name, folder) for name in _GEOGRAPHIC]
    return {"benchmark": "exports", **before, "projects": projects, "formats": formats}


def main(arguments: list[str] | None = None) -> int:
    """Run it and tell."""
    options = parser(__doc__)
    options.add_argument("--data", type=Path, default=DATA)
    options.add_argument("--workspace", type=Path, help="an atlas that is there, instead of one built of --data")
    options.add_argument("--generated", type=int, help="the geographic formats alone, of so many generated projects")
    given = options.parse_args(arguments)
    if given.generated:
        result = generated(given.generated)
        peak = max(one["peak_gigabytes"] for one in result["formats"])
        return report(result, [Target("peak memory", peak, 0.6, " GB")], given)
    try:
        if given.quick:
            with as_file(files("overt") / "content" / "sources" / "aigs_2022" / "edition") as edition:
                result = run(edition, None, _QUICK)
        else:
            need_validators()
            result = run(given.data, given.workspace)
    except Missing as missing:
        print(f"exports: skipped: {missing}")
        return 0
    whole = result["formats"][-1]
    found = sum(len(said["findings"]) for said in result["validators"].values())
    targets = [
        Target("all", whole["seconds"], 60, " s"),
        Target("peak memory", whole["peak_gigabytes"], 2, " GB"),
        Target("findings", found, 1, ""),
        Target(
            "formats with the same bytes", sum(one["same_bytes"] for one in result["formats"]), len(FORMATS), "", at_least=True
        ),
    ]
    return report(result, targets, given)


if __name__ == "__main__":
    sys.exit(main())
