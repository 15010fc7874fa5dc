"""Running one source's importer over one snapshot's files."""

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
from overt.importing.platforms import add_platforms
from overt.importing.problems import CountProblem, FileProblem
from overt.importing.readers.input import InputFile
from overt.importing.report import ProblemRow, Report
from overt.model.claim import Claim, Evidence
from overt.model.content import Catalogue
from overt.model.errors import ContentError, format_count
from overt.model.observations import Observations
from overt.model.source import SourceSpec


@dataclass(frozen=True)
class Outcome:
    """What an import gave: claims by id and their places, sorted, and the account of the rows."""

    claims: list[Claim]
    evidence: list[Evidence]
    report: Report
    observations: Observations | None = None
    """What it observes, of a source that has series of lists or single measurements."""


def load_importer(slug: str, folder: Traversable) -> ModuleType:
    """The source's `importer.py` as a module. Raises ContentError when it is missing, broken or has no `run`."""
    name = f"overt_source_{slug}"
    with as_file(folder / "importer.py") as path:
        # As a package of its own, so that `from .titles import …` finds the file beside it, in whichever folder that is.
        found = importlib.util.spec_from_file_location(name, path, submodule_search_locations=[str(path.parent)])
        if found is None or found.loader is None or not path.is_file():
            raise ContentError(f"sources/{slug}: importer.py is missing")
        module = importlib.util.module_from_spec(found)
        for loaded in [held for held in sys.modules if held.startswith(f"{name}.")]:
            del sys.modules[loaded]
        sys.modules[name] = module  # dataclasses of the module look their annotations up here
        written = sys.dont_write_bytecode
        sys.dont_write_bytecode = True  # nothing of ours goes into an editor's folder, whose bytes decide what is imported
        try:
            found.loader.exec_module(module)
        except Exception as error:
            raise ContentError(f"sources/{slug}/importer.py: {type(error).__name__}: {error}") from error
        finally:
            sys.dont_write_bytecode = written
    if not callable(getattr(module, "run", None)):
        raise ContentError(f"sources/{slug}/importer.py: has no function run(ctx)")
    return module


def missing_roles(spec: SourceSpec, roles: set[str]) -> list[str]:
    """Roles without which these files cannot be imported; none when they suffice."""
    if spec.any_of:
        sets = [set(needed) for needed in spec.any_of]
        return [] if any(needed <= roles for needed in sets) else min((sorted(needed - roles) for needed in sets), key=len)
    return sorted(role for role, file in spec.files.items() if not file.optional and role not in roles)


def run_source(
    slug: str,
    content: Catalogue,
    files: Mapping[str, Sequence[InputFile]],
    *,
    whole: bool = False,
    other_edition: bool = False,
    allow_problems: bool = True,
) -> Outcome:
    """Import a snapshot. `whole`: the publisher's whole files, so that the counts declared in source.yml must hold, unless
    somebody says that they are those of an `other_edition`.

    `allow_problems`: report rows that are problems, instead of refusing all when there are more than source.yml lets pass.

    Raises FileProblem, in one line that begins with the source, when a file or a count is wrong, and ContentError when the
    source folder is.
    """
    spec = content.sources[slug]
    if missing := missing_roles(spec, {role for role, found in files.items() if found}):
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
        raise ContentError(f"sources/{slug}/importer.py{line}: {type(error).__name__}: {error}{context.place()}") from error
    context.close()
    observations = _observed(context)
    if not allow_problems:
        refuse_problems(spec, context.report)
    _check_records(context)
    claims = sorted(context.claims.values(), key=lambda claim: (claim.record, claim.property, claim.id))
    report = context.report
    report.claims = len(claims)
    for record_type in {claim.record: claim.type for claim in claims}.values():
        report.records[record_type] += 1
    report.other_edition = misfit(spec, report, {role for role, found in files.items() if found})
    if whole and report.other_edition and not other_edition:
        raise CountProblem(f"{slug}: {report.other_edition}; is the file whole? get it again")
    held = {role for role, found in files.items() if found}
    report.part, report.suppliers = _lacks(spec, held, "part"), _lacks(spec, held, "suppliers")
    if report.as_of is None and not (whole and report.other_edition):
        report.as_of = spec.as_of
    evidence = sorted(context.evidence, key=lambda place: (*place[:4], place.document or ""))
    return Outcome(claims, evidence, report, observations)


