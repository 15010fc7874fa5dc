"""The choice of a project's parties for a table cell, if there are many: state bodies first, and all that dispute something."""

from collections.abc import Collection, Sequence

from overt.site.country.projects_with_details import Party
from overt.site.search.limits.customer_kinds import included_kinds, is_of_kind
from overt.site.site import Site

_STATE = "state"
"""The kind of customer that includes all state bodies."""


def state_bodies_first(site: Site, parties: Sequence[Party]) -> list[Party]:
    """Return a project's customers and operators, state bodies first. State bodies are recognised by their names.

    Within both groups, the order stays the same.
    """
    kinds = included_kinds(site.grammar, [_STATE])

    def is_state_body(party: Party) -> bool:
        return any(is_of_kind(site.grammar, name, kinds) for name in (party.label, party.label_zh) if name)

    return sorted(parties, key=lambda party: not is_state_body(party))


def named_parties(parties: Sequence[Party], disputing: Collection[str], most: int) -> list[Party]:
    """Return up to `most` of these parties in their order, or all of them if there is only one more.

    Parties that dispute something are always included, even if there are more than `most`. `disputing`: their ids.
    """
    if len(parties) <= most + 1:
        return [*parties]
    always = {party.id for party in parties if party.id in disputing}
    rest = [party.id for party in parties if party.id not in always]
    chosen = always.union(rest[: max(0, most - len(always))])
    return [party for party in parties if party.id in chosen]
