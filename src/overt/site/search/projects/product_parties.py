"""Name the suppliers and customers of a product. In a project with products of several vendors, not all parties count."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from overt.index.search_text import fold
from overt.queries.database import Row, json_array
from overt.queries.projects_in_memory import Mask
from overt.queries.questions.names.short_derived_and_misspelled_names import entities_named
from overt.site.search.related_projects import RelatedProjects

_SUPPLIERS, _CUSTOMERS = frozenset({"supplier", "implementer"}), frozenset({"customer", "operator"})


class Party(NamedTuple):
    """A supplier or customer of some projects."""

    name: str
    documented: int
    """Number of its projects, without those that are announced, cancelled, denied or unverified."""
    uncounted: int
    """Number of its projects that are announced, cancelled, denied or unverified."""


@dataclass
class ProductParties:
    """The parties of a product's projects.

    All suppliers and customers of a project count if the product is in its name. In any other project, only the makers of the
    product count, and the customers if there is no other supplier.
    """

    scope: RelatedProjects
    product: str
    makers: Collection[str]
    """Names of the firms that make the product, according to the grammar."""
    ids: Sequence[str]
    """Ids of the product's projects."""

    def __post_init__(self) -> None:
        self.rows = self.scope.reader.rows("question_texts_and_facts.parties", {"ids": json_array(self.ids)})
        words = self.scope.lexicon.grammar.product_titles.get(self.product, [self.product])
        every = self._mask(self.ids)
        titled = self.scope.titled_with(self.scope.rows("titles", every), [fold(word) for word in words])
        named = (entry for name in self.makers for entry in entities_named(self.scope.reader, name))
        makers = self._makers = {entry.id for entry in named if entry.type == "organization"}
        self._titled = {*self.scope.ids(titled)}
        self._disputed = {*self.scope.ids(every & self.scope.disputed)}
        of_other_suppliers = (row["id"] for row in self.rows if row["role"] in _SUPPLIERS and row["organization"] not in makers)
        self._mixed = {*of_other_suppliers} - self._titled

    def _mask(self, ids: Iterable[str]) -> Mask:
        return self.scope.reader.vectors.mask_of([*ids])

    @property
    def suppliers(self) -> list[Party]:
        """The suppliers of the product, those with the most documented projects first."""
        return self._counted(_SUPPLIERS, lambda row: row["id"] in self._titled or row["organization"] in self._makers)

    @property
    def customers(self) -> list[Party]:
        """The customers and operators of the product, those with the most documented projects first."""
        return self._counted(_CUSTOMERS, lambda row: row["id"] not in self._mixed)

    def sentences(self, *, with_customers: bool) -> Iterator[str]:
        """Yield sentences with the suppliers and, if `with_customers` is true, the customers.

        A last sentence names the parties that are only in projects with other suppliers, perhaps because of another product.
        """
        language = self.scope.language
        if suppliers := self._named(self.suppliers):
            yield language.gettext("Suppliers: %(names)s.", names=suppliers)
        if uncounted := self._named_uncounted(self.suppliers):
            yield language.gettext(
                "Suppliers in projects that are only announced, cancelled, denied or unverified: %(names)s.", names=uncounted
            )
        if with_customers:
            sure = self.scope.listed(party.name for party in self.customers if party.documented)
            unsure = self.scope.listed(party.name for party in self.customers if not party.documented)
            if sure:
                yield language.gettext("Customers and operators: %(names)s.", names=sure)
            if unsure:
                yield language.gettext(
                    "Customers or operators in projects that are only announced, cancelled, denied or unverified: %(names)s.",
                    names=unsure,
                )
            if not any(row["role"] in _CUSTOMERS for row in self.rows):
                yield language.gettext("No customer is named.")
        if names := self._mixed_names(_SUPPLIERS | (_CUSTOMERS if with_customers else frozenset())):
            yield language.gettext(
                "Also named in projects of several suppliers, perhaps for other products: %(names)s.",
                names=self.scope.listed(names),
            )

    def _mixed_names(self, roles: Collection[str]) -> list[str]:
        """Return the names of parties in these roles that are only in projects with other suppliers."""
        sure = {party.name for party in (*self.suppliers, *self.customers)}
        names = (self.scope.called_row(row) for row in self.rows if row["id"] in self._mixed and row["role"] in roles)
        return [name for name in dict.fromkeys(names) if name not in sure]

    def _counted(self, roles: Collection[str], counts: Callable[[Row], bool]) -> list[Party]:
        projects_of: dict[str, set[str]] = {}
        for row in self.rows:
            if row["role"] in roles and counts(row):
                projects_of.setdefault(self.scope.called_row(row), set()).add(row["id"])
        parties = [Party(name, len(ids - self._disputed), len(ids & self._disputed)) for name, ids in projects_of.items()]
        return sorted(parties, key=lambda party: -party.documented)

    def _named(self, parties: Sequence[Party]) -> str:
        return self._with_counts([(party.name, party.documented) for party in parties if party.documented])

    def _named_uncounted(self, parties: Sequence[Party]) -> str:
        return self._with_counts([(party.name, party.uncounted) for party in parties if party.uncounted])

    def _with_counts(self, counts: Sequence[tuple[str, int]]) -> str:
        gettext, count = self.scope.language.gettext, self.scope.count
        return self.scope.listed(gettext("%(name)s (%(detail)s)", name=name, detail=count(number)) for name, number in counts)
