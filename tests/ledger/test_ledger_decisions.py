from datetime import UTC, datetime, timedelta, timezone

import pytest

from overt.ledger import EditorialClaim, Judgement, Ledger, LedgerError, Retraction, SourceDocument
from tests.ledger.conftest import AT, BY, REPORT, add_document, claim, read_state

LETTER = SourceDocument("Letter to investors", "second paragraph")


def test_a_judgement_applies_to_the_pair_in_either_order(ledger):
    entry = ledger.judge("beta:2", "alpha:1", "same", **BY)
    assert (entry.sequence, entry.kind, entry.at, entry.who, entry.why) == (1, "judgement", AT, "Ada", "read both pages")
    assert ledger.judgements() == [Judgement(1, AT, "Ada", "read both pages", "alpha:1", "beta:2", "same")]
    ledger.judge("alpha:1", "beta:2", "different", **BY)
    ledger.judge("alpha:1", "beta:10", "unsure", **BY)
    assert [(j.left, j.right, j.verdict, j.sequence) for j in ledger.judgements()] == [
        ("alpha:1", "beta:10", "unsure", 3),
        ("alpha:1", "beta:2", "different", 2),
    ]


def test_an_undo_restores_the_earlier_state_and_can_be_undone(ledger):
    ledger.judge("alpha:1", "beta:2", "same", **BY)
    ledger.judge("alpha:1", "beta:2", "different", **BY)
    both = read_state(ledger)
    ledger.undo(2, **BY)
    assert read_state(ledger) == read_state(ledger, until=1) != both
    with pytest.raises(LedgerError, match="entry 2 is undone already; undo entry 3"):
        ledger.undo(2, **BY)
    ledger.undo(3, **BY)
    assert read_state(ledger) == both
    ledger.undo(2, **BY)
    ledger.undo(1, **BY)
    assert ledger.judgements() == []
    assert [entry.kind for entry in ledger.entries()] == ["judgement"] * 2 + ["undo"] * 4


def test_undoing_an_overridden_judgement_changes_no_result(ledger):
    ledger.judge("alpha:1", "beta:2", "same", **BY)
    ledger.judge("alpha:1", "beta:2", "different", **BY)
    before = read_state(ledger)
    ledger.undo(1, **BY)
    assert read_state(ledger) == before
    ledger.undo(2, **BY)
    assert ledger.judgements() == []


def test_a_claim_has_all_its_fields(ledger):
    entry = ledger.add_claim(
        "editorial:hmn",
        "organization",
        "name",
        "华海通信",
        unit=None,
        lang="zh",
        valid_from="2020-11",
        valid_to=" ",
        document=REPORT,
        **BY,
    )
    assert ledger.claims() == [
        EditorialClaim(
            *(1, AT, "Ada", "read both pages", entry.chain, "editorial:hmn", "organization", "name", "华海通信"),
            *(None, "zh", "2020-11", None, (REPORT,)),
        )
    ]


def test_documents_can_be_added_to_a_claim(ledger):
    claim(ledger, "one")
    claim(ledger, "two")
    added = add_document(ledger, 1, LETTER)
    assert added.kind == "claim-source-document"
    assert [editorial.documents for editorial in ledger.claims()] == [(REPORT, LETTER), (REPORT,)]
    ledger.undo(added.sequence, **BY)
    assert [editorial.documents for editorial in ledger.claims()] == [(REPORT,), (REPORT,)]


def test_claims_and_records_can_be_retracted(ledger):
    ledger.retract("ab" * 16, **BY)
    ledger.retract("aspi:17", **BY)
    assert ledger.retractions() == [
        Retraction(1, AT, "Ada", "read both pages", "ab" * 16),
        Retraction(2, AT, "Ada", "read both pages", "aspi:17"),
    ]
    with pytest.raises(LedgerError, match="retracted already, by entry 2"):
        ledger.retract("aspi:17", **BY)
    ledger.undo(2, **BY)
    assert [retraction.target for retraction in ledger.retractions()] == ["ab" * 16]
    ledger.retract("aspi:17", **BY)
    assert [retraction.sequence for retraction in ledger.retractions()] == [1, 4]
    # The second retraction is in force now, so a third is refused.
    with pytest.raises(LedgerError, match="retracted already"):
        ledger.retract("aspi:17", **BY)


def test_several_are_retracted_or_none(ledger):
    ledger.retract("aspi:17", **BY)
    with pytest.raises(LedgerError, match="aspi:17: is retracted already, by entry 1"):
        ledger.retract_all(["aspi:16", "aspi:17"], **BY)
    assert ledger.head().sequence == 1
    assert [entry.sequence for entry in ledger.retract_all(["aspi:16", "ab" * 16], **BY)] == [2, 3]
    assert [retraction.target for retraction in ledger.retractions()] == ["aspi:17", "aspi:16", "ab" * 16]


