"""Claims (this record has this value for this property, according to this source) and the evidence for them."""

import builtins
import hashlib
from typing import Literal, NamedTuple, get_args

import pyarrow as pa

Basis = Literal["stated", "coded", "computed"]
BASES: tuple[str, ...] = get_args(Basis)
"""All bases: the source states the value (`stated`), or a rule derived it from text (`coded`) or many rows (`computed`)."""


class Claim(NamedTuple):
    """A typed statement by one source. Its id and its fields are the columns of `claims/<source>/<snapshot>/claims.parquet`.

    `value`: canonical text (EDTF date, area code, WKT, decimal, vocabulary id, record id). `original`: the source's words, if
    they differ. `unit`: such as `USD@2021` or `km`. `lang`: BCP 47. `valid_from`, `valid_to`: EDTF. `basis`: one of `BASES`.
    `rule`: name and version of the rule for a coded or computed value. `document`: the record id of the document that the source
    itself cites. A claim is a tuple because a large import creates ten million of them.
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
        """128 bits of SHA-256, in hex, over the fields from `source` to `rule`, joined by U+001F. Null counts as an empty
        string.

        The claim's place in the file and its document don't count, so ids stay the same if the publisher inserts a row.
        """
        return hashlib.sha256("\x1f".join(field or "" for field in self[:12]).encode()).hexdigest()[:32]


class Evidence(NamedTuple):
    """A place in an archived file that supports a claim. A locator is, for example, `row=17;col=Status` or a JSON pointer."""

    claim_id: str
    capture: str
    locator: str
    excerpt: str
    document: str | None = None
    """Record id of the document that this place cites for the claim. Two rows may state the same claim and cite different
    documents.
    """


MAX_EXCERPT = 1000
"""Maximum length of an excerpt, in characters. Longer values, such as a cable's route, must be read in the archive."""

_NOT_NULL = {"claim_id", "source", "record", "type", "property", "value", "basis"}
CLAIMS = pa.schema([pa.field(name, pa.string(), nullable=name not in _NOT_NULL) for name in ("claim_id", *Claim._fields)])
EVIDENCE = pa.schema([pa.field(name, pa.string(), nullable=name == "document") for name in Evidence._fields])
