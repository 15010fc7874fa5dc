"""The runner of a source's importer over one snapshot's files."""

import importlib.util
import sys
import traceback
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import as_file
from importlib.resources.abc import Traversable
from types import ModuleType
from typing import Literal

from overt.importing.context import Context
from overt.importing.platform_restrictions import add_platform_restrictions
from overt.importing.problems import CountProblem, FileProblem
from overt.importing.readers.input import InputFile
from overt.importing.snapshot_report import ProblemRow, Report
from overt.model.claim import Claim, Evidence
from overt.model.content import Catalogue
from overt.model.errors import ContentError, format_count
from overt.model.observations import Observations
from overt.model.source import SourceSpec


@dataclass(frozen=True)
class Outcome:
    """The result of an import: sorted claims and evidence, and the report of the rows."""

    claims: list[Claim]
    evidence: list[Evidence]
    report: Report
    observations: Observations | None = None
    """Observations of a source that has blocklists or network measurements."""


def load_importer(slug: str, folder: Traversable) -> ModuleType:
    """Load the source's `importer.py`. Raises ContentError if it is missing, broken or has no `run`."""
    name = f"overt_source_{slug}"
    with as_file(folder / "importer.py") as path:
        # It is loaded as a package, so that `from .titles import …` finds the file beside it.
        spec = importlib.util.spec_from_file_location(name, path, submodule_search_locations=[str(path.parent)])
        if spec is None or spec.loader is None or not path.is_file():
            raise ContentError(f"sources/{slug}: importer.py is missing")
        module = importlib.util.module_from_spec(spec)
        for loaded in [other for other in sys.modules if other.startswith(f"{name}.")]:
            del sys.modules[loaded]
        sys.modules[name] = module  # Dataclasses of the module resolve their annotations here.
        dont_write_bytecode = sys.dont_write_bytecode
        sys.dont_write_bytecode = True  # The bytes of an editor's folder decide what is imported, so nothing is written there.
        try:
            spec.loader.exec_module(module)
        except Exception as error:
            raise ContentError(f"sources/{slug}/importer.py: {type(error).__name__}: {error}") from error
        finally:
            sys.dont_write_bytecode = dont_write_bytecode
    if not callable(getattr(module, "run", None)):
        raise ContentError(f"sources/{slug}/importer.py: has no function run(ctx)")
    return module


def missing_roles(spec: SourceSpec, roles: set[str]) -> list[str]:
    """Return the roles that are missing for an import; an empty list if these suffice."""
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
) -> Outcome:
    """Import a snapshot.

    `complete`: the files are the publisher's complete files, so the counts in source.yml must hold, unless the user has declared
    the files to be an `other_edition`.
    `allow_problems`: report rows that are problems, instead of refusing the files if there are more than source.yml allows.

    Raises FileProblem if a file or a count is wrong, in one line that begins with the source, and ContentError if the source
    folder is wrong.
    """
    spec = content.sources[slug]
    roles = {role for role, role_files in files.items() if role_files}
    if missing := missing_roles(spec, roles):
        patterns = " or ".join(spec.files[missing[0]].patterns)
        raise FileProblem(f"{slug}: there is no file for {missing[0]!r} (looked for {patterns})")
    folder = content.source_folders[slug]
    context = Context(spec, content, folder, files)
    importer = load_importer(slug, folder)
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
    context.close()
    observations = _observations(context)
    if not allow_problems:
        refuse_problems(spec, context.report)
    _check_records(context)
    claims = sorted(context.claims.values(), key=lambda claim: (claim.record, claim.property, claim.id))
    report = context.report
    report.claims = len(claims)
    for record_type in {claim.record: claim.type for claim in claims}.values():
        report.records[record_type] += 1
    report.other_edition = count_mismatch(spec, report, roles)
    if complete and report.other_edition and not other_edition:
        raise CountProblem(f"{slug}: {report.other_edition}; is the file complete? download it again")
    report.part, report.suppliers = _limitation(spec, roles, "part"), _limitation(spec, roles, "suppliers")
    if report.as_of is None and not (complete and report.other_edition):
        report.as_of = spec.as_of
    evidence = sorted(context.evidence, key=lambda entry: (*entry[:4], entry.document or ""))
    return Outcome(claims, evidence, report, observations)