def _observed(context: Context) -> Observations | None:
    if context.spec.series:
        made = context.observed.finish()
        add_platforms(context, made)
        return made.tables
    return Observations(measurements=context.measured.finish()) if context.spec.has_measurements else None


def _check_records(context: Context) -> None:
    """Refuse a record of two types, one without what its type requires, and one that others name but no row makes."""
    slug = context.spec.slug
    held: dict[str, set[str]] = {}
    types: dict[str, str] = {}
    for claim in context.claims.values():
        held.setdefault(claim.record, set()).add(claim.property)
        if types.setdefault(claim.record, claim.type) != claim.type:
            raise ContentError(
                f"{slug}: {claim.record} has two types, {types[claim.record]} and {claim.type}; give one key a prefix"
            )
    if context.report.problems:
        _drop_incomplete(context, held, types)
    for record, record_type in types.items():
        for property_ in context.content.schema.types[record_type].properties.values():
            if property_.required and property_.name not in held[record]:
                raise FileProblem(
                    f"{slug}: {record} has no {property_.name}, which every {record_type} needs; is the file whole?"
                )
    if context.report.problems:
        return  # the row that would have made it may be one of them
    for claim in context.claims.values():
        named = claim.value if context.content.schema.property(claim.type, claim.property).type == "record" else ""
        if named.startswith(f"{slug}:") and named not in types:
            raise FileProblem(
                f"{slug}: {claim.record} names {named} as its {claim.property}, which no row makes; is the file whole?"
            )


def _drop_incomplete(context: Context, held: dict[str, set[str]], types: dict[str, str]) -> None:
    """Leave out records whose own row was refused while other rows said something of them."""
    needed = {
        name: {one.name for one in record_type.properties.values() if one.required}
        for name, record_type in context.content.schema.types.items()
    }
    for record in [record for record, record_type in types.items() if needed[record_type] - held[record]]:
        del types[record]
    context.claims = {key: claim for key, claim in context.claims.items() if claim.record in types}
    context.evidence = {place for place in context.evidence if place.claim_id in context.claims}


def _lacks(spec: SourceSpec, roles: Collection[str], what: Literal["part", "suppliers"]) -> str | None:
    """What files in these roles do not have of the publisher's data; nothing when one of them has it."""
    ways = {role for needed in spec.any_of for role in needed} or set(spec.files)
    said: list[str | None] = [getattr(spec.files[role], what) for role in spec.files if role in ways and role in roles]
    return "; ".join(one for one in said if one) if said and all(said) else None


def misfit(spec: SourceSpec, report: Report, roles: Collection[str]) -> str | None:
    """In which number files in these roles are not the edition that source.yml describes; nothing when they are in all."""
    held, lost = spec.counts, len(report.problems)
    read = ((("row", f" of {role!r}"), report.rows_by_role[role], 0, held.files[role]) for role in held.files if role in roles)
    # A row that was left out as a problem may be the one that a record stands in.
    made = ((("record", f" of type {kind}"), report.records[kind], lost, bounds) for kind, bounds in held.records.items())
    for (what, of), found, missing, bounds in (*read, *made):
        if found + missing < bounds.min or (bounds.max is not None and found > bounds.max):
            return f"{format_count(found, what)}{of}, where the edition that Overt knows has {bounds}"
    return None


def refuse_problems(spec: SourceSpec, report: Report) -> None:
    """Raise FileProblem when more rows are problems than source.yml allows; the first is named."""
    most = spec.counts.problems.max
    if most is not None and len(report.problems) > most:
        first: ProblemRow = report.problems[0]
        more = f" (and {len(report.problems) - 1:,} more)" if len(report.problems) > 1 else ""
        raise FileProblem(
            f"{spec.slug}: {first.file}: {first.locator}: {first.message}{more};"
            " mend the file, or take the other rows alone with --allow-problems"
        )
