"""The customers and operators of a question's projects, and those of certain kinds among them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from overt.queries.database import json_array
from overt.queries.questions.understood_question import Question
from overt.site.search.limits.customer_kinds import is_of_kind, names_users
from overt.site.search.projects.project_scope import ProjectScope

_CUSTOMERS = frozenset({"customer", "operator"})
_KIND = "kind"


class CustomersByProject:
    """The projects of a question, grouped by customers. `kinds`: kinds of customers, as in the grammar's `customer_names`."""

    def __init__(self, scope: ProjectScope, question: Question, kinds: Collection[str]) -> None:
        self._scope, self._question, self._kinds = scope, question, kinds
        self.ids = self._ids_of(question)
        self._labels = self._labels_of(self.ids)
        self.chosen = [identity for identity in self.ids if self._of_kind(identity) or self._names_users(identity)]
        """Ids of the projects that have a customer of these kinds, or whose names have a word for such users."""

    @property
    def named(self) -> Mapping[str, Sequence[str]]:
        """The labels of the customers of these kinds by project; of all its customers if only its name has a word for users."""
        return {identity: self._of_kind(identity) or [*self._labels.get(identity, {}).values()] for identity in self.chosen}

    @property
    def rest(self) -> Mapping[str, Mapping[str, str]]:
        """The customers of all other projects, by project: their labels, by their names in both languages."""
        return {identity: self._labels.get(identity, {}) for identity in self.ids if identity not in self.chosen}

    @property
    def similar(self) -> Mapping[str, Sequence[str]]:
        """The labels of customers of these kinds, by project, for projects of similar kinds that meet all other conditions."""
        parts = [part for part in self._question.parts if part.type == _KIND]
        near = dict.fromkeys(kind for part in parts for kind in self._scope.near_kinds.get(part.id, ()))
        if not near:
            return {}
        instead = [parts[0]._replace(id=kind, label="") for kind in near]
        other_parts = [part for part in self._question.parts if part.type != _KIND]
        ids = self._ids_of(replace(self._question, parts=[*other_parts, *instead]))
        labels = self._labels_of([identity for identity in ids if identity not in self.ids])
        similar = {
            identity: [label for name, label in names.items() if is_of_kind(self._scope.lexicon.grammar, name, self._kinds)]
            for identity, names in labels.items()
        }
        return {identity: names for identity, names in similar.items() if names}

    def _of_kind(self, identity: str) -> list[str]:
        names = self._labels.get(identity, {})
        return [label for name, label in names.items() if is_of_kind(self._scope.lexicon.grammar, name, self._kinds)]

    def _names_users(self, identity: str) -> bool:
        return names_users(self._scope.lexicon, self._titles.get(identity, ()), self._kinds)

    def _ids_of(self, question: Question) -> list[str]:
        about = self._scope.about_question(question)
        return about.ids(about.seated(about.mask(about.filter()) | about.with_commitments(about.filter())))

    def _labels_of(self, ids: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
        labels = dict[str, dict[str, str]]()
        for row in self._scope.reader.rows("question_texts_and_facts.parties", {"ids": json_array(ids)}):
            if row["role"] in _CUSTOMERS:
                name = " / ".join(filter(None, [row["label"], row["label_zh"]]))
                labels.setdefault(row["id"], {})[name] = self._scope.called_row(row)
        return labels

    @cached_property
    def _titles(self) -> Mapping[str, Sequence[str]]:
        titles = dict[str, list[str]]()
        for row in self._scope.reader.rows("question_texts_and_facts.names", {"ids": json_array(self.ids)}):
            titles.setdefault(row["id"], []).append(row["value"])
        return titles
