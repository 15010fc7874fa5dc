"""Labels of domains in a source: categories of content, and the services to which hosts belong."""

import datetime
from typing import Any

import pyarrow as pa

from overt.importing.cells import Cell
from overt.importing.errors import Problem
from overt.importing.input_row import Row
from overt.model.content_catalogue import Catalogue
from overt.model.errors import quote_text
from overt.model.observation_table_columns import DOMAIN_LABEL_ORDER, DOMAIN_LABELS
from overt.model.values.domain_names import canonical_domain

_VOCABULARIES = {"category": "site-categories", "platform": "platforms"}


class DomainLabels:
    """Collects the labels of an import. A row that is not imported adds none."""

    def __init__(self, source: str, content: Catalogue) -> None:
        self._source = source
        self._content = content
        self._rows: list[dict[str, Any]] = []

    def add(
        self,
        row: Row,
        domain: Cell,
        *,
        list_name: str,
        country: str | None = None,
        category: str | None = None,
        platform: str | None = None,
        service: str | None = None,
        part: str | None = None,
        added: str | None = None,
        subdomains: bool = False,
    ) -> None:
        """Add what a row says about a domain (see `DOMAIN_LABELS`). `added` is an ISO date.

        Raises Problem for an invalid date, and for a term that is not in its vocabulary. Raises ValueProblem for text that is
        not a domain name.
        """
        for name, term in (("category", category), ("platform", platform)):
            if term is not None and term not in self._content.vocabularies[_VOCABULARIES[name]].by_id:
                raise Problem(f"{quote_text(term)} is not in the vocabulary {_VOCABULARIES[name]}", domain.locator)
        try:
            day = datetime.date.fromisoformat(added) if added else None
        except ValueError:
            raise Problem(f"{quote_text(added or '')} is not a date, as in 2024-01-31", row.locator, value=added or "") from None
        label = {
            "source": self._source, "domain": canonical_domain(domain.text), "subdomains": subdomains, "list": list_name,
            "country": country, "category": category, "platform": platform, "service": service, "part": part, "added": day,
            "capture": domain.capture, "place": row.locator,
        }  # fmt: skip
        row.when_imported(lambda: self._rows.append(label))

    def finish(self) -> pa.Table | None:
        """Return the sorted labels, which don't depend on the order of files; None if there are none."""
        if not self._rows:
            return None
        table = pa.Table.from_pylist(self._rows, schema=DOMAIN_LABELS)
        return table.sort_by([(name, "ascending") for name in DOMAIN_LABEL_ORDER]).combine_chunks()
