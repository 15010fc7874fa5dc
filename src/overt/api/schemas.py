"""Models of answers, for the description of the interface. In models whose fields a client can select, no field is required."""

from typing import Any

from pydantic import BaseModel, Field

_INDEPENDENT = (
    "How many sources and documents say so that do not copy one another: a publisher, a document, a text counts once. It can be "
    "more than `sources`: one source that cites documents of several publishers counts as several. Null in a release that was "
    "made before it was counted."
)


class Value(BaseModel):
    """One value of a property."""

    value: str
    unit: str | None
    lang: str | None = Field(description="BCP 47, where it is known.")
    label: str | None = Field(description="Of a value that names a record: what that is called.")
    contested: bool = Field(description="Whether sources disagree.")


class RankedValue(Value):
    """One value of a property, shown or a rival."""

    shown: bool
    basis: str
    claims: int
    sources: int
    independent_sources: int | None = Field(description=_INDEPENDENT)
    claim_id: str


class Evidence(BaseModel):
    """A place in captured bytes that says so."""

    file: str | None
    capture: str = Field(description="SHA-256 of the bytes; of a claim of editors, what stands for them.")
    locator: str | None
    excerpt: str | None
    retrieved: str | None
    document: str | None


class Claim(BaseModel):
    """What a source says of a record."""

    claim_id: str | None = Field(None, description="Id of the claim: the same in every release that has it.")
    about: str | None = Field(
        None,
        description="Published id (`ovt-…`) of the record that it is about. Claims that stand in a record are about that "
        "one, and have none.",
    )
    source: str | None = None
    record: str | None = Field(None, description="The source's own id of its record, as `members` of a record have it.")
    property: str | None = None
    value: str | None = None
    target: str | None = Field(None, description="Id of the record that the value names.")
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


class OneClaim(Claim):
    """A claim by its id."""

    release: str


class RecordItem(BaseModel):
    """A record as lists have it: what is shown of it. `/api/v1/records/{identity}` has rivals and claims too."""

    id: str | None = None
    type: str | None = None
    label: str | None = None
    label_zh: str | None = None
    sources: int | None = Field(None, description="How many sources know of it.")
    independent_sources: int | None = Field(None, description=_INDEPENDENT)
    reuse: str | None = Field(None, description="The strictest reuse that any of its sources asks for.")
    values: dict[str, list[Value]] | None = Field(None, description="By property.")


class WholeRecord(BaseModel):
    """A record with all its values and claims."""

    release: str | None = None
    id: str | None = None
    type: str | None = None
    label: str | None = None
    label_zh: str | None = None
    sources: int | None = None
    independent_sources: int | None = Field(None, description=_INDEPENDENT)
    reuse: str | None = None
    values: dict[str, list[RankedValue]] | None = None
    members_total: int | None = None
    claims_total: int | None = None
    truncated: bool | None = None
    members: list[str] | None = Field(None, description="Records of sources that it is made of.")
    claims: list[Claim] | None = None


class Figure(BaseModel):
    """A number, and what it is made of."""

    name: str
    title: str
    question: str
    unit: str
    counting_unit: str
    status: str
    value: float | None = Field(description="Null where a source that it needs is not loaded.")
    release: str
    groups: dict[str, Any]
    variants: list[dict[str, Any]]
    comparators: list[dict[str, Any]] = Field(
        description="What others reported; `parts` take the difference apart: their amounts add up to it."
    )
    sources: list[Any]
    gaps: list[dict[str, Any]]
    rows: list[dict[str, Any]]
    rows_total: int
    sensitivity: dict[str, Any] | None = Field(
        None, description="How the value moves when a source, a rule or an uncertain merge is taken out."
    )


class Change(BaseModel):
    """One thing that differs, as `overt diff --json` has it."""

    what: str = Field(description="added, removed, changed, merged, split or retracted.")
    id: str
    type: str | None
    label: str | None
    property: str | None
    before: str | None = Field(description="What was shown; of a merger or a split an id, of a retraction what was taken back.")
    after: str | None
    gone: list[str] = Field(description="Values that are shown no more.")
    come: list[str] = Field(description="Values that were not shown before.")
    source: str | None = Field(description="Of what was retracted: who said it.")
    reason: str
    values: dict[str, list[str]] | None = Field(description="Of what was added or split off: all values shown, by property.")


class DoneBetween(BaseModel):
    """What was done between two releases, from which differences can follow."""

    what: str = Field(
        description="source added, source left out, upstream changed, judged, taken back, retracted, editorial claim or "
        "rules changed."
    )
    about: list[str] = Field(description="A source; the two records of a judgement; the record of a claim; parts of Overt.")
    names: list[str] = Field(description="What these are called.")
    said: str | None = Field(description="The verdict; the claim; the snapshots of a source, before → after.")
    why: str | None = Field(description="What an editor wrote; null for readers beyond this machine.")


class ObservedChange(BaseModel):
    """What was measured otherwise: episodes of domains on the lists of what is blocked."""

    series: list[dict[str, Any]] = Field(
        description="Of each series that differs: `counts` of episodes that began, ended, continued (are on the new last list "
        "too), moved (begin, end or count otherwise), went (the release has them not), or were read from another file; "
        "`lists_before`, `lists_after`."
    )
    platforms: list[dict[str, Any]] = Field(description="These of the domains of platforms, each before and after.")


class ChangePage(BaseModel):
    """A page of changes."""

    release: str = Field(description="The one that is served, with which `since` is compared.")
    since: str = Field(description="The release that is compared with it, by the id under which it is kept here.")
    next: str | None
    total: int
    counts: dict[str, int] = Field(description="How many differences of each kind.")
    causes: list[DoneBetween] | None = Field(None, description="What was done between the two; on the first page.")
    figures: list[dict[str, Any]] | None = Field(None, description="Figures that moved; on the first page.")
    observations: ObservedChange | None = Field(None, description="What was measured otherwise; on the first page.")
    items: list[Change]
    names: dict[str, str] = Field(description="What the records are called that the items are of or name, by id.")
    names_before: dict[str, str] = Field(description="What those of them were called that are called otherwise now.")
