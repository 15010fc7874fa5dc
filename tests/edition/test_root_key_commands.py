"""`overt key root`, `overt key approve`, `overt publish` and `overt verify --root` in sequence, and options they refuse."""

import json
import shlex
import shutil
from functools import partial
from pathlib import Path

import pytest

from overt.edition import edition_publication
from overt.edition import site_files_writer as making
from overt.model.workspace import SETTINGS, Workspace
from tests.edition.small_editions import few
from tests.support.command_runs import Outcome, overt
from tests.support.small_atlas import SmallAtlas


def ok(*words: object) -> Outcome:
    outcome = overt(*words)
    assert outcome.code == 0, outcome
    return outcome


def test_the_commands_in_the_documentation_give_a_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The documented commands used to omit the key for releases, so `overt key root` refused to run."""
    root = Workspace.create(tmp_path / "atlas").root
    monkeypatch.chdir(root)
    page = (Path(__file__).parents[2] / "docs" / "keys-and-witnesses.md").read_text(encoding="utf-8")
    block = page.partition("how many of the root's keys must sign:\n\n")[2].partition("\n\n")[0]
    commands = [shlex.split(line, comments=True)[1:] for line in block.splitlines()]
    for holder in ("bob.key", "carol.key"):
        ok("key", "release", holder)
    for words in commands:
        outcome = ok(*words)
        if "set it under [signing]" in block.splitlines()[commands.index(words)]:
            [line] = [line for line in outcome.err.splitlines() if line.startswith("key = ")]
            text = (root / SETTINGS).read_text(encoding="utf-8")
            (root / SETTINGS).write_text(text.replace('key = ""', line, 1), encoding="utf-8")
        if words[-1] == "alice.key" and words[1] == "release":
            assert "If it is to sign roots of trust, don't set it there: keep it offline, and give alice.key.pub" in outcome.err
    assert (root / "trust" / "1.root.json").is_file()


def test_from_keys_to_a_reader(atlas: SmallAtlas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "parts", partial(few, all_parts=making.parts))
    monkeypatch.setattr(edition_publication, "publish", partial(edition_publication.publish, workers=1))
    root, site, state = tmp_path / "atlas", tmp_path / "site", tmp_path / "state"
    shutil.copytree(atlas.workspace.root, root)
    here = ("--workspace", root)
    for name in ("a.key", "b.key", "release.key"):
        ok("key", "release", tmp_path / name)
    refused = overt("key", "root", "--key", tmp_path / "a.key.pub", *here)
    assert refused.code == 2 and "names no key under [signing]" in refused.err
    text = (root / SETTINGS).read_text(encoding="utf-8")
    (root / SETTINGS).write_text(text.replace('key = ""', f'key = "{tmp_path / "release.key"}"'), encoding="utf-8")
    keys = [word for name in ("a", "b") for word in ("--key", tmp_path / f"{name}.key.pub")]
    too_many = overt("key", "root", *keys, "--threshold", 3, *here)
    assert too_many.code == 2 and "cannot need 3 signatures" in too_many.err
    draft = json.loads(ok("key", "root", *keys, "--json", *here).out)
    assert draft["missing"] == 2 and Path(draft["path"]).name == "draft.root.json"
    assert "needs 1 signature or more" in ok("key", "approve", tmp_path / "a.key", *here).err
    assert "1.root.json: sha256 " in ok("key", "approve", tmp_path / "b.key", *here).out
    assert overt("key", "approve", tmp_path / "b.key", *here).code == 2

    assert "update metadata: version 1, until " in ok("publish", site, *here).err
    listed = json.loads((site / "manifest.json").read_text())["files"].keys()
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    metadata = {f"metadata/{name}.json" for name in ("1.root", "targets", "snapshot", "timestamp")}
    assert files - listed == metadata | {"manifest.json", "manifest.json.sig"}, "metadata is outside the manifest"

    reader = ("--root", root / "trust" / "1.root.json")
    old = shutil.copytree(site, tmp_path / "old")
    assert "the newest by update metadata 1, until " in ok("verify", site, *reader, "--state", state).out
    renewed = json.loads(ok("publish", site, "--renew", "--json", *here).out)
    assert renewed["version"] == 2
    ok("verify", site, *reader, "--state", state)
    rolled_back = overt("verify", old, *reader, "--state", state)
    assert rolled_back.code == 1 and "(rollback" in rolled_back.err
    document = json.loads(ok("verify", old, *reader, "--json").out)
    assert document["whole"] is True and "without --state" in document["notes"][0]
    ok("verify", old, "--key", tmp_path / "release.key.pub")


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("verify", "--state", "x"), "--state and --offline go with --root"),
        (("verify", "--root", "x"), "--root checks a static edition"),
        (("publish", "x", "--renew", "--force"), "--renew changes no page"),
    ],
)
def test_options_that_do_not_go_together(words: tuple[str, ...], reason: str) -> None:
    outcome = overt(*words)
    assert outcome.code == 2 and reason in outcome.err
