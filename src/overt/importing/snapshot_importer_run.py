"""Runs a source's mapping, its importer, or both on the files of one snapshot."""

import tempfile
import traceback
import weakref
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Literal

import pyarrow.parquet as pq

from overt.importing.errors import CountProblem, FileProblem
from overt.importing.import_context import Context
from overt.importing.importers.importer_loading import load_importer
from overt.importing.mapping import run_mapping
from overt.importing.platform_restrictions_from_blocklists import add_platform_restrictions
from overt.importing.problem_groups import group_problems
from overt.importing.readers.input_file import InputFile
from overt.importing.record_check import RecordCheck
from overt.importing.snapshot_report import ProblemRow, Report
from overt.model.claim import Claim, Evidence
from overt.model.content_catalogue import Catalogue
from overt.model.errors import ContentError, format_count
from overt.model.files.atomic_writes import TEMPORARY_PREFIX, mark_unfinished, remove_marked
from overt.model.files.content_file_reading import has_file
from overt.model.observation_table_columns import Observations
from overt.model.source import SourceSpec


@dataclass(eq=False)
class Outcome:
    """The result of an import: sorted claims and evidence, and the report of the rows.

    The claims are in temporary files, which are deleted when nothing refers to the outcome any more.
    """

    claims_file: Path
    """File with the columns of `overt.model.claim.CLAIMS`, sorted by record, property, claim_id."""
    evidence_file: Path
    """File with the columns of `overt.model.claim.EVIDENCE`, sorted by all columns in their order."""
    report: Report
    observations: Observations | None = None
    """Observations of a source that has blocklists, network measurements or labels of domains."""

    @property
    def is_empty(self) -> bool:
        """Whether no row produced a claim or an observation."""
        return not self.report.claims and not any(table.num_rows for table in self.observations or ())

    @cached_property
    def claims(self) -> list[Claim]:
        """All claims as objects, for small sources."""
        return [Claim(*list(row.values())[1:]) for row in pq.read_table(self.claims_file).to_pylist()]

    @cached_property
    def evidence(self) -> list[Evidence]:
        """All evidence as objects, for small sources."""
        return [Evidence(**row) for row in pq.read_table(self.evidence_file).to_pylist()]


def missing_roles(spec: SourceSpec, roles: set[str]) -> list[str]:
    """Return the roles that an import requires and that are not among `roles`.

    If source.yml has `any_of:`, one complete set of roles suffices. If there is none, return what the most complete set lacks.
    """
    if spec.any_of:
        sets = [set(needed) for needed in spec.any_of]
        return [] if any(needed <= roles for needed in sets) else min((sorted(needed - roles) for needed in sets), key=len)
    return sorted(role for role, file in spec.files.items() if not file.optional and role not in roles)


def run_source(
    slug: str,
    content: Catalogue,
    files: Mapping[str, Sequence[InputFile]],
    *,
    complete: bool = False,
    other_edition: bool = False,
    allow_problems: bool = True,
    scratch: Path | None = None,
) -> Outcome:
    """Import a snapshot.

    `complete`: whether these are the publisher's complete files. If so, the counts in source.yml must match, unless the user
    has declared the files to be an `other_edition`. `allow_problems`: whether to report all rows with problems instead of
    refusing the files if there are more than source.yml allows. `scratch`: a folder for unfinished files, which take about as
    much space as the result; by default, the folder for temporary files.

    Raises FileProblem, in one line that begins with the source, if a file or a count is wrong. Raises ContentError if the
    source folder is wrong.
    """
    spec = content.sources[slug]
    roles = {role for role, role_files in files.items() if role_files}
    if missing := missing_roles(spec, roles):
        patterns = " or ".join(spec.files[missing[0]].patterns)
        raise FileProblem(f"{slug}: there is no file for {missing[0]!r} (looked for {patterns})")
    if scratch is not None:
        scratch.mkdir(parents=True, exist_ok=True)
    working = Path(tempfile.mkdtemp(prefix=f"{TEMPORARY_PREFIX}import-", dir=scratch))
    mark_unfinished(working)
    discard = partial(remove_marked, working)
    context = Context(spec, content, content.source_folders[slug], files, working)
    try:
        outcome = _run(context, roles, complete=complete, other_edition=other_edition, allow_problems=allow_problems)
    except BaseException:
        discard()
        raise
    finally:
        context.release()
    weakref.finalize(outcome, discard)
    return outcome


