"""Notes on projects and blocked services that an answer leaves out but a reader may expect.

The projects have words of the question in their names or descriptions, or name related organisations.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from overt.http.page_addresses import address
from overt.index.project_filter_declarations import ProjectFilter
from overt.index.search_text import IS_HAN, fold
from overt.language.language import NN_
from overt.queries import pair_answers
from overt.queries.database import Row
from overt.queries.project_filter_masks import matching_projects
from overt.queries.projects_in_memory import Mask
from overt.queries.questions.names.short_derived_and_misspelled_names import entities_named
from overt.queries.questions.question_tokens import join, tokens
from overt.queries.questions.understood_question import Part
from overt.site.search.projects.companies_of_group import named_after_any
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.reply import Note, size_of
from overt.site.search.suppliers.suppliers_with_unrecorded_parts import several_kinds_notes

_MAX_CHECKED = 2_000
"""Maximum number of projects in whose titles or descriptions a name or word is sought. If there are more, none is searched."""
_MAX_SERVICES = 2_000
_MIN_NAME_LENGTH, _MIN_HAN_LENGTH = 4, 2
_MAX_ELSEWHERE = 15
"""Maximum number of projects of other kinds that an answer names."""
_MAX_BRANDED = 8
"""Maximum number of projects in a note on projects with a brand in their names."""
_MAX_SUPPLIERS = 8
"""Maximum number of suppliers, or of blocked services, in a note."""


class RelatedProjects(ProjectScope):
    """Finds projects that an answer leaves out but a reader may expect, such as those of related organisations.

    Most of its methods return notes on these projects.
    """

    def named_by_brands(self, chosen: ProjectFilter, mask: Mask) -> ProjectFilter | None:
        """Return `chosen` with an organisation's typed name in place of the organisations; None if that adds no project."""
        for name in self.typed_names(self.question.parts):
            named = replace(chosen, company=(), q=" ".join(filter(None, (chosen.q, name))))
            if (self.mask(named) & self._titled(named, name, mask)).any():
                return named
        return None

    def brand_notes(self, chosen: ProjectFilter, mask: Mask) -> Iterator[Note]:
        """Yield notes on projects that have an organisation's typed name in the title, but don't name it as a party."""
        for name in self.typed_names(self.question.parts):
            named = replace(chosen, company=(), q=" ".join(filter(None, (chosen.q, name))))
            more = self._titled(named, name, mask)
            message = NN_(
                "%(n)s other project has “%(brand)s” in its name, but doesn’t name the organisation: %(names)s.",
                "%(n)s other projects have “%(brand)s” in their names, but don’t name the organisation: %(names)s.",
            )
            yield from self.notes_naming(more, message, address("/explorer", [*named.items()]), size=_MAX_BRANDED, brand=name)

    def group_notes(self, chosen: ProjectFilter, mask: Mask) -> Iterator[Note]:
        """Yield a note on projects of related organisations: members of the same group, and “Huawei” for “Huawei Cloud”."""
        of_group = self.of_group(chosen)
        if of_group is None:
            return
        more = (self.mask(of_group) | self.undated(of_group, mask)) & ~mask
        message = NN_(
            "%(n)s more project is recorded for related organisations: %(names)s.",
            "%(n)s more projects are recorded for related organisations: %(names)s.",
        )
        yield from self.notes_naming(more, message)

    def of_group(self, chosen: ProjectFilter) -> ProjectFilter | None:
        """Return a filter for projects of organisations that are related to those of `chosen`; None if there are none.

        `group_notes` describes which organisations are related.
        """
        related = {str(row["id"]) for row in self.rows_of("group")} | self._named_by_first_word() | named_after_any(self)
        companies = sorted(related - set(chosen.company)) if chosen.company else []
        return replace(chosen, company=tuple(companies)) if companies else None

    def narrow_notes(self, mask: Mask) -> Iterator[Note]:
        """Yield notes on how many projects have in their names a word of the question that was read as a wider kind."""
        if not mask.any() or size_of(mask) > _MAX_CHECKED:
            return
        narrow = dict.fromkeys(part.text for part in self.question.parts if part.is_wider and part.type == "kind")
        rows = self.rows("titles", mask) if narrow else []
        for word in narrow:
            forms = self.lexicon.forms(word)
            named = self.titled_with(rows, [fold(form) for form in forms])
            word = next((form for form in forms if form.isascii() == word.isascii()), word)
            yield Note(
                self.language.ngettext(
                    "%(n)s of %(total)s projects has “%(word)s” in its name: %(names)s.",
                    "%(n)s of %(total)s projects have “%(word)s” in their names: %(names)s.",
                    size_of(named), total=len(rows), word=word, names=self.names_of(named),
                )
                if named.any()
                else self.language.gettext("None of these projects has “%(word)s” in its name.", word=word)
            )  # fmt: skip

    def named_elsewhere(self, chosen: ProjectFilter, mask: Mask) -> str:
        """Return a sentence on projects of other kinds whose names or descriptions have a word that was read as a wider kind.

        “Safe city” is such a word: sources record many safe cities as video surveillance. Empty if there are no such projects,
        if the question names no organisation, country or region, or if there are more than `_MAX_CHECKED` projects to check.
        """
        narrow = dict.fromkeys(part.text for part in self.question.parts if part.is_wider and part.type == "kind")
        if not narrow or not (chosen.company or chosen.country or chosen.region):
            return ""
        outside = self.seated(self.mask(replace(chosen, kind=()))) & ~mask
        if not outside.any() or size_of(outside) > _MAX_CHECKED:
            return ""
        texts = {row["id"]: str(row["names"]) for row in self.rows("titles", outside)}
        for row in self.rows("descriptions", outside):
            texts[row["id"]] = f"{texts.get(row['id'], '')}\n{row['value']}"
        rows = [{"id": identity, "names": names} for identity, names in texts.items()]
        sentences = []
        for word in narrow:
            named = self.titled_with(rows, [fold(form) for form in self.lexicon.forms(word)])
            written = next((form for form in self.lexicon.forms(word) if form.isascii() == word.isascii()), word)
            if named.any():
                message = self.language.ngettext(
                    "%(n)s more project of another kind has “%(word)s” in its name or description: %(names)s.",
                    "%(n)s more projects of other kinds have “%(word)s” in their names or descriptions: %(names)s.",
                    size_of(named), word=written, names=self.names_of(named, _MAX_ELSEWHERE),
                )  # fmt: skip
                sentences.append(message)
        return self.sentences(*sentences)

    def titled_with(self, rows: Sequence[Row], forms: Sequence[str]) -> Mask:
        """Return the projects of rows whose names contain one of `forms` (folded words).

        In Chinese, the translations of the names count, too.
        """
        texts = {row["id"]: fold(row["names"]) for row in rows}
        if self.language.code == "zh":
            for row in rows:
                translated = (self.lexicon.chinese.get(name.partition("\t")[0], "") for name in str(row["names"]).split("\n"))
                texts[row["id"]] += f" {fold(' '.join(translated))}"
        ids = [identity for identity, text in texts.items() if any(contains_words(text, form) for form in forms)]
        return self.reader.vectors.mask_of(ids)

    def one_place_notes(self, chosen: ProjectFilter, mask: Mask) -> Iterator[Note]:
        """Yield a note on cables in only some of the places that the question wants linked."""
        if not self.is_between_places:
            return
        more = matching_projects(self.reader, chosen) & ~mask
        message = NN_(
            "%(n)s project is in only some of these places, as far as recorded: %(names)s.",
            "%(n)s projects are in only some of these places, as far as recorded: %(names)s.",
        )
        yield from self.notes_naming(more, message, address("/explorer", [*chosen.items()]))

    def blocked_services(self) -> Iterator[Note]:
        """Yield a note on services blocked in the question's country, if it is about filtering and names no organisation."""
        if "filtering" not in self.kinds or not self.has_one_area or self.organizations:
            return
        rows = pair_answers.other_pairs(self.reader, pair_answers.SERVICES, _MAX_SERVICES, country=self.areas)
        if rows:
            names = self.named((self.words.term(row["vocabulary"], row["service"]) for row in rows), _MAX_SUPPLIERS)
            text = self.language.ngettext(
                "Blocking of %(n)s service there is on record, too: %(names)s.",
                "Blocking of %(n)s services there is on record, too: %(names)s.", len(rows), names=names,
            )  # fmt: skip
            yield Note(text, f"/country/{self.areas[0]}/restrictions")

    def other_organizations(self, area: str) -> Iterator[Note]:
        """Yield a note on all projects in a country, whatever their organisations, and on their suppliers."""
        chosen = ProjectFilter(country=(area,))
        mask = self.mask(chosen)
        if not mask.any():
            return
        suppliers = self.suppliers_of(mask)
        yield Note(
            self.language.ngettext(
                "Without the organisation, %(n)s project is recorded in %(country)s. Suppliers on record there: %(names)s.",
                "Without the organisation, %(n)s projects are recorded in %(country)s. Suppliers on record there: %(names)s.",
                size_of(mask), country=self.words.area(area),
                names=self.named(map(self.called_row, suppliers), _MAX_SUPPLIERS) or self.language.gettext("none"),
            ),
            f"/country/{area}",
        )  # fmt: skip

    def _named_by_first_word(self) -> set[str]:
        """Return the ids of organisations whose name is the first word of a longer name in the question.

        In a Chinese name, the first two characters count as its first word.
        """
        named = [tokens(part.text) for part in self.question.parts if part.type == "organization"]
        beginnings = {join(words[: 2 if IS_HAN.search(words[0]) else 1]) for words in named if len(words) > 1}
        entries = [entry for name in beginnings if len(name) > 1 for entry in entities_named(self.reader, name)]
        return {entry.id for entry in entries if entry.type == "organization"}

    def also_meant(self, chosen: ProjectFilter, mask: Mask) -> list[Note]:
        """Return the notes on related projects, and on projects with several kinds and suppliers."""
        return [*self.brand_notes(chosen, mask), *self.group_notes(chosen, mask), *several_kinds_notes(self, mask)]

    def typed_names(self, parts: Sequence[Part]) -> list[str]:
        """Return the names of the organisations among parts: as typed, in full and, for a Chinese name, in Latin letters.

        Names that are too short are left out.
        """
        parts = [part for part in parts if part.type == "organization"]
        typed = [
            name
            for part in parts
            for name in (
                part.text,
                *(self.lexicon.latin_names(tokens(part.text)) if IS_HAN.search(part.text) else ()),
                fold(part.label),
            )
        ]
        names = dict.fromkeys(typed)
        return [name for name in names if len(name) >= (_MIN_NAME_LENGTH if name.isascii() else _MIN_HAN_LENGTH)]

    def _titled(self, named: ProjectFilter, name: str, mask: Mask) -> Mask:
        """Return the projects of a filter, including undated ones, whose titles contain a name.

        Projects of the mask or of the question's organisations are left out. The result is empty if more than `_MAX_CHECKED`
        projects would have to be checked.
        """
        undated = self._matching(named) & (self.reader.vectors["year.ranks"] < 0)
        of_organization = matching_projects(self.reader, ProjectFilter(company=tuple(self.organizations)))
        more = (self.mask(named) | undated) & ~mask & ~of_organization
        if not more.any() or size_of(more) > _MAX_CHECKED:
            return np.zeros_like(mask)
        return self.titled_with(self.rows("titles", more), [fold(name)])


def contains_words(names: str, words: str) -> bool:
    """Return whether folded names contain words. Words in Chinese need no spaces around them."""
    return f" {words} " in f" {names} " if words.isascii() else words in names
