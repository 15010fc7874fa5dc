"""Export a complete atlas in every format: seconds, memory, size, records left out, and findings of validators.

    python -m bench.exports.export_formats [--data ../shared/data] [--workspace ATLAS] [--generated PROJECTS] [--quick] [--json]

Runs `overt export FORMAT` as a user does, on an atlas whose overt.toml allows all sources to be republished. Each format is
exported twice and the hashes are compared. Then the validators of each format check the folder of `all`, as in the tests
(`tests/validators/export_folder_validation.py`). Peer: GDAL's ogr2ogr, if it is installed, makes the three layers of the
GeoPackage from our GeoJSON; our writer's time for all layers and tables, without Python's start-up, is reported for comparison.
Target: `all` in under 60 s and 2 GB, no findings, and the same bytes each time. `--generated 300000` measures the geographic
formats of generated projects instead: target 0.6 GB. `--quick` exports the shipped edition of one source in two formats.
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

from bench.harness import DATA, OVERT, Missing, Target, argument_parser, machine, report, run_child
from bench.site.generated_project_atlas import make
from overt.cli.atlas_access import release_folder
from overt.export import geopackage
from overt.export.format_registry import FORMATS
from overt.export.public_release_reader import open_public_release
from overt.model.workspace import Workspace
from tests.validators import OGRINFO, PYTHON
from tests.validators.export_folder_validation import validate_bundle

_ALL_REUSE = 'republish = ["open", "share-alike", "non-commercial", "private"]'
_QUICK = ("jsonl", "geojson")
_GEOGRAPHIC = ("geojson", "geoparquet", "geopackage")
_LAYERS = ("projects", "sites", "cables")


def build(folder: Path, data: Path) -> Path:
    """Build an atlas from the files in `data`, with settings that allow all of them to be republished.

    Raises Missing if there is no such folder.
    """
    if not data.is_dir():
        raise Missing(f"{data}: the real data is not there; set OVERT_DATA or --data")
    atlas = folder / "atlas"
    run_child([*OVERT, "init", atlas])
    settings = atlas / "overt.toml"
    text = settings.read_text(encoding="utf-8").replace('republish = ["open"]', _ALL_REUSE)
    settings.write_text(text, encoding="utf-8")
    run_child([*OVERT, "build", "--workspace", atlas, "--from", data])
    return atlas


def export_twice(atlas: Path, name: str, folder: Path) -> dict[str, Any]:
    """Export one format twice.

    Return the shorter time, the higher memory peak, what the first export contains, and whether the two exports have the same
    bytes.
    """
    reports, seconds, peak = [], [], 0.0
    for attempt in ("one", "two"):
        target = folder / attempt / f"atlas-{name}{FORMATS[name].ending}"
        child = run_child([*OVERT, "export", name, target, "--json", "--workspace", atlas])
        reports.append(json.loads(child.output))
        seconds.append(child.seconds)
        peak = max(peak, child.peak_gigabytes)
    first = reports[0]
    return {
        "format": name,
        "seconds": round(min(seconds), 1),
        "peak_gigabytes": round(peak, 2),
        "megabytes": round(sum(file["bytes"] for file in first["files"]) / 1e6, 1),
        "files": len(first["files"]),
        "same_bytes": reports[0]["files"] == reports[1]["files"],
        "records": sum(counts["written"] for counts in first["records"].values()),
        "records_in_edition": sum(counts["in_edition"] for counts in first["records"].values()),
        "not_carried": [f"{loss['count']} {loss['what']}" for loss in first["not_carried"]],
    }


def validate(folder: Path) -> dict[str, Any]:
    """Return, by validator, its first 20 findings about the folder of `all` and the counts of what it read.

    Empty if the folder is missing.
    """
    if not folder.is_dir():
        return {}
    return {name: {"findings": result.findings[:20], "read": result.read} for name, result in validate_bundle(folder).items()}


def require_validators() -> None:
    """Raise Missing if the validators or GDAL are not installed."""
    if not PYTHON.is_file():
        raise Missing("the validators are not installed; `make bench` installs them")
    if not OGRINFO:
        raise Missing("there is no ogrinfo (GDAL); `make bench` installs it")


def run_ogr2ogr(folder: Path, target: Path) -> dict[str, Any]:
    """Make a GeoPackage of the GeoJSON layers in `folder` with ogr2ogr, and measure the time and the size.

    If ogr2ogr is not installed, the result says so.
    """
    program = shutil.which("ogr2ogr")
    if not program:
        return {"skipped": "there is no ogr2ogr here"}
    seconds = 0.0
    for name in _LAYERS:
        update = ["-update"] if target.exists() else []
        command: list[str | Path] = [program, "-f", "GPKG", *update, "-nln", name, target, folder / f"{name}.geojson"]
        seconds += run_child(command).seconds
    return {"seconds": round(seconds, 1), "megabytes": round(target.stat().st_size / 1e6, 1), "layers": list(_LAYERS)}


def write_in_process(atlas: Path, target: Path) -> float:
    """Return the seconds that our GeoPackage writer takes once the edition is open."""
    workspace = Workspace.open(atlas)
    with open_public_release(workspace, release_folder(workspace, None)) as public_release:
        begin = monotonic()
        geopackage.write(public_release, target)
        return round(monotonic() - begin, 1)


def run(data: Path, workspace: Path | None, names: Collection[str] = tuple(FORMATS)) -> dict[str, Any]:
    """Export each format in `names` twice, validate the bundle `all`, and time our writer and ogr2ogr on a GeoPackage.

    Without `workspace`, an atlas is built from `data` first; raises Missing if there is no such folder. Without the format `all`,
    nothing is validated.
    """
    before = machine()
    with tempfile.TemporaryDirectory(prefix="overt-bench-") as temporary:
        folder = Path(temporary)
        atlas = workspace or build(folder, data)
        formats = [export_twice(atlas, name, folder) for name in names]
        return {
            "benchmark": "exports",
            **before,
            "formats": formats,
            "validators": validate(folder / "one" / "atlas-all"),
            "geopackage_in_process": write_in_process(atlas, folder / "again.gpkg"),
            "ogr2ogr": run_ogr2ogr(folder / "one" / "atlas-geojson", folder / "peer.gpkg"),
        }


def generated(projects: int) -> dict[str, Any]:
    """Export each geographic format of an atlas of this many generated projects twice. Return the measurements."""
    before = machine()
    with tempfile.TemporaryDirectory(prefix="overt-bench-") as temporary:
        folder = Path(temporary)
        atlas = make(folder / "made", projects, "3GB").root
        formats = [export_twice(atlas, name, folder) for name in _GEOGRAPHIC]
    return {"benchmark": "exports", **before, "projects": projects, "formats": formats}


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark, print its result, and return the exit code."""
    parser = argument_parser(__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--workspace", type=Path, help="an existing atlas, instead of one built from --data")
    parser.add_argument("--generated", type=int, help="export only the geographic formats, of this many generated projects")
    options = parser.parse_args(arguments)
    if options.generated:
        result = generated(options.generated)
        peak = max(row["peak_gigabytes"] for row in result["formats"])
        return report(result, [Target("peak memory", peak, 0.6, " GB")], options)
    try:
        if options.quick:
            with as_file(files("overt") / "content" / "sources" / "aigs_2022" / "edition") as edition:
                result = run(edition, None, _QUICK)
        else:
            require_validators()
            result = run(options.data, options.workspace)
    except Missing as missing:
        print(f"exports: skipped: {missing}")
        return 0
    everything = result["formats"][-1]
    findings = sum(len(validator["findings"]) for validator in result["validators"].values())
    targets = [
        Target("all", everything["seconds"], 60, " s"),
        Target("peak memory", everything["peak_gigabytes"], 2, " GB"),
        Target("findings", findings, 1, ""),
        Target(
            "formats with the same bytes", sum(row["same_bytes"] for row in result["formats"]), len(FORMATS), "", at_least=True
        ),
    ]
    return report(result, targets, options)


if __name__ == "__main__":
    sys.exit(main())
