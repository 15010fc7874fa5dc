"""Projects that a reader may miss in an answer, and suppliers whose part in a project isn't recorded.

The projects have the question's organisation in their titles, or belong to related organisations.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import orjson

from overt.http.addresses import address
from overt.index.project_filters import ProjectFilter
from overt.index.search_text import IS_HAN, fold
from overt.queries.database import Row
from overt.queries.filtered_projects import matching_projects
from overt.queries.project_arrays import Mask
from overt.queries.questions.question_names import entities_named
from overt.queries.questions.question_words import join, tokens
from overt.site.search.project_scope import ProjectScope
from overt.site.search.reply_words import Note

_MAX_CHECKED = 2_000
"""Maximum number of projects whose titles are compared with a name."""
_MIN_NAME_LENGTH, _MIN_HAN_LENGTH = 4, 2


class RelatedProjects(ProjectScope):
    """The projects of a question, and those that a reader may miss in the answer."""

    def named_by_brands(self, chosen: ProjectFilter, mask: Mask) -> ProjectFilter | None:
        """Return the filter for projects with a typed name of an organisation in the title; None if none is outside the mask."""
        for name in self._typed_names():
            named = replace(chosen, company=(), q=" ".join(filter(None, (chosen.q, name))))
            if (self.mask(named) & self._titled(named, name, mask)).any():
                return named
        return None

    def brand_notes(self, chosen: ProjectFilter, mask: Mask) -> Iterator[Note]:
        """Yield a note on projects with the name of the question's organisation in the title that don't name it as a party."""
        for name in self._typed_names():
            named = replace(chosen, company=(), q=" ".join(filter(None, (chosen.q, name))))
            more = self._titled(named, name, mask)
            if more.any():
                yield Note(
                    self.language.ngettext(
                        "%(n)s other project has “%(brand)s” in its name, but doesn’t name the organisation: %(names)s.",
                        "%(n)s other projects have “%(brand)s” in their names, but don’t name the organisation: %(names)s.",
                        int(np.count_nonzero(more)), brand=name, names=self.names_of(more),
                    ),
                    address("/explorer", [*named.items()]),
                )  # fmt: skip

    def group_notes(self, chosen: ProjectFilter, mask: Mask) -> Iterator[Note]:
        """Yield a note on projects of related organisations: those of the same group, and “Huawei” for “Huawei Cloud”."""
        if not chosen.company:
            return
        related = {str(row["id"]) for row in self.rows_of("group")} | self._named_by_first_word()
        companies = sorted(related - set(chosen.company))
        more = self.mask(replace(chosen, company=tuple(companies))) & ~mask if companies else np.zeros_like(mask)
        if more.any():
            yield Note(
                self.language.ngettext(
                    "%(n)s more project is recorded for related organisations: %(names)s.",
                    "%(n)s more projects are recorded for related organisations: %(names)s.",
                    int(np.count_nonzero(more)), names=self.names_of(more),
                )
            )  # fmt: skip

    def _named_by_first_word(self) -> set[str]:
        """Return the organisations named like the first word of a longer name in the question."""
        named = [tokens(part.text) for part in self.question.parts if part.type == "organization"]
        beginnings = {join(words[: 2 if IS_HAN.search(words[0]) else 1]) for words in named if len(words) > 1}
        entries = [entry for name in beginnings if len(name) > 1 for entry in entities_named(self.reader, name)]
        return {entry.id for entry in entries if entry.type == "organization"}

    def also_meant(self, chosen: ProjectFilter, mask: Mask) -> list[Note]:
        """Return all notes on related projects."""
        return [*self.brand_notes(chosen, mask), *self.group_notes(chosen, mask), *self.several_kinds_notes(mask)]

    def several_kinds_notes(self, mask: Mask) -> Iterator[Note]:
        """Yield a note if the question names an organisation and a kind, but a project has several kinds and suppliers."""
        if not (self.organizations and self.kinds):
            return
        mixed = self.reader.vectors.mask(self.reader.vectors.numbers(self._mixed(mask)))
        if mixed.any():
            yield Note(
                self.language.ngettext(
                    "%(n)s of them has several kinds and several suppliers; who supplied which part isn’t recorded: %(names)s.",
                    "%(n)s of them have several kinds and several suppliers; who supplied which part isn’t recorded: %(names)s.",
                    int(np.count_nonzero(mixed)), names=self.names_of(mixed),
                )
            )  # fmt: skip

    def with_certainty(self, suppliers: Sequence[Row], mask: Mask) -> list[Row]:
        """Return suppliers with a field `sure`: whether any project shows that they supplied the kind asked for.

        Those come first. If the question has no kind, the suppliers are returned as they are.
        """
        if not self.kinds:
            return [*suppliers]
        rows = {row["id"]: row for row in self.rows("supplied_parts", mask)}
        mixed = set(self._mixed(mask))
        sure = {name for identity, row in rows.items() if identity not in mixed for name in orjson.loads(row["suppliers"])}
        marked = [{**row, "sure": row["id"] in sure} for row in suppliers]
        return sorted(marked, key=lambda row: not row["sure"])

    def _typed_names(self) -> list[str]:
        parts = [part for part in self.question.parts if part.type == "organization"]
        names = dict.fromkeys(name for part in parts for name in (part.text, fold(part.label)))
        return [name for name in names if len(name) >= (_MIN_NAME_LENGTH if name.isascii() else _MIN_HAN_LENGTH)]

    def _titled(self, named: ProjectFilter, name: str, mask: Mask) -> Mask:
        """Return the projects of a filter that are outside a mask or of the question's organisations, with a name in the title.

        None are returned if there are too many to check.
        """
        undated = self._matching(named) & (self.reader.vectors["year.ranks"] < 0)
        of_organization = matching_projects(self.reader, ProjectFilter(company=tuple(self.organizations)))
        more = (self.mask(named) | undated) & ~mask & ~of_organization
        if not more.any() or np.count_nonzero(more) > _MAX_CHECKED:
            return np.zeros_like(mask)
        words = f" {fold(name)} " if name.isascii() else fold(name)
        rows = [row for row in self.rows("titles", more) if words in f" {fold(row['names'])} "]
        return self.reader.vectors.mask(self.reader.vectors.numbers(row["id"] for row in rows))

    def _mixed(self, mask: Mask) -> list[str]:
        """Return the projects with several suppliers and with a kind that is neither asked for nor above or below such a kind."""
        terms, asked_for = self.words.terms.get("project-kinds", {}), set(self.kinds)

        def above(kind: str | None) -> set[str]:
            return {kind, *above(terms[kind].broader)} if kind in terms else set()

        broader = {kind for wanted_kind in asked_for for kind in above(wanted_kind)}
        mixed = []
        for row in self.rows("supplied_parts", mask):
            other = [kind for kind in orjson.loads(row["kinds"]) if kind not in broader and not above(kind) & asked_for]
            if other and len(orjson.loads(row["suppliers"])) > 1:
                mixed.append(row["id"])
        return mixed
