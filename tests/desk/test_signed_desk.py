"""The desk of a ledger with keys signs with the key of the person who starts it."""

from pathlib import Path

import pytest

from overt.model.errors import UsageError
from overt.server.app import ServeSettings, create_app
from tests.desk.conftest import HERE, TOKEN, DeskClient
from tests.support.command_built_atlas import Atlas

ANSWER = {"left": "alpha:bluestem", "right": "beta:bluestem", "why": "one website", "at": "0", "verdict": "same"}


def serve(atlas: Atlas, release: str) -> DeskClient:
    return DeskClient(create_app(ServeSettings(atlas.workspace, release, desk=TOKEN)))


def test_judgements_are_signed_and_contain_no_name(made: tuple[Atlas, str]) -> None:
    atlas, release = made
    atlas.ok("key", "editor", "--no-passphrase", "--name", "Ada")
    desk = serve(atlas, release)
    page = desk.get(f"{HERE}?at=0").text
    assert 'name="who"' not in page and "Signed with the key of whoever started the desk." in page
    assert desk.post("judge", **ANSWER).status_code == 303
    assert desk.post("undo", entry="2", why="two websites").status_code == 303
    assert [entry.seen for entry in atlas.ledger.entries()] == [0, 1, 2]
    assert list(atlas.ledger.verify()) == []
    assert "Ada" in desk.get(f"{HERE}judgements").text, "this machine knows the name behind the key"


def test_the_desk_does_not_start_without_the_key(
    made: tuple[Atlas, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    atlas, release = made
    atlas.ok("key", "editor", "--no-passphrase")
    monkeypatch.setenv("OVERT_EDITOR_KEY", str(tmp_path / "other.key"))
    with pytest.raises(UsageError, match="takes signed entries only"):
        serve(atlas, release)
