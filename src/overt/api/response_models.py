"""Response models of records, claims, figures, findings and changes. Where a client can select fields, no field is required."""

from typing import Any

from pydantic import BaseModel, Field

_INDEPENDENT = (
    "Number of sources and documents that say so without copying one another: a publisher, document or text counts once. It can "
    "exceed `sources`, because a source that cites documents of several publishers counts several times. Null if the release "
    "was made before Overt counted this."
)
_CURRENT = (
    "For relations, listings and roles: whether it has begun and not ended on the day of the release. Null if its dates allow "
    "both, and for other types. A record without a start counts as begun, and one without an end "
    "as not ended."
)


class Value(BaseModel):
    """One value of a property."""

    value: str
    unit: str | None
    lang: str | None = Field(description="BCP 47 tag, if known.")
    label: str | None = Field(description="Label of the record, if the value is a record.")
    contested: bool = Field(description="Whether sources disagree.")


class RankedValue(Value):
    """A value of a property, whether pages show it or it is a rival of the shown values."""

    shown: bool
    basis: str
    claims: int
    sources: int
    independent_sources: int | None = Field(description=_INDEPENDENT)
    claim_id: str


class Evidence(BaseModel):
    """A place in an archived file, or an entry of the ledger, that supports a claim."""

    file: str | None
    capture: str = Field(description="SHA-256 of the file; for an editorial claim, the hash of its ledger entry.")
    locator: str | None
    excerpt: str | None
    retrieved: str | None
    document: str | None


class Claim(BaseModel):
    """What a source says about a record."""

    claim_id: str | None = Field(None, description="Id of the claim, the same in every release.")
    about: str | None = Field(
        None,
        description="Published id (`ovt-…`) of the record that the claim is about. Omitted for claims inside a record.",
    )
    source: str | None = None
    record: str | None = Field(None, description="The source's own id of the record, as in the `members` of a record.")
    property: str | None = None
    value: str | None = None
    target: str | None = Field(None, description="Id of the record that is the value.")
    original: str | None = None
    unit: str | None = None
    lang: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    basis: str | None = None
    rule: str | None = None
    document: str | None = None
    standing: str | None = None
    evidence_total: int | None = None
    evidence: list[Evidence] | None = None


class ReleasedClaim(Claim):
    """A single claim, with the release that it was read from."""

    release: str


class SpanBound(BaseModel):
    """The first or last possible day of a beginning or an end."""

    day: str
    rule: str | None = Field(description="The rule that gives this day, as the method page explains.")
    claims: list[str] = Field(description="Ids of the claims on which it is based.")


class Span(BaseModel):
    """When a record was in place. A bound is null if no source gives one; the end is the first day on which it was no longer in
    place.
    """

    begin_earliest: SpanBound | None
    begin_latest: SpanBound | None = Field(description="Null: it may never have begun.")
    end_earliest: SpanBound | None
    end_latest: SpanBound | None
    not_begun: str | None = Field(description="`planned` or `given-up`: it is in place on no day.")
    planned: str | None = Field(description="When it is planned to begin (EDTF), if sources only report a plan.")
    planned_as_of: str | None
    planned_by: str | None = Field(description="The day by which sources show that it was planned, if they only report a plan.")
    planned_end: str | None
    planned_end_as_of: str | None
    status: str | None
    status_as_of: str | None = Field(description="The date from which the status is known.")
    confirmed: str | None = Field(description="The last day on which a source confirms that it was in place.")
    stale: bool = Field(description="Whether no source confirmed it for longer than the rules allow.")


_IN_PLACE = "With `as_of`: `certainly`, `possibly` or `not`; null for types that don't begin and end."


class RecordItem(BaseModel):
    """A record in a list, with the values that pages show. `/api/v1/records/{identity}` also has rival values and claims."""

    id: str | None = None
    type: str | None = None
    label: str | None = None
    label_zh: str | None = None
    sources: int | None = Field(None, description="Number of sources that have the record.")
    independent_sources: int | None = Field(None, description=_INDEPENDENT)
    reuse: str | None = Field(None, description="The strictest reuse terms of its sources.")
    current: bool | None = Field(None, description=_CURRENT)
    in_place: str | None = Field(None, description=_IN_PLACE)
    values: dict[str, list[Value]] | None = Field(None, description="Values by property.")


class FullRecord(BaseModel):
    """A record with all its values, and its claims up to a limit."""

    release: str | None = None
    id: str | None = None
    type: str | None = None
    label: str | None = None
    label_zh: str | None = None
    sources: int | None = None
    independent_sources: int | None = Field(None, description=_INDEPENDENT)
    reuse: str | None = None
    current: bool | None = Field(None, description=_CURRENT)
    span: Span | None = Field(
        None, description="When it was true; null for types that don't begin and end, and in releases other than the served one."
    )
    in_place: str | None = Field(None, description=_IN_PLACE)
    values: dict[str, list[RankedValue]] | None = None
    members_total: int | None = None
    claims_total: int | None = None
    truncated: bool | None = None
    members: list[str] | None = Field(None, description="Source records that were merged into this record.")
    claims: list[Claim] | None = None


