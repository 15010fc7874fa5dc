"""The ledger of one atlas: methods to add, undo, read and verify decisions of editors."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from overt.ledger import decisions_in_force
from overt.ledger.decisions_in_force import EditorialClaim, Judgement, Retraction, SourceChoice, SourceDocument, Verdict
from overt.ledger.editor_keys_in_force import SHORT, EditorKeys
from overt.ledger.entry import KEY_KINDS, Draft, Entry, Head, require_text
from overt.ledger.entry_drafts import claim_draft, judgement_draft, make_draft, record_name
from overt.ledger.entry_verification import find_problems
from overt.ledger.errors import LedgerError
from overt.ledger.undone_entries import check_undo

if TYPE_CHECKING:
    from sqlalchemy import URL

    from overt.ledger.entry_queries import EntryQueries
    from overt.ledger.entry_store import Signer

_CLAIM = re.compile(r"[0-9a-f]{32}")


class Ledger:
    """The decisions of editors, in a database such as `sqlite:///atlas/ledger.db`.

    Entries are only ever added. Methods that add a decision return the new entry or entries. They take `who` (the editor; not in
    methods about keys), `why`, and `at` (by default, now; text such as 2026-11-24T12:00:00Z or a datetime with a time zone).
    They raise LedgerError for invalid values, and for a decision (other than a judgement or claim) that is already in force.

    Methods that return decisions in force, or all entries, take `until`, a sequence number, for the ledger's state at that
    entry. The first entry creates the database.

    Once the ledger has an editor's key, `signer` signs each entry, and `who` is not stored. When a signed entry is read, `who`
    is what `name_of` returns for the key's fingerprint.
    """

    def __init__(
        self, address: "str | URL", signer: "Signer | None" = None, name_of: Callable[[str], str] = lambda key: key[:SHORT]
    ) -> None:
        from overt.ledger.entry_store import EntryStore  # Imported here because SQLAlchemy is slow to import.

        self._store = EntryStore(address, signer)
        self._name_of = name_of

    # Adding decisions

    def judge(self, left: str, right: str, verdict: Verdict, who: str, why: str, at: datetime | str | None = None) -> Entry:
        """Judge whether two source records (`source:key`) describe the same item. Overrides earlier verdicts."""
        return self._append(judgement_draft(left, right, verdict, who, why, at))

    def append_drafts(self, choose: Callable[[list[Entry]], Sequence[Draft]]) -> list[Entry]:
        """Add all drafts (such as `judgement_draft`) that `choose` returns for the current entries, or none of them.

        `choose` may raise an exception. It is called again if another writer adds an entry in the meantime.
        """
        return self._named(self._store.append_all(lambda queries: choose(self._named(queries.read_all()))))

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
        return self._append(draft)

    def retract(self, target: str, who: str, why: str, at: datetime | str | None = None) -> Entry:
        """Retract a claim (by its id) or all claims of a record (`source:key`)."""
        return self.retract_all([target], who, why, at)[0]

    def retract_all(self, targets: Sequence[str], who: str, why: str, at: datetime | str | None = None) -> list[Entry]:
        """Retract several claims or records. If one of them can't be retracted, none is."""
        names = [name if _CLAIM.fullmatch(name := target.strip()) else record_name(name) for target in targets]
        drafts = [make_draft(at, who, why, "retraction", {"target": name}) for name in names]
        return self._append_all(drafts, lambda queries: queries.require_none("retraction", "target", names, "retracted"))

    def withhold(
        self, record: str, who: str, why: str, at: datetime | str | None = None, *, members: Sequence[str] = ()
    ) -> Entry:
        """Leave a record (`source:key`) out of releases. `members`: all records of its cluster, which are left out with it,
        even if the cluster is divided later. None of them may be withheld already.
        """
        name = record_name(record)
        records = sorted({name, *members})
        draft = make_draft(at, who, why, "withholding", {"record": name} | ({"members": records} if len(records) > 1 else {}))
        return self._append(draft, lambda queries: queries.require_none_withheld(records))

    def choose_snapshot(self, source: str, snapshot: str, who: str, why: str, at: datetime | str | None = None) -> Entry:
        """Choose the snapshot that counts for a source, regardless of later ones. Overrides an earlier choice."""
        return self._choose_source(source, snapshot, who, why, at)

    def remove_source(self, source: str, who: str, why: str, at: datetime | str | None = None) -> Entry:
        """Leave out a source, so that none of its snapshots count. Overrides an earlier choice."""
        return self._choose_source(source, None, who, why, at)

    def _choose_source(self, source: str, snapshot: str | None, who: str, why: str, at: datetime | str | None) -> Entry:
        source = require_text("source", source)
        kinds = {"source-snapshot", "source-removal"}

        def check(queries: "EntryQueries") -> None:
            made = queries.effective(queries.entries_of_kinds(*sorted(kinds), subject=source))
            if made and made[-1].payload.get("snapshot") == snapshot:
                what = f"snapshot {snapshot} is chosen" if snapshot else "the source is removed"
                raise LedgerError(f"{source}: {what} already, by entry {made[-1].sequence}")

        kind = "source-removal" if snapshot is None else "source-snapshot"
        return self._append(make_draft(at, who, why, kind, {"source": source, "snapshot": snapshot}), check)

    def undo(self, sequence: int, who: str, why: str, at: datetime | str | None = None, *, last: int | None = None) -> Entry:
        """Undo entry `sequence`, or all entries from there to `last` except those about keys.

        Undoing an undo restores what it undid.
        """

        def check(queries: "EntryQueries") -> None:
            end = sequence if last is None else last
            if 1 <= sequence <= end <= queries.head.sequence:
                queries.entry(sequence)  # This raises LedgerError if the entry was changed.
            fixed = {entry.sequence for entry in queries.entries_of_kinds(*KEY_KINDS)}
            check_undo(sequence, last, queries.head.sequence, queries.undos(sequence, end), fixed)

        return self._append(make_draft(at, who, why, "undo", {"sequence": sequence, "last": last}), check)

    # Keys of editors

    def admit_key(self, public: str, why: str, *, replaces: str | None = None, at: datetime | str | None = None) -> Entry:
        """Admit an editor's key: the 32 bytes of the public key, in hex. `replaces`: fingerprint of the signer's own key, if the
        new key replaces it.

        A ledger's first key signs its own admission, so `signer` must return its private key. From then on, entries are signed.
        """
        from overt.ledger.entry_signature import key_fingerprint

        try:
            key = key_fingerprint(public)
        except ValueError:
            raise LedgerError("that is not a public key; name the file that `overt key editor` wrote beside a key") from None

        def check(queries: "EntryQueries") -> None:
            if key in queries.keys.in_force:
                raise LedgerError(f"the key {key[:SHORT]}… is in force already")
            if key in queries.keys.revoked:
                raise LedgerError(f"the key {key[:SHORT]}… was revoked by entry {queries.keys.revoked[key]}; make a new one")

        payload = {"public": public.lower(), "replaces": replaces}
        return self._append(make_draft(at, "", why, "admit-key", payload), check)

    def revoke_key(self, key: str, why: str, at: datetime | str | None = None) -> Entry:
        """Revoke a key in force, given by its fingerprint or the beginning of it. Entries that it signed before stay valid.

        The only key in force can't be revoked.
        """
        payload: dict[str, Any] = {}

        def check(queries: "EntryQueries") -> None:
            payload["key"] = queries.keys.find(key)
            if len(queries.keys.in_force) == 1:
                raise LedgerError(
                    f"{key}: is the only key in force, and nobody could add an entry after it; admit another first,"
                    " or replace it with `overt key rotate`"
                )

        return self._append(make_draft(at, "", why, "revoke-key", payload), check)

    def unlock(self) -> None:
        """Load the editor's key now, if the ledger is signed. Raises OvertError if the key is missing or not in force."""
        self._store.unlock()

    def keys(self) -> EditorKeys:
        """Return the keys of editors: those in force, and those that were revoked."""
        return self._store.keys()

    # Reading

    def judgements(self, until: int | None = None) -> list[Judgement]:
        """Return the judgement in force for each pair, sorted by pair."""
        return decisions_in_force.effective_judgements(self.entries(until))

    def claims(self, until: int | None = None) -> list[EditorialClaim]:
        """Return the editorial claims in force, including the new values of corrections, in the order in which they were made."""
        return decisions_in_force.effective_claims(self.entries(until))

    def retractions(self, until: int | None = None) -> list[Retraction]:
        """Return the retractions in force, in order, including those by corrections. A target can have several."""
        return decisions_in_force.effective_retractions(self.entries(until))

    def corrections(self, until: int | None = None) -> list[decisions_in_force.Correction]:
        """Return the corrections in force, in the order in which they were made."""
        return decisions_in_force.effective_corrections(self.entries(until))

    def withholdings(self, until: int | None = None) -> list[decisions_in_force.Withholding]:
        """Return the withholdings in force, in the order in which they were made."""
        return decisions_in_force.effective_withholdings(self.entries(until))

    def source_choices(self, until: int | None = None) -> dict[str, SourceChoice]:
        """Return the choices of snapshots and the removals in force, by source."""
        return decisions_in_force.effective_source_choices(self.entries(until))

    def entries(self, until: int | None = None) -> list[Entry]:
        """Return all entries in order, including undone ones."""
        return self._named(self._store.read(until))

    def entry(self, sequence: int) -> Entry:
        """Return an entry without reading all others. Raises LedgerError if it does not exist or was changed."""
        return self._named([self._store.query(lambda queries: queries.entry(sequence))])[0]

    def between(self, first: int, last: int) -> list[Entry]:
        """Return the entries with sequence numbers from `first` to `last`, inclusive, without reading all others."""
        return self._named(self._store.query(lambda queries: queries.between(first, last)))

    def act_range(self, sequence: int) -> tuple[int, int]:
        """Return the first and last sequence number of entries written together with an entry, without reading all others."""
        return self._store.query(lambda queries: queries.act_range(sequence))

    def last_entry(self) -> Entry | None:
        """Return the last entry, without reading the others; None if there is none."""
        entry = self._store.last_entry()
        return entry and self._named([entry])[0]

    def head(self) -> Head:
        """Return sequence and chain of the last entry; (0, "") if there is none. Equal heads mean equal ledgers."""
        return self._store.head()

    def chain_of(self, sequence: int) -> str | None:
        """Return the chain of an entry; None if there is no such entry, "" for 0."""
        return self._store.chain_of(sequence)

    # Maintenance

    def verify(self, head: Head | None = None) -> Iterator[str]:
        """Yield a line for each entry that is invalid, wrongly signed, or was changed after it was added.

        If the database itself is damaged or can't be read, yield only one line that says so. An earlier `head` shows whether
        entries at the end are missing, or all entries were replaced.
        """
        try:
            if problem := self._store.database_problem():
                yield f"{self._store.name}: {problem}"
                return
            rows, number = self._store.rows()
        except LedgerError as error:
            yield str(error)
            return
        yield from find_problems(self._store.name, rows, head, has_lookups=number > 1)

    def check_signatures(self) -> None:
        """Raise LedgerError if `verify` finds any problem in a ledger with keys. A ledger without keys is not checked."""
        if self.keys().is_signed and (problem := next(self.verify(), None)):
            raise LedgerError(f"{problem}; restore the ledger from a copy (see `overt verify`)")

    def upgrade(self) -> bool:
        """Upgrade an older database to the current format, leaving entries and chain unchanged. Return whether it was older."""
        return self._store.upgrade()

    def _append(self, draft: Draft, check: "Callable[[EntryQueries], None] | None" = None) -> Entry:
        return self._append_all([draft], check or (lambda queries: None))[0]

    def _append_all(self, drafts: Sequence[Draft], check: "Callable[[EntryQueries], None]") -> list[Entry]:
        """Append entries, all or none. `check` can query earlier entries, and may raise an exception."""

        def make(queries: "EntryQueries") -> Sequence[Draft]:
            check(queries)
            return drafts

        return self._named(self._store.append_all(make))

    def _named(self, entries: list[Entry]) -> list[Entry]:
        return [replace(entry, who=self._name_of(entry.key)) if entry.key else entry for entry in entries]

    def close(self) -> None:
        """Close the database. Only an in-memory database stays open between calls."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
