"""The ledger of one atlas."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, get_args
from urllib.parse import urlsplit

from overt.ledger import decisions
from overt.ledger.chain_verification import check_undo, find_problems
from overt.ledger.decisions import EditorialClaim, Judgement, Origin, Retraction, SourceDocument, Verdict
from overt.ledger.entry import Draft, Entry, Head, format_moment, optional_text, require_text
from overt.ledger.errors import LedgerError

if TYPE_CHECKING:
    from sqlalchemy import URL

_RECORD = re.compile(r"[a-z][a-z0-9_]*:\S.*")
_CLAIM = re.compile(r"[0-9a-f]{32}")


class Ledger:
    """What people decided, at a database address such as `sqlite:///atlas/ledger.db`.

    Entries are only ever added. Every method that adds one takes `who` decided, `why`, and `at` (now, unless given; a text
    like 2026-11-24T12:00:00Z or a datetime with a time zone), returns the entry, and raises LedgerError, in one line, for
    what cannot stand. Every view takes `until`, a sequence number, to see the ledger as it was then. The database is made by
    the first entry.
    """

    def __init__(self, address: "str | URL") -> None:
        from overt.ledger.entry_store import EntryStore  # here: commands that ask no ledger need not wait for SQLAlchemy

        self._store = EntryStore(address)

    # What people decide

    def judge(self, left: str, right: str, verdict: Verdict, who: str, why: str, at: datetime | str | None = None) -> Entry:
        """Two source records (`source:key`) are the same thing, are not, or nobody can tell; overrides earlier verdicts."""
        return self._store.append(*judgement_draft(left, right, verdict, who, why, at))

    def take_in(self, choose: Callable[[list[Entry]], Sequence[Draft]]) -> list[Entry]:
        """Add the drafts (`judgement_draft`, `claim_draft`) that `choose` picks when it sees all entries: all of them or none.

        It is asked again when another writer came in between, and may raise.
        """
        return self._store.append_all(lambda head: choose(self._store.read(until=head.sequence)))

    def add_claim(
        self,
        record: str,
        type: str,
        property: str,
        value: str,
        *,
        document: SourceDocument,
        who: str,
        why: str,
        unit: str | None = None,
        lang: str | None = None,
        valid_from: str | None = None,
        valid_to: str | None = None,
        at: datetime | str | None = None,
    ) -> Entry:
        """An editorial claim: a record has a value for a property, as a document says at a place in it.

        Whether type, property and value fit the schema is for the caller to check, who has it.
        """
        draft = claim_draft(
            record, type, property, value, document=document, who=who, why=why,
            unit=unit, lang=lang, valid_from=valid_from, valid_to=valid_to, at=at,
        )  # fmt: skip
        return self._store.append(*draft)

    def add_document(
        self, sequence: int, document: SourceDocument, who: str, why: str, at: datetime | str | None = None
    ) -> Entry:
        """A further document for the standing editorial claim that entry `sequence` made."""

        def check(entries: list[Entry]) -> None:
            if not any(claim.sequence == sequence for claim in decisions.claims(entries)):
                raise LedgerError(f"entry {sequence} is not an editorial claim that stands; see the ledger's claims")

        payload = {"claim": sequence, "document": _document(document)}
        return self._store.append(
            format_moment(at), require_text("who", who), require_text("why", why), "claim-source-document", payload, check
        )

    def retract(self, target: str, who: str, why: str, at: datetime | str | None = None) -> Entry:
        """A claim (by its id) or all claims of a record (`source:key`) shall no longer stand."""
        target = target.strip()
        if not _CLAIM.fullmatch(target):
            target = _record(target)

        def check(entries: list[Entry]) -> None:
            for held in decisions.retractions(entries):
                if held.target == target:
                    raise LedgerError(f"{target}: is retracted already, by entry {held.sequence}")

        return self._store.append(
            format_moment(at), require_text("who", who), require_text("why", why), "retraction", {"target": target}, check
        )

    def undo(self, sequence: int, who: str, why: str, at: datetime | str | None = None, *, last: int | None = None) -> Entry:
        """Entry `sequence`, or all from there to `last`, shall be as if never made; undoing an undo brings back what it undid."""
        return self._store.append(
            format_moment(at),
            require_text("who", who),
            require_text("why", why),
            "undo",
            {"sequence": sequence, "last": last},
            lambda entries: check_undo(entries, sequence, last),
        )

    # What stands

    def judgements(self, until: int | None = None) -> list[Judgement]:
        """The standing judgement of each pair, whichever way round it was named; sorted by pair."""
        return decisions.judgements(self._store.read(until))

    def claims(self, until: int | None = None) -> list[EditorialClaim]:
        """The standing editorial claims, in the order in which they were made."""
        return decisions.claims(self._store.read(until))

    def retractions(self, until: int | None = None) -> list[Retraction]:
        """The standing retractions, in their order."""
        return decisions.retractions(self._store.read(until))

    def entries(self, until: int | None = None) -> list[Entry]:
        """All entries, undone ones too, in their order."""
        return self._store.read(until)

    def head(self) -> Head:
        """Number and chain of the last entry, for a manifest: equal heads mean equal ledgers."""
        return self._store.head()

    # Care

    def verify(self, head: Head | None = None) -> Iterator[str]:
        """Yield one line for each problem: entries changed, put in or taken out; `head` as noted earlier shows if the end is."""
        try:
            rows = self._store.rows()
        except LedgerError as error:
            yield str(error)
            return
        yield from find_problems(self._store.name, rows, head)

    def close(self) -> None:
        """Close the database; only one in memory keeps anything open between calls."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def judgement_draft(
    left: str,
    right: str,
    verdict: str,
    who: str,
    why: str,
    at: datetime | str | None = None,
    origin: Origin | None = None,
) -> Draft:
    """A judgement in the one form in which ledgers keep it, whichever way round the pair was named. Raises LedgerError."""
    pair = sorted((_record(left), _record(right)))
    if pair[0] == pair[1]:
        raise LedgerError(f"{left}: a record is always the same as itself; name two records")
    if verdict not in get_args(Verdict):
        raise LedgerError(f"{verdict!r} is not a verdict; it is one of {', '.join(get_args(Verdict))}")
    payload: dict[str, Any] = {"left": pair[0], "right": pair[1], "verdict": verdict}
    if origin is not None:
        said = {"atlas": require_text("the atlas it comes from", origin.atlas), "entry": origin.entry, "chain": origin.chain}
        payload["origin"] = {name: value for name, value in said.items() if value is not None}
    return Draft(format_moment(at), require_text("who", who), require_text("why", why), "judgement", payload)


