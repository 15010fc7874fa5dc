"""Writes every format into one folder, with metadata for finding, checking and citing the data."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import orjson

from overt.export.descriptions import citation_cff, croissant, datapackage, dcat_schema_org, ro_crate
from overt.export.descriptions.export_folder_files_and_licences import ExportFolder
from overt.export.export_format import ExportFormat
from overt.export.export_report import build_report
from overt.export.export_result_and_losses import ExportResult, Loss, NothingToWrite
from overt.export.public_release_reader import PublicRelease
from overt.model.files.file_digests import sha256_file
from overt.model.files.hard_links_and_file_removal import remove

_DESCRIPTIONS: dict[str, Callable[[ExportFolder], Any]] = {
    datapackage.NAME: datapackage.describe,
    croissant.NAME: croissant.describe,
    dcat_schema_org.DCAT: dcat_schema_org.describe_as_dcat,
    dcat_schema_org.SCHEMA_ORG: dcat_schema_org.describe_as_schema_org,
    ro_crate.NAME: ro_crate.describe,
}
CHECKSUMS = "SHA256SUMS"


def write(release: PublicRelease, target: Path, formats: Iterable[ExportFormat]) -> ExportResult:
    """Create the folder `target` with these formats, each as `<format>/` or `overt<ending>`, and a report on each in `reports/`.

    The folder also gets its descriptions and `SHA256SUMS`. A format's report lists what the format cannot contain. If a format
    has nothing to write, it is left out and returned as a loss; other errors are raised. All records count as written, because
    the Parquet tables contain everything that may be published.
    """
    (target / "reports").mkdir(parents=True)
    losses = []
    for form in formats:
        release.progress(form.name)
        path = target / (f"overt{form.ending}" if form.ending else form.name)
        try:
            result = form.write(release, path)
        except NothingToWrite as error:
            remove(path)
            losses.append(Loss(f"format {form.name}", 1, str(error), ""))
            continue
        report = build_report(release, form.name, path, path, result)
        (target / "reports" / f"{form.name}.json").write_bytes(orjson.dumps(report, option=orjson.OPT_INDENT_2))
    folder = ExportFolder(release, target)
    descriptions = {name: orjson.dumps(describe(folder), option=orjson.OPT_INDENT_2) for name, describe in _DESCRIPTIONS.items()}
    descriptions[citation_cff.NAME] = citation_cff.describe(folder).encode()
    for name, content in descriptions.items():
        (target / name).write_bytes(content)
    files = sorted(path for path in target.rglob("*") if path.is_file())
    checksums = [f"{sha256_file(path)}  {path.relative_to(target).as_posix()}\n" for path in files]
    (target / CHECKSUMS).write_text("".join(checksums), encoding="utf-8")
    return ExportResult(release.record_counts, tuple(losses))
