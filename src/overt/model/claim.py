"""The claim: this record has this value for this property, according to this source."""

import builtins
import hashlib
from typing import Literal, NamedTuple, get_args

import pyarrow as pa

Basis = Literal["stated", "coded", "computed"]
BASES: tuple[str, ...] = get_args(Basis)
"""All bases. `stated`: the source states it; `coded`: a rule derived it from a text; `computed`: it follows from many rows."""


class Claim(NamedTuple):
    """A typed statement of one source. Its fields are the columns of `claims/<source>/<snapshot>.parquet`.

    `value` is canonical text (EDTF date, area code, WKT, decimal, vocabulary id, record id), `original` the source's words
    where they differ, `unit` as in `USD@2021` or `km`, `lang` BCP 47, `valid_from` and `valid_to` EDTF, `document` the record
    id of what the source itself cites. It is a tuple because a scale run makes ten million of them.
    """

    source: str
    record: str
    type: str
    property: str
    value: str
    original: str | None = None
    unit: str | None = None
    lang: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    basis: str = "stated"
    rule: str | None = None
    document: str | None = None

    @builtins.property  # The field `property` hides the built-in name.
    def id(self) -> str:
        """128 bits of SHA-256, in hex, over the fields from `source` to `rule`, joined by U+001F, null as empty.

        Locators and the document are left out, so a row inserted upstream changes no id.
        """
        return hashlib.sha256("\x1f".join(field or "" for field in self[:12]).encode()).hexdigest()[:32]


class Evidence(NamedTuple):
    """A place in an archived file that supports a claim. Locators: `row=17;col=Status`, a JSON pointer, a page."""

    claim_id: str
    capture: str
    locator: str
    excerpt: str
    document: str | None = None
    """Record id of the document that this place cites for the claim, because two lines of a register may cite different
    documents.
    """


MAX_EXCERPT = 1000
"""Maximum length of an excerpt, in characters. Longer values, such as a cable's route, must be read in the archive."""

_NOT_NULL = {"claim_id", "source", "record", "type", "property", "value", "basis"}
CLAIMS = pa.schema([pa.field(name, pa.string(), nullable=name not in _NOT_NULL) for name in ("claim_id", *Claim._fields)])
EVIDENCE = pa.schema([pa.field(name, pa.string(), nullable=name == "document") for name in Evidence._fields])
