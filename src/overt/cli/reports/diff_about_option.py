"""The subjects of `overt diff --about`: a country, an organisation, a kind of project or a figure."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pyarrow.parquet as pq

from overt.cli.records.record_data import record_id
from overt.cli.records.records_from_release_tables import TableRecords
from overt.model.errors import UsageError, ValueProblem
from overt.model.workspace import Workspace
from overt.release.diff.change_subjects import PROJECT_KINDS, Subject, SubjectRules
from overt.release.diff.release_diff import ReleaseDiff
from overt.release.release_reader import Release


class About(NamedTuple):
    """What a comparison is limited to. If all fields are empty, everything is compared."""

    names: tuple[str, ...] = ()
    """Names as on the command line."""
    subjects: tuple[Subject, ...] = ()
    figure: str = ""
    rules: SubjectRules | None = None

    def narrow(self, comparison: ReleaseDiff) -> ReleaseDiff:
        """Return the part of a comparison that concerns these subjects."""
        if self.figure:
            return comparison.about_figure(self.figure)
        return comparison.about(*self.subjects) if self.subjects else comparison


def read_about(atlas: Workspace, folders: Sequence[Path], names: Sequence[str]) -> About:
    """Find the figure or the subjects that the names of `--about` mean in the two releases.

    If there are several subjects, a difference must concern all of them.

    Raises UsageError for a name that is unknown or ambiguous, and for a figure together with another name.
    """
    if not names:
        return About()
    figures = {
        row
        for folder in folders
        for row in pq.read_table(folder / "tables" / "figures.parquet", columns=["name"]).column("name").to_pylist()
    }
    if chosen := [name for name in names if name in figures]:
        if len(names) > 1:
            raise UsageError(
                f"--about {chosen[0]}: is a figure, which can't be combined with others; leave out the other --about"
            )
        return About(tuple(names), figure=chosen[0])
    content = atlas.content
    rules = SubjectRules.from_schema(content.schema, content.vocabularies[PROJECT_KINDS])
    return About(tuple(names), tuple(_subject(atlas, folders, name.strip()) for name in names), rules=rules)


def _subject(atlas: Workspace, folders: Sequence[Path], name: str) -> Subject:
    """Return a country, a kind or an organisation by its id or name. Raises UsageError for anything else."""
    if kind := atlas.content.vocabularies[PROJECT_KINDS].find(name):
        return Subject("kind", kind)
    try:
        return Subject("country", atlas.content.areas.find(name))
    except ValueProblem:
        pass
    problem: UsageError | None = None
    for folder in reversed(folders):  # The older release may have an organisation that the newer one lacks.
        with Release(folder) as release:
            try:
                identity = record_id(TableRecords(release, atlas.content.schema), atlas.resolved, name)
            except UsageError as error:
                problem = problem or error
                continue
            types = release.rows("SELECT type, label FROM records WHERE id = ?", [identity])
        if types and types[0]["type"] != "organization":
            raise UsageError(
                f"--about {name}: is a record of type {types[0]['type']}; choose a country, an organisation, a kind or a figure"
            )
        return Subject("organization", identity)
    raise UsageError(f"--about {problem}")
