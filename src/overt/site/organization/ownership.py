"""An organisation's owners, and what it owns, according to sources."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from overt.charts import Cell, Chart, ChartText, Edge, Node, Table, make_ownership_graph
from overt.charts.chart import header_cells
from overt.model.values.current_on_day import Phase
from overt.queries import records
from overt.queries.database import Reader
from overt.queries.labels import RecordLabel
from overt.queries.rows.records import Fact, Record
from overt.site.organization.current_and_past_sections import PRESENT, UNCLEAR, release_day
from overt.site.site import Site

_UP = 3
"""Maximum number of steps from an organisation up to its owners, their owners and so on. Downwards, only one step is shown."""
_MAX_ORGANIZATIONS = 8
"""Maximum number of owners, and of owned organisations, that are followed from one organisation."""
_OWNED_BY = ("parent", "joint-venture")
"""Kinds of relations in which `to` owns `from`."""
_OWNS = ("subsidiary", "share-held")
"""Kinds of relations in which `from` owns `to`."""


@dataclass(frozen=True)
class Tie:
    """A relation of ownership."""

    record: Record
    owner: Fact
    owned: Fact


def ties(relations: Sequence[Record]) -> list[Tie]:
    """Return the relations of ownership. Other kinds, such as renamings and predecessors, are left out."""
    ownership_ties = []
    for record in relations:
        ends, kind = (record.fact("from"), record.fact("to")), record.value("kind")
        if ends[0] is not None and ends[1] is not None and kind in (*_OWNED_BY, *_OWNS):
            owned, owner = ends if kind in _OWNED_BY else ends[::-1]
            ownership_ties.append(Tie(record, owner, owned))  # type: ignore[arg-type]
    return ownership_ties


def current_ties(pair_ties: Sequence[Tie]) -> list[Tie]:
    """Return one current or possibly current tie for each pair of owner and owned organisation.

    If there are several, a current tie is preferred, then a tie with a share, then the one that began last.
    """

    def rank(tie: Tie) -> tuple[bool, bool, str]:
        value = tie.record.value
        return tie.record.phase in PRESENT, value("share") is not None, value("start") or ""

    best: dict[tuple[str, str], Tie] = {}
    for tie in pair_ties:
        if tie.record.phase in (*PRESENT, *UNCLEAR):
            pair = (tie.owner.value, tie.owned.value)
            best[pair] = max(best.get(pair, tie), tie, key=rank)
    return list(best.values())


@dataclass(frozen=True)
class Owners:
    """The ties to an organisation's owners. Each owner is in the first applicable group."""

    current: list[Tie]
    unclear: list[Tie]
    """Ties to organisations that may be owners on the release's day, because the tie may have ended or not yet begun."""
    former: list[Tie]
    shares: Decimal
    """Sum of the current owners' shares."""


def owners(relations: Sequence[Record], organization: str) -> Owners:
    """Return the ties to an organisation's owners by phase. Only shares that are current on the release's day are added up."""
    upward = [tie for tie in ties(relations) if tie.owned.value == organization != tie.owner.value]
    latest = current_ties(upward)
    current = [tie for tie in latest if tie.record.phase in PRESENT]
    remaining = {tie.owner.value for tie in latest}
    former = {tie.owner.value: tie for tie in upward if tie.record.phase is Phase.ENDED and tie.owner.value not in remaining}
    shares = sum((Decimal(tie.record.value("share") or 0) for tie in current), Decimal(0))
    return Owners(current, [tie for tie in latest if tie not in current], list(former.values()), shares)


def ownership(site: Site, reader: Reader, record: Record, relations: Sequence[Record]) -> Chart:
    """Draw an organisation, its owners up to `_UP` steps away, and what the organisation owns, on the release's day."""
    nodes = {record.id: Node(record.id, site.called(record), 0, is_subject=True)}
    edges: dict[tuple[str, str], Edge] = {}
    used: dict[str, Record] = {}

    def add(tie: Tie, tier: int) -> None:
        end = tie.owner if tier < 0 else tie.owned
        nodes.setdefault(end.value, Node(end.value, site.called(_label(end)), tier, suffix=_share(site, tie.record)))
        edge = Edge(tie.owner.value, tie.owned.value, unclear=tie.record.phase in UNCLEAR)
        edges.setdefault((edge.owner, edge.owned), edge)
        used[tie.record.id] = tie.record

    for tie in [tie for tie in current_ties(ties(relations)) if tie.owner.value == record.id and tie.owned.value != record.id][
        :_MAX_ORGANIZATIONS
    ]:
        add(tie, 1)
    reached, below = {record.id: list(relations)}, [record.id]
    for step in range(1, _UP + 1):
        next_tier: list[str] = []
        for owned in below:
            owner_relations = reached.get(owned) or records.linked(reader, owned, "relation", "from", "to")
            for tie in [
                tie for tie in current_ties(ties(owner_relations)) if tie.owned.value == owned and tie.owner.value != owned
            ][:_MAX_ORGANIZATIONS]:
                if tie.owner.value not in nodes:
                    next_tier.append(tie.owner.value)
                add(tie, -step)
        below = next_tier
    return _drawn(site, list(nodes.values()), list(edges.values()), list(used.values()))


def _drawn(site: Site, nodes: list[Node], edges: list[Edge], used: list[Record]) -> Chart:
    about = ChartText(
        "ownership",
        site.gettext("Who owns whom"),
        site.ngettext(
            "Owners to the left or above, what they own to the right or below; %(n)s relation that is current on %(date)s.",
            "Owners to the left or above, what they own to the right or below; %(n)s relations that are current on %(date)s.",
            len(edges),
            date=release_day(site),
        ),
        site.credits(sorted({fact.source for relation in used for fact in relation.shown("to") if fact.source})),
        "",
        site.gettext("As far as sources say; pale lines may have ended. Owners of owners are followed for three steps."),
    )
    header = header_cells([site.gettext(text) for text in ("Organisation", "Relation", "To", "Share", "When")])
    rows = []
    for relation in used:
        start, to = relation.fact("from"), relation.fact("to")
        if start is None or to is None:
            continue
        ends = [Cell(site.called(_label(end)), link=site.record_url("organization", end.value)) for end in (start, to)]
        kind = Cell(
            site.words.term("relation-kinds", relation.value("kind") or ""), link=site.record_url("relation", relation.id)
        )
        when = Cell(site.formats.period(relation.value("start"), relation.value("end")))
        rows.append((ends[0], kind, ends[1], Cell(_share(site, relation), relation.value("share")), when))
    return make_ownership_graph(about, nodes, edges, Table(header, tuple(rows)))


def _share(site: Site, relation: Record) -> str:
    share = relation.value("share")
    return site.gettext("%(n)s %%", n=site.formats.rounded(share)) if share else ""


def _label(fact: Fact) -> RecordLabel:
    return RecordLabel(fact.value, fact.label, fact.label_lang, fact.label_zh)