def _observations(context: Context) -> Observations | None:
    if context.spec.series:
        observations = context.blocklists.finish()
        add_platform_restrictions(context, observations)
        return observations.tables
    return Observations(measurements=context.measured.finish()) if context.spec.has_measurements else None


def _check_records(context: Context) -> None:
    """Refuse records with two types, records without a required property, and references to records that no row makes."""
    slug = context.spec.slug
    properties: dict[str, set[str]] = {}
    types: dict[str, str] = {}
    for claim in context.claims.values():
        properties.setdefault(claim.record, set()).add(claim.property)
        if types.setdefault(claim.record, claim.type) != claim.type:
            raise ContentError(
                f"{slug}: {claim.record} has two types, {types[claim.record]} and {claim.type}; give one key a prefix"
            )
    if context.report.problems:
        _drop_incomplete(context, properties, types)
    for record, record_type in types.items():
        for property_ in context.content.schema.types[record_type].properties.values():
            if property_.required and property_.name not in properties[record]:
                raise FileProblem(
                    f"{slug}: {record} has no {property_.name}, which every {record_type} needs; is the file complete?"
                )
    if context.report.problems:
        return  # A missing record may be in one of the rows that were refused.
    for claim in context.claims.values():
        is_reference = context.content.schema.property(claim.type, claim.property).type == "record"
        target = claim.value if is_reference else ""
        if target.startswith(f"{slug}:") and target not in types:
            raise FileProblem(
                f"{slug}: {claim.record} names {target} as its {claim.property}, which no row makes; is the file complete?"
            )


def _drop_incomplete(context: Context, properties: dict[str, set[str]], types: dict[str, str]) -> None:
    """Drop records whose own row was refused, although other rows have claims about them."""
    required = {
        name: {property_.name for property_ in record_type.properties.values() if property_.required}
        for name, record_type in context.content.schema.types.items()
    }
    for record in [record for record, record_type in types.items() if required[record_type] - properties[record]]:
        del types[record]
    context.claims = {key: claim for key, claim in context.claims.items() if claim.record in types}
    context.evidence = {entry for entry in context.evidence if entry.claim_id in context.claims}


def _limitation(spec: SourceSpec, roles: Collection[str], field: Literal["part", "suppliers"]) -> str | None:
    """Return what files in these roles lack of the publisher's data, or None if any of them is complete."""
    main_roles = {role for needed in spec.any_of for role in needed} or set(spec.files)
    notes: list[str | None] = [getattr(spec.files[role], field) for role in spec.files if role in main_roles and role in roles]
    return "; ".join(note for note in notes if note) if notes and all(notes) else None


def count_mismatch(spec: SourceSpec, report: Report, roles: Collection[str]) -> str | None:
    """Return the first count that differs from the edition in source.yml, as text; None if all counts fit."""
    counts, refused = spec.counts, len(report.problems)
    rows = (
        (("row", f" of {role!r}"), report.rows_by_role[role], 0, counts.files[role]) for role in counts.files if role in roles
    )
    # A row that was left out as a problem may be the one with a missing record.
    records = (
        (("record", f" of type {type_}"), report.records[type_], refused, bounds) for type_, bounds in counts.records.items()
    )
    for (what, of), count, missing, bounds in (*rows, *records):
        if count + missing < bounds.min or (bounds.max is not None and count > bounds.max):
            return f"{format_count(count, what)}{of}, where the edition that Overt knows has {bounds}"
    return None


def refuse_problems(spec: SourceSpec, report: Report) -> None:
    """Raise FileProblem with the first problem if more rows are problems than source.yml allows."""
    allowed = spec.counts.problems.max
    if allowed is not None and len(report.problems) > allowed:
        first: ProblemRow = report.problems[0]
        more = f" (and {len(report.problems) - 1:,} more)" if len(report.problems) > 1 else ""
        raise FileProblem(
            f"{spec.slug}: {first.file}: {first.locator}: {first.message}{more};"
            " fix the file, or import the other rows with --allow-problems"
        )
