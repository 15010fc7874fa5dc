"""Imports files without storing anything, and returns the row counts, the problems with hints, and the first records."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from overt.importing.editing.first_records import FirstRecord, first_records
from overt.importing.editing.problem_hints import Hint, problem_hints
from overt.importing.errors import FileProblem
from overt.importing.mapping.used_columns import HEADER_QUESTION, other_names, used_columns
from overt.importing.problem_groups import ProblemGroup, group_problems
from overt.importing.readers.file_layout_guess import sniff
from overt.importing.readers.input_file import InputFile
from overt.importing.snapshot_importer_run import run_source
from overt.importing.snapshot_report import Report
from overt.model.content_catalogue import Catalogue
from overt.model.errors import OvertError
from overt.model.source import SourceSpec

EXAMPLE_ADDRESS = "https://example.org/"
"""Placeholder address in a proposed source.yml, where a web address is required, until an editor replaces it."""
_OPEN_VALUES = {
    **dict.fromkeys(("title", "publisher", "address", "licence", "attribution", "covers", "not_covered"), ("?", EXAMPLE_ADDRESS)),
    "lang": ("",),
}
"""Placeholders that `overt source new` writes for keys of source.yml until an editor fills them in, by key."""
Files = Mapping[str, Sequence[InputFile]]


@dataclass
class DryRun:
    """The result of an import that stored nothing. Without a report, `error` says why the files can't be imported."""

    source: str
    report: Report | None = None
    error: str | None = None
    groups: list[tuple[ProblemGroup, list[Hint]]] = field(default_factory=list)
    records: list[FirstRecord] = field(default_factory=list)
    open_keys: list[str] = field(default_factory=list)
    """Keys of source.yml that still contain a placeholder (see `_OPEN_VALUES`), and ignored columns without a reason."""
    allowed: int | None = 0
    """Number of rows with problems that source.yml allows; None for any number."""
    is_empty: bool = False
    """Whether no row produced a claim or an observation."""
    refused_edition: str | None = None
    """How the counts differ from those in source.yml, if they are a reason to refuse the files."""

    @property
    def is_good(self) -> bool:
        """Whether `overt import` would import these files: they are not refused, are not empty, and have few enough
        problems."""
        if self.report is None or self.is_empty or self.refused_edition:
            return False
        return self.allowed is None or self.report.problem_count <= self.allowed

    def as_dict(self) -> dict[str, Any]:
        """Return the result as plain data for JSON."""
        groups = [{**vars(group), "hints": [vars(hint) for hint in hints]} for group, hints in self.groups]
        report = {} if self.report is None else self.report.as_dict() | {"problem_groups": groups}
        return {
            **report,
            "source": self.source,
            "error": self.error,
            "open_keys": self.open_keys,
            "first_records": [record.as_dict() for record in self.records],
        }


def dry_run(content: Catalogue, source: str, files: Files, *, max_records: int, counts_apply: bool = False) -> DryRun:
    """Import files of a source without storing anything. If they can't be imported, the result's `error` says why.

    `max_records`: maximum number of first records of each type. `counts_apply`: whether the counts in source.yml are a reason
    to refuse the files.
    """
    run = DryRun(source, allowed=content.sources[source].counts.problems.max)
    try:
        outcome = run_source(source, content, files, complete=counts_apply, other_edition=True)
    except OvertError as error:
        hint = _header_hint(content.sources[source], files)
        run.error = f"{str(error).removesuffix(HEADER_QUESTION)}{hint}" if hint else str(error)
        return run
    run.report, run.is_empty = outcome.report, outcome.is_empty
    run.refused_edition = outcome.report.other_edition if counts_apply else None
    spec = content.sources[source]
    run.open_keys = [name for name, values in _OPEN_VALUES.items() if getattr(spec, name) in values]
    run.open_keys += [
        f"ignore: {column}" for mapping in spec.mapping.values() for column, reason in mapping.ignore.items() if reason == "?"
    ]
    run.groups = [(group, problem_hints(spec, content, group)) for group in group_problems(outcome.report.problems)]
    names = {file.capture: file.name for role in files.values() for file in role}
    run.records = first_records(outcome, names, max_records)
    return run


def _header_hint(spec: SourceSpec, files: Files) -> str:
    """Return the end of a message that says where the column names seem to be; "" if no other row seems to have them."""
    for role, role_files in files.items():
        file_spec = spec.files[role]
        if role not in spec.mapping or file_spec.format not in ("csv", "xlsx", "ods"):
            continue
        header = file_spec.header if isinstance(file_spec.header, list) else [file_spec.header]
        for file in role_files:
            try:
                sniffed = sniff(file.path, file_spec.sheet)
            except FileProblem:
                continue
            known = {*used_columns(spec, role), *other_names(spec, role)}
            if list(sniffed.header) != header and known & set(sniffed.columns):
                rows = sniffed.header[0] if len(sniffed.header) == 1 else list(sniffed.header)
                return f"; the column names of {file.name} seem to be in `header: {rows}`"
    return ""