def _run(context: Context, roles: set[str], *, complete: bool, other_edition: bool, allow_problems: bool) -> Outcome:
    spec, report = context.spec, context.report
    _read_rows(context)
    context.close()
    observations = _observations(context)
    if not allow_problems:
        refuse_problems(spec, report)
    check = RecordCheck(spec.slug, context.content.schema, context.tables.folder, has_problems=bool(report.problems))
    claims, evidence, report.claims = context.tables.write(check)
    report.records.update(check.records)
    report.other_edition = count_mismatch(spec, report, roles)
    if complete and report.other_edition and not other_edition:
        raise CountProblem(f"{spec.slug}: {report.other_edition}; is the file complete? download it again")
    report.part, report.suppliers = _limitation(spec, roles, "part"), _limitation(spec, roles, "suppliers")
    if report.as_of is None and not (complete and report.other_edition):
        report.as_of = spec.as_of
    return Outcome(claims, evidence, report, observations)


def _read_rows(context: Context) -> None:
    """Import the rows by the source's mapping, then run its importer. A source with a mapping needs no importer.

    An importer's exceptions, except ContentError and OSError, become errors that name the source, or the line of importer.py.
    """
    slug, folder = context.spec.slug, context.content.source_folders[context.spec.slug]
    if context.spec.mapping:
        try:
            run_mapping(context)
        except FileProblem as error:
            raise FileProblem(f"{slug}: {error}") from None
        if not has_file(folder, "importer.py"):
            return
    importer = load_importer(slug, context.content)
    try:
        importer.run(context)
    except FileProblem as error:
        raise FileProblem(f"{slug}: {error}") from None
    except (ContentError, OSError):
        raise
    except Exception as error:
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == importer.__file__]
        line = f", line {frames[-1].lineno}" if frames else ""
        raise ContentError(f"sources/{slug}/importer.py{line}: {type(error).__name__}: {error}{context.location()}") from error


def _observations(context: Context) -> Observations | None:
    if context.spec.series:
        observations = context.blocklists.finish()
        add_platform_restrictions(context, observations)
        return observations.tables
    if context.spec.has_measurements:
        return Observations(measurements=context.measured.finish())
    labels = context.labels.finish()
    return None if labels is None else Observations(labels=labels)


def _limitation(spec: SourceSpec, roles: Collection[str], field: Literal["part", "suppliers"]) -> str | None:
    """Return the notes in source.yml on what the files in these roles lack; None unless each role has a note.

    If source.yml has `any_of:`, only the roles in it count.
    """
    main_roles = {role for needed in spec.any_of for role in needed} or set(spec.files)
    notes: list[str | None] = [getattr(spec.files[role], field) for role in spec.files if role in main_roles and role in roles]
    return "; ".join(note for note in notes if note) if notes and all(notes) else None


def count_mismatch(spec: SourceSpec, report: Report, roles: Collection[str]) -> str | None:
    """Describe the first count that is outside its bounds in source.yml; None if there is none.

    `roles`: the roles that have files; rows of other roles are not counted. One record may be missing for each row with a
    problem, because it may be in that row.
    """
    counts, refused = spec.counts, report.problem_count
    rows = (
        (("row", f" of {role!r}"), report.rows_by_role[role], 0, counts.files[role]) for role in counts.files if role in roles
    )
    records = (
        (("record", f" of type {type_}"), report.records[type_], refused, bounds) for type_, bounds in counts.records.items()
    )
    for (what, of), count, missing, bounds in (*rows, *records):
        if count + missing < bounds.min or (bounds.max is not None and count > bounds.max):
            return f"{format_count(count, what)}{of}, where the edition that Overt knows has {bounds}"
    return None


def refuse_problems(spec: SourceSpec, report: Report) -> None:
    """Raise FileProblem with the first problem if more rows have problems than source.yml allows."""
    allowed = spec.counts.problems.max
    if allowed is not None and report.problem_count > allowed:
        first: ProblemRow = report.problems[0]
        causes = len(group_problems(report.problems))
        more = f" (and {report.problem_count - 1:,} more rows)" if report.problem_count > 1 else ""
        all_causes = f"; {causes} causes in all: `overt import --dry-run {spec.slug}` lists them" if causes > 1 else ""
        raise FileProblem(
            f"{spec.slug}: {first.file}: {first.locator}: {first.message}{more}{all_causes};"
            " fix the file, or import the other rows with --allow-problems"
        )
