"""Makes two records of organisations from their names, aliases and home pages."""

from overt.resolve.names import NameKeys
from overt.resolve.same_organizations.organization_clusters_by_country import Body, read_bodies

KEYS = NameKeys()
Side = dict[str, str]


def two(country: str, kind: str, left: Side, right: Side) -> tuple[Body, Body]:
    """Return the bodies of two records of the same country and kind, with these names, aliases and home pages."""
    claims = [
        (record, "organization", property_, value)
        for record, values in (("a:1", left), ("b:1", right))
        for property_, value in {"country": country, "kind": kind, **values}.items()
    ]
    bodies = read_bodies(claims, {"a:1": "a:1", "b:1": "b:1"}, KEYS)
    return bodies["a:1"], bodies["b:1"]