def claim_draft(
    record: str,
    type: str,
    property: str,
    value: str,
    *,
    document: SourceDocument,
    who: str,
    why: str,
    unit: str | None = None,
    lang: str | None = None,
    valid_from: str | None = None,
    valid_to: str | None = None,
    at: datetime | str | None = None,
) -> Draft:
    """An editorial claim in the one form in which ledgers keep it. Raises LedgerError."""
    payload = {
        "record": _record(record),
        "type": require_text("type", type),
        "property": require_text("property", property),
        "value": require_text("value", value),
        "unit": optional_text("unit", unit),
        "lang": optional_text("lang", lang),
        "valid_from": optional_text("valid_from", valid_from),
        "valid_to": optional_text("valid_to", valid_to),
        "document": _document(document),
    }
    return Draft(format_moment(at), require_text("who", who), require_text("why", why), "claim", payload)


def mark_as_act(entries: Sequence[Entry], drafts: Iterable[Draft]) -> list[Draft]:
    """Drafts that follow these entries, each marked with the number of the first: `decisions.act_range` finds all of them."""
    return [draft._replace(payload={**draft.payload, "act": len(entries) + 1}) for draft in drafts]


def _record(text: str) -> str:
    record = require_text("record", text)
    if not _RECORD.fullmatch(record):
        raise LedgerError(f"{record!r} is not a record of a source; name it as source:key, as `overt show` lists them")
    return record


def _document(document: SourceDocument) -> dict[str, str]:
    held = {
        "title": require_text("the document's title", document.title),
        "place": require_text("the place in it", document.place),
    }
    url = optional_text("the document's address", document.url)
    if url is not None:
        try:
            parts = urlsplit(url)
        except ValueError:
            parts = urlsplit("")
        if parts.scheme not in {"http", "https"} or not parts.netloc:
            raise LedgerError(f"{url!r} is not a web address of a document; it begins with https://")
        held["url"] = url
    return held
