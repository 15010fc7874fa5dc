"""Ids and scope of the records of another source: the one that `describes:` in source.yml names."""

from collections.abc import Callable
from functools import cached_property

from overt.importing.cells import Cell
from overt.importing.errors import Problem
from overt.importing.importers.importer_loading import load_importer
from overt.model.content_catalogue import Catalogue
from overt.model.errors import ContentError, ValueProblem
from overt.model.record_ids import fill_key, key_part, record_id
from overt.model.source import SourceSpec
from overt.model.yaml_reading_and_validation import read_yaml


class DescribedSourceRecords:
    """The records of the source that a source describes: their ids, and which of them are in scope.

    Every member raises ContentError if `describes:` names no source.
    """

    def __init__(self, spec: SourceSpec, content: Catalogue) -> None:
        self._slug, self._described, self._content = spec.slug, spec.describes, content

    @cached_property
    def _spec(self) -> SourceSpec:
        spec = self._content.sources.get(self._described or "")
        if spec is None:
            raise ContentError(f"{self._slug}: `describes:` of source.yml names {self._described!r}, which is no source")
        return spec

    def record(self, record_type: str, **key: Cell) -> str:
        """Return the id of a record by the parts of its key in that source.

        Raises Problem for a part without a letter or digit, and ContentError if that source has no records of the type.
        """
        template = self._spec.key_template(record_type)
        if template is None:
            raise ContentError(f"{self._slug}: {self._spec.slug} has no records of type {record_type!r}")
        try:
            parts = {name: key_part(cell.text) for name, cell in key.items()}
        except ValueProblem as error:
            raise Problem(f"{record_type} of {self._spec.slug}: {error}", next(iter(key.values())).locator) from None
        return record_id(self._spec.slug, fill_key(template, parts))

    @cached_property
    def scope_rule(self) -> Callable[..., str | None]:
        """Function that returns the rule by which that source leaves out a record; None for a record in scope.

        It is made by the function `scope_rule` in that source's importer.py, which gets a function that reads the YAML files
        beside it. Raises ContentError if there is no such function.
        """
        slug = self._spec.slug
        folder = self._content.source_folders[slug]
        importer = load_importer(slug, self._content)
        if not callable(getattr(importer, "scope_rule", None)):
            raise ContentError(f"{self._slug} describes {slug}, but sources/{slug}/importer.py has no function scope_rule")
        rule: Callable[..., str | None] = importer.scope_rule(lambda name: read_yaml(folder / name))
        return rule