class YearInPlace(BaseModel):
    """How many of a figure's units were in place on some day of a year."""

    year: int
    certain: int
    possible: int = Field(description="Possibly, in a year from its first to its last date on record.")
    earlier: int = Field(description="Last on record earlier, and no source here says when it ended; not in `possible`.")
    later: int = Field(
        description="First on record later or without a date, and no source here says when it began; not in `possible`."
    )


class FigureHistory(BaseModel):
    """A figure by year: how many of the units that it counts were in place. Plans are not counted in any year."""

    release: str
    name: str
    years: list[YearInPlace]


class Figure(BaseModel):
    """A published number, with the rows that it counts."""

    name: str
    title: str
    question: str
    unit: str
    counting_unit: str
    status: str
    value: float | None = Field(description="Null if a source that the figure needs is not loaded.")
    release: str
    groups: dict[str, Any]
    variants: list[dict[str, Any]]
    comparators: list[dict[str, Any]] = Field(
        description="What others reported. The amounts of `parts` add up to the difference."
    )
    sources: list[Any]
    gaps: list[dict[str, Any]]
    rows: list[dict[str, Any]]
    rows_total: int
    sensitivity: dict[str, Any] | None = Field(
        None, description="How the value changes without a source, a rule or an uncertain merge."
    )


class Finding(BaseModel):
    """A headline and a text with computed numbers, and the rule that decides whether they hold."""

    name: str
    status: str = Field(description="`holds`, `withdrawn`, or which source is not loaded.")
    reason: str | None = Field(description="Why it doesn't hold.")
    headline: str | None
    text: str | None
    caveat: str | None
    would_change: str | None = Field(description="What would change it.")
    headline_zh: str | None
    text_zh: str | None
    caveat_zh: str | None
    would_change_zh: str | None
    check: str = Field(description="The page on which to check it.")
    values: dict[str, Any] = Field(description="Its numbers by name.")
    holds_when: str = Field(description="The condition under which it holds, as SQL over the values.")
    chart: dict[str, Any] | None = Field(description="Kind, title, layer and rows of its chart.")
    release: str


class Change(BaseModel):
    """One difference, as in `overt diff --json`."""

    what: str = Field(description="added, removed, changed, merged, split or retracted.")
    id: str
    type: str | None
    label: str | None
    property: str | None
    before: str | None = Field(description="The earlier value. An id for a merge or a split.")
    after: str | None
    gone: list[str] = Field(description="Values that are no longer shown.")
    come: list[str] = Field(description="Values that were not shown before.")
    source: str | None = Field(description="For a retraction: the source of the claim.")
    reason: str
    values: dict[str, list[str]] | None = Field(description="For an added or split-off record: all its values, by property.")


class DoneBetween(BaseModel):
    """An action between two releases that can cause differences, such as a judgement or a new source."""

    what: str = Field(
        description="source added, source left out, upstream changed, judged, taken back, retracted, retraction undone, "
        "editorial claim, editorial claim undone, no longer withheld or rules changed."
    )
    about: list[str] = Field(description="The source, the two records of a judgement, the record of a claim, or parts of Overt.")
    names: list[str] = Field(description="Labels of what `about` lists.")
    said: str | None = Field(description="The verdict, the claim, or the snapshots of a source (before → after).")
    why: str | None = Field(description="The editor's reason; null for readers on other machines.")


class ObservedChange(BaseModel):
    """Differences between the blocklists of two releases, counted in episodes: periods during which lists contain a domain."""

    series: list[dict[str, Any]] = Field(
        description="One item per series that differs: `counts` of episodes that began, ended, continued (also on the new last "
        "list), moved (another begin, end or count), went (are not in the newer release), or come from another file; "
        "`lists_before`, `lists_after`."
    )
    platforms: list[dict[str, Any]] = Field(description="The differing episodes of platform domains, before and after.")


class ChangePage(BaseModel):
    """A page of the differences between two releases."""

    release: str = Field(description="The served release, which is compared with `since`.")
    since: str = Field(description="The id of the older release.")
    next: str | None
    total: int
    counts: dict[str, int] = Field(description="Number of differences of each kind.")
    causes: list[DoneBetween] | None = Field(None, description="Actions between the two releases; only on the first page.")
    corrections: list[dict[str, Any]] | None = Field(
        None, description="Corrections, replies and withheld records since then; only on the first page."
    )
    figures: list[dict[str, Any]] | None = Field(None, description="Figures that changed; only on the first page.")
    findings: list[dict[str, Any]] | None = Field(
        None, description="Findings that are new, withdrawn or changed; only on the first page."
    )
    observations: ObservedChange | None = Field(None, description="Differences between blocklists; only on the first page.")
    items: list[Change]
    names: dict[str, str] = Field(description="Labels of the records in `items`, by id.")
    names_before: dict[str, str] = Field(description="Earlier labels of records whose label changed, by id.")