ORDINARY = {"left": "alpha:1", "right": "beta:2", "verdict": "same"} | BY


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"right": "alpha:1"}, "always the same as itself"),
        ({"right": " alpha:1 "}, "always the same as itself"),
        ({"right": "ovt-abcdefghijkl"}, "not a record of a source"),
        ({"left": ""}, "record is empty"),
        ({"verdict": "maybe"}, "not a verdict"),
        ({"who": "  "}, "who is empty"),
        ({"why": "\n"}, "why is empty"),
        ({"why": "\u200b \u200e"}, "why is empty, apart from invisible characters"),
        ({"why": "x" * 10_001}, "10,001 characters"),
        ({"why": "a\0b"}, "NUL"),
        ({"who": "\udcff"}, "not readable text"),
        ({"at": "yesterday"}, "not a time"),
        ({"at": "0001-01-01T00:00:00+01:00"}, "outside the years"),
        ({"at": "2026-11-24T12:00:00"}, "no time zone"),
        ({"at": datetime(2026, 11, 24)}, "no time zone"),
    ],
)
def test_invalid_judgements_are_refused(ledger, change, message):
    with pytest.raises(LedgerError, match=message) as caught:
        ledger.judge(**(ORDINARY | change))
    assert "\n" not in str(caught.value)
    assert ledger.entries() == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"record": "nothing"}, "not a record of a source"),
        ({"value": " "}, "value is empty"),
        ({"document": SourceDocument("", "page 1")}, "document's title is empty"),
        ({"document": SourceDocument("Report", "")}, "place in it is empty"),
        ({"document": SourceDocument("Report", "page 1", "javascript:alert(1)")}, "not a web address"),
        ({"document": SourceDocument("Report", "page 1", "http://[")}, "not a web address"),
        ({"document": SourceDocument("Report", "page 1", "https:report")}, "not a web address"),
    ],
)
def test_invalid_claims_are_refused(ledger, change, message):
    with pytest.raises(LedgerError, match=message):
        claim(ledger, **change)
    assert ledger.entries() == []


@pytest.mark.parametrize("target", ["", "AB" * 16, "ab" * 15, "Huawei", "aspi:"])
def test_invalid_retractions_are_refused(ledger, target):
    with pytest.raises(LedgerError, match="record"):
        ledger.retract(target, **BY)


@pytest.mark.parametrize("sequence", [0, -1, 2, 3])
def test_undoing_a_missing_entry_is_refused(ledger, sequence):
    ledger.judge("alpha:1", "beta:2", "same", **BY)
    with pytest.raises(LedgerError, match=f"no entry {sequence}; it has 1"):
        ledger.undo(sequence, **BY)
    assert len(ledger.entries()) == 1


def test_several_entries_can_be_undone_at_once(ledger):
    for number in range(1, 5):
        ledger.judge("alpha:1", f"beta:{number}", "same", **BY)
    ledger.undo(2, **BY)
    undone = ledger.undo(2, last=3, **BY)
    assert [judgement.right for judgement in ledger.judgements()] == ["beta:1", "beta:4"]
    for first, last, why in ((2, 3, "entries 2 to 3 are undone already; undo entry 6"), (3, 2, "name the earlier entry first")):
        with pytest.raises(LedgerError, match=why):
            ledger.undo(first, last=last, **BY)
    with pytest.raises(LedgerError, match="no entry 9; it has 6"):
        ledger.undo(4, last=9, **BY)
    ledger.undo(undone.sequence, **BY)
    rights = [judgement.right for judgement in ledger.judgements()]
    assert rights == ["beta:1", "beta:3", "beta:4"], "entry 2 was undone before and stays undone"
    assert list(ledger.verify()) == []


def test_times_are_stored_in_utc(ledger):
    times = [
        *("2026-11-24T12:00:00Z", "2026-11-24T20:00:00+08:00", "2026-11-24T12:00:00.999999+00:00"),
        datetime(2026, 11, 24, 14, tzinfo=timezone(timedelta(hours=2))),
    ]
    for at in times:
        assert ledger.judge("alpha:1", "beta:2", "same", "Ada", "seen", at).at == AT
    now = datetime.now(UTC).replace(microsecond=0)
    entry = ledger.judge("alpha:1", "beta:2", "same", "Ada", "seen")
    assert now <= datetime.fromisoformat(entry.at) <= datetime.now(UTC)


def test_ledgers_have_equal_heads_only_for_equal_decisions(tmp_path):
    heads = set()
    for name, value in (("a", "one"), ("b", "one"), ("c", "two")):
        with Ledger(f"sqlite:///{tmp_path / name}.db") as ledger:
            assert ledger.head() == (0, "")
            claim(ledger, value)
            ledger.undo(1, **BY)
            heads.add(ledger.head())
            assert ledger.head() == (2, ledger.entries()[-1].chain)
    assert len(heads) == 2


def test_the_ledger_can_be_read_as_of_an_entry(ledger):
    ledger.judge("alpha:1", "beta:2", "same", **BY)
    claim(ledger)
    ledger.retract("aspi:17", **BY)
    assert [tuple(map(len, read_state(ledger, until))) for until in range(4)] == [(0, 0, 0), (1, 0, 0), (1, 1, 0), (1, 1, 1)]
    assert len(ledger.entries(until=2)) == 2
