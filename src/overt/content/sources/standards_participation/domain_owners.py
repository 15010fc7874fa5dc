"""Maps e-mail domains to organisations."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple


class Owner(NamedTuple):
    """An organisation to which the table assigns a domain."""

    name: str
    country: str
    """Nationality, as the source writes it; empty if there is none.

    For an owner of the domain, it is from the row that has the domain; for an organisation under which owners are grouped, from
    that organisation's first row.
    """


class DomainOwners:
    """The domains in a table of organisations."""

    def __init__(self, rows: Iterable[tuple[str, ...]]) -> None:
        """`rows`: an organisation's name, the organisation above it, its nationality, and its comma-separated domains."""
        self._by_domain: dict[str, dict[str, Owner]] = defaultdict(dict)
        self._names: dict[str, Owner] = {}
        self._above: dict[str, str] = {}
        for name, above, country, domains in rows:
            if not (key := _key(name)):
                continue
            self._names.setdefault(key, Owner(name, country))
            if above and _key(above) != key:
                self._above.setdefault(key, above)
            for domain in filter(None, map(str.strip, domains.casefold().split(","))):
                self._by_domain[domain].setdefault(key, Owner(name, country))

    def find(self, domain: str) -> list[Owner]:
        """Return the organisations with a domain, otherwise those with its nearest parent domain; empty if there are none."""
        labels = domain.casefold().strip().split(".")
        for start in range(len(labels) - 1):
            if owners := self._by_domain.get(".".join(labels[start:])):
                return list(owners.values())
        return []

    def common(self, owners: Iterable[Owner]) -> Owner | None:
        """Return the only owner, or the nearest organisation under which all owners are grouped, which may be one of them.

        None if there is no such organisation.
        """
        paths = [self._path(owner) for owner in owners]
        if not paths:
            return None
        if len(paths) == 1:
            return paths[0][0]
        shared = [{_key(owner.name) for owner in path} for path in paths]
        return next((owner for owner in paths[0] if all(_key(owner.name) in keys for keys in shared)), None)

    def _path(self, owner: Owner) -> list[Owner]:
        """Return an organisation and the organisations above it, from the nearest to the highest."""
        path, seen = [owner], {_key(owner.name)}
        while (above := self._above.get(_key(path[-1].name))) and _key(above) not in seen:
            seen.add(_key(above))
            path.append(self._names.get(_key(above), Owner(above, "")))
        return path


def _key(name: str) -> str:
    return " ".join(name.casefold().split())
