"""In the directory of an atlas, commands work without naming the atlas."""

import pytest

from tests.support.command_built_atlas import BY, DOCUMENT, Atlas, make_statements
from tests.support.command_runs import overt

COMMANDS = (
    ("import",),
    ("resolve",),
    ("release",),
    ("build",),
    ("sources",),
    ("figures",),
    ("search", "zte"),
    ("show", "alpha:zte"),
    ("verify",),
    ("judge", "next"),
    ("judge", "next", "--json"),
    ("judge", "review", "--json"),
    ("judge", "list"),
    ("judge", "list", "--relations"),
    ("judge", "aliases"),
    ("judge", "explain", "alpha:zte", "beta:zte"),
    ("judge", "unsure", "alpha:zte", "beta:zte", *BY),
    ("judge", "export"),
    ("claim", "add", "alpha:zte", "organization", "country", "CN", *DOCUMENT, *BY),
    ("retract", "alpha:zte", *BY),
    ("judge", "undo", "1", *BY),
    ("diff", "latest", "latest"),
)


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """An atlas with two organisations that are probably the same, so there is an open question."""
    atlas = Atlas(tmp_path_factory.mktemp("inside"))
    atlas.fetch(
        "alpha", make_statements("organization", "zte", name="Zhongxing Telecommunication Equipment Corporation", country="CN")
    )
    atlas.fetch("beta", make_statements("organization", "zte", name="Zhongxing Telecommunications Equipment", country="CN"))
    atlas.build()
    return atlas


@pytest.mark.slow(after=1)
@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_no_directory_is_named(atlas: Atlas, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(atlas.root)
    outcome = overt(*words)
    assert outcome.code == 0, outcome


def test_there_is_a_question(atlas: Atlas, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(atlas.root)
    assert overt("judge", "next", "--json").out.strip() != "null", "there was a question, so the index of claims was opened"
