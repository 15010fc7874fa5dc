"""The ledger of one atlas."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, get_args
from urllib.parse import urlsplit

from overt.ledger import decisions
from overt.ledger.chain_verification import check_undo, find_problems
from overt.ledger.decisions import EditorialClaim, Judgement, Origin, Retraction, SourceChoice, SourceDocument, Verdict
from overt.ledger.entry import Draft, Entry, Head, format_moment, optional_text, require_text
from overt.ledger.errors import LedgerError

if TYPE_CHECKING:
    from sqlalchemy import URL

_RECORD = re.compile(r"[a-z][a-z0-9_]*:\S.*")
_CLAIM = re.compile(r"[0-9a-f]{32}")


class Ledger:
    """Decisions of people, in a database such as `sqlite:///atlas/ledger.db`.

    Entries are only ever added. Methods that add one take `who` decided, `why`, and `at` (default: now; text such as
    2026-11-24T12:00:00Z or a datetime with a time zone). They return the entry and raise LedgerError, in one line, for
    invalid values. Methods that read take `until`, a sequence number, to see the ledger as it was then. The first entry
    creates the database.
    """

    def __init__(self, address: "str | URL") -> None:
        from overt.ledger.entry_store import EntryStore  # Imported here: SQLAlchemy is slow to import.

        self._store = EntryStore(address)

    # Adding decisions

    def judge(self, left: str, right: str, verdict: Verdict, who: str, why: str, at: datetime | str | None = None) -> Entry:
        """Judge whether two source records (`source:key`) describe the same thing. Overrides earlier verdicts."""
        return self._store.append(*judgement_draft(left, right, verdict, who, why, at))

    def append_drafts(self, choose: Callable[[list[Entry]], Sequence[Draft]]) -> list[Entry]:
        """Add all drafts (`judgement_draft`, `claim_draft`) that `choose` returns for the present entries, or none.

        `choose` is called again if another writer adds an entry in between, and may raise.
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
        """Add an editorial claim: a record has a value for a property, according to a document.

        The caller checks type, property and value against the schema.
        """
        draft = claim_draft(
            record, type, property, value, document=document, who=who, why=why,
            unit=unit, lang=lang, valid_from=valid_from, valid_to=valid_to, at=at,
        )  # fmt: skip
        return self._store.append(*draft)

    def add_document(
        self, sequence: int, document: SourceDocument, who: str, why: str, at: datetime | str | None = None
    ) -> Entry:
        """Add another document to the editorial claim of entry `sequence`."""

        def check(entries: list[Entry]) -> None:
            if not any(claim.sequence == sequence for claim in decisions.effective_claims(entries)):
                raise LedgerError(f"entry {sequence} is not an editorial claim in force; see the ledger's claims")

        payload = {"claim": sequence, "document": _document(document)}
        return self._store.append(
            format_moment(at), require_text("who", who), require_text("why", why), "claim-source-document", payload, check
        )

    def retract(self, target: str, who: str, why: str, at: datetime | str | None = None) -> Entry:
        """Retract a claim (by its id) or all claims of a record (`source:key`)."""
        target = target.strip()
        if not _CLAIM.fullmatch(target):
            target = _record(target)

        def check(entries: list[Entry]) -> None:
            for retraction in decisions.effective_retractions(entries):
                if retraction.target == target:
                    raise LedgerError(f"{target}: is retracted already, by entry {retraction.sequence}")

        return self._store.append(
            format_moment(at), require_text("who", who), require_text("why", why), "retraction", {"target": target}, check
        )

    def choose_snapshot(self, source: str, snapshot: str, who: str, why: str, at: datetime | str | None = None) -> Entry:
        """Choose the snapshot that counts for a source, whatever is archived later. Overrides an earlier choice."""
        return self._choose_source(source, snapshot, who, why, at)

    def remove_source(self, source: str, who: str, why: str, at: datetime | str | None = None) -> Entry:
        """Leave a source out: none of its snapshots count. Overrides an earlier choice."""
        return self._choose_source(source, None, who, why, at)

    def _choose_source(self, source: str, snapshot: str | None, who: str, why: str, at: datetime | str | None) -> Entry:
        def check(entries: list[Entry]) -> None:
            choice = decisions.effective_source_choices(entries).get(source)
            if choice is not None and choice.snapshot == snapshot:
                what = f"snapshot {snapshot} is chosen" if snapshot else "the source is removed"
                raise LedgerError(f"{source}: {what} already, by entry {choice.sequence}")

        kind = "source-removal" if snapshot is None else "source-snapshot"
        payload = {"source": require_text("source", source), "snapshot": optional_text("snapshot", snapshot)}
        return self._store.append(format_moment(at), require_text("who", who), require_text("why", why), kind, payload, check)

    def undo(self, sequence: int, who: str, why: str, at: datetime | str | None = None, *, last: int | None = None) -> Entry:
        """Undo entry `sequence`, or all entries from there to `last`. Undoing an undo restores what it undid."""
        return self._store.append(
            format_moment(at),
            require_text("who", who),
            require_text("why", why),
            "undo",
            {"sequence": sequence, "last": last},
            lambda entries: check_undo(entries, sequence, last),
        )

    # Reading

    def judgements(self, until: int | None = None) -> list[Judgement]:
        """Return the judgement in force for each pair, sorted by pair."""
        return decisions.effective_judgements(self._store.read(until))

    def claims(self, until: int | None = None) -> list[EditorialClaim]:
        """Return the editorial claims in force, in the order in which they were made."""
        return decisions.effective_claims(self._store.read(until))

    def retractions(self, until: int | None = None) -> list[Retraction]:
        """Return the retractions in force, in their order."""
        return decisions.effective_retractions(self._store.read(until))

    def source_choices(self, until: int | None = None) -> dict[str, SourceChoice]:
        """Return the choices of snapshots and the removals in force, by source."""
        return decisions.effective_source_choices(self._store.read(until))

    def entries(self, until: int | None = None) -> list[Entry]:
        """Return all entries, undone ones included, in their order."""
        return self._store.read(until)

    def head(self) -> Head:
        """Return sequence and chain of the last entry. Equal heads mean equal ledgers."""
        return self._store.head()

    # Maintenance

    def verify(self, head: Head | None = None) -> Iterator[str]:
        """Yield a line for each changed, added or removed entry. An earlier `head` shows whether the end is missing."""
        try:
            rows = self._store.rows()
        except LedgerError as error:
            yield str(error)
            return
        yield from find_problems(self._store.name, rows, head)

    def close(self) -> None:
        """Close the database. Only a database in memory stays open between calls."""
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
    """Build a judgement in canonical form, whatever the order of the pair. Raises LedgerError."""
    pair = sorted((_record(left), _record(right)))
    if pair[0] == pair[1]:
        raise LedgerError(f"{left}: a record is always the same as itself; name two records")
    if verdict not in get_args(Verdict):
        raise LedgerError(f"{verdict!r} is not a verdict; it is one of {', '.join(get_args(Verdict))}")
    payload: dict[str, Any] = {"left": pair[0], "right": pair[1], "verdict": verdict}
    if origin is not None:
        fields = {"atlas": require_text("the atlas it comes from", origin.atlas), "entry": origin.entry, "chain": origin.chain}
        payload["origin"] = {name: value for name, value in fields.items() if value is not None}
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
    """Build an editorial claim in canonical form. Raises LedgerError."""
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
    """Mark drafts as one act that follows these entries. `act_range` finds the entries of an act."""
    return [draft._replace(payload={**draft.payload, "act": len(entries) + 1}) for draft in drafts]


def _record(text: str) -> str:
    record = require_text("record", text)
    if not _RECORD.fullmatch(record):
        raise LedgerError(f"{record!r} is not a record of a source; name it as source:key, as `overt show` lists them")
    return record


def _document(document: SourceDocument) -> dict[str, str]:
    fields = {
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
        fields["url"] = url
    return fields
