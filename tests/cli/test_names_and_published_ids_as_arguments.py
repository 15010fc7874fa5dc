"""Commands take a name, or a published id, instead of a record's id. A name that several records share is refused."""

from pathlib import Path

import pytest

from overt.ledger import Entry
from tests.cli.test_exit_codes_errors_and_json import one_line
from tests.support.command_built_atlas import BY, Atlas, make_statements, own_id


def last_entry(atlas: Atlas) -> Entry:
    return atlas.ledger.entries()[-1]


def test_names_are_taken_where_ids_are(companies: Atlas) -> None:
    outcome = companies.read_json("judge", "different", "zte", "huawei technologies", *BY)
    assert [side["given"] for side in outcome["sides"]] == ["zte", "huawei technologies"]
    assert (last_entry(companies).payload["left"], last_entry(companies).payload["right"]) == ("alpha:zte", "beta:huawei")
    companies.ok("judge", "relate", "zte", "parent", own_id("beta:huawei"), *BY)
    companies.claim("ZTE", "organization", "alias", "Zhongxing")
    assert last_entry(companies).payload["record"] == "alpha:zte"
    companies.retract("Huawei Technologies")
    assert last_entry(companies).payload["target"] == "beta:huawei"


@pytest.mark.parametrize(
    "words",
    [
        ("judge", "same", "zte", "hwawei technologies", *BY),
        ("judge", "relate", "zte", "parent", "hwawei technologies", *BY),
        ("judge", "explain", "zte", "hwawei technologies"),
        ("claim", "add", "hwawei technologies", "organization", "alias", "X", "--document", "D", "--place", "p", *BY),
        ("retract", "hwawei technologies", *BY),
        ("show", "hwawei technologies"),
    ],
)
def test_a_misspelled_name_is_answered_with_similar_ones(companies: Atlas, words: tuple[str, ...]) -> None:
    outcome = companies.overt(*words)
    assert outcome.code == 2 and len(outcome.errors) == 1
    assert (
        "hwawei technologies: " in outcome.err and f"did you mean “Huawei Technologies” ({own_id('beta:huawei')})" in outcome.err
    )
    assert not companies.ledger.head().sequence


def test_the_records_of_a_published_id_are_retracted_together(companies: Atlas) -> None:
    """The command used to retract some records, and then stop at one that was already retracted."""
    companies.judge("same", "alpha:zte", "beta:huawei")
    identity = companies.id_of("beta:huawei")
    companies.retract("beta:huawei")
    assert [row["target"] for row in companies.read_json("retract", identity, *BY)] == ["alpha:zte"]
    again = companies.overt("retract", identity, *BY)
    assert again.code == 1 and "is retracted already, by entry" in again.err


def test_two_records_are_explained_by_their_names(tmp_path: Path) -> None:
    atlas = Atlas(tmp_path)
    atlas.fetch(
        "alpha",
        make_statements("organization", "zte", name=["ZTE", "中兴通讯"], country="CN")
        + make_statements("organization", "hw", name="Huawei", country="CN"),
    )
    atlas.fetch("beta", make_statements("organization", "zte", name="中興通訊"))
    atlas.build()
    assert atlas.ok("judge", "explain", "ZTE", "中興通訊").out.startswith("same\n")
    assert atlas.ok("judge", "explain", "ZTE", "Huawei").out.startswith("not the same\n")
    assert atlas.ok("judge", "explain", "huawei", "alpha:zte").out.startswith("not the same\n")
    assert one_line(atlas.overt("judge", "explain", "ZTE", "Nobody"), 2).startswith("overt: Nobody: there is no such record")


def test_a_name_of_several_things_explains_nothing(tmp_path: Path) -> None:
    atlas = Atlas(tmp_path)
    atlas.fetch(
        "alpha",
        make_statements("organization", "one", name="Twin Works") + make_statements("organization", "two", name="Twin Works"),
    )
    atlas.ok("import")
    atlas.ok("resolve")
    atlas.judge("different", "alpha:one", "alpha:two")
    atlas.ok("resolve")
    line = one_line(atlas.overt("judge", "explain", "Twin Works", "alpha:one"), 2)
    assert line.startswith("overt: Twin Works: 2 records have that name: Twin Works (organization ovt-")
    assert line.endswith("; choose one by its id")
