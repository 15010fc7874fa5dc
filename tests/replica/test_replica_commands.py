"""Output and errors of `overt publish --replica`, `overt serve --replica`, and `overt verify` on a copy."""

import json
import shutil
from pathlib import Path

import pytest

from overt.model.workspace import Workspace
from tests.replica.published_copies_and_test_servers import Copies, forge_index, release_of
from tests.support.command_runs import overt
from tests.support.small_atlas import SmallAtlas


def test_a_copy_is_published_and_renewed(copies: Copies, tmp_path: Path) -> None:
    atlas = shutil.copytree(copies.atlas, tmp_path / "atlas")
    copy = shutil.copytree(copies.second, tmp_path / "copy")
    refused = overt("publish", copy, "--replica", "-w", atlas)
    assert refused.code == 2 and "already has a copy; --force updates it" in refused.err
    written = overt("publish", copy, "--replica", "--force", "--json", "-w", atlas)
    report = json.loads(written.out)
    assert report["release"] == release_of(copies.second) == report["releases"][-1] and report["files"] > 50
    assert "left out, because `republish` in overt.toml does not allow it: secret_map (private)" in written.err
    renewed = json.loads(overt("publish", copy, "--renew", "--json", "-w", atlas).out)
    assert renewed["version"] == report["update"]["version"] + 1


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("serve", "--root", "x"), "--root and --state go with --replica"),
        (("serve", "--replica", "x", "--state", "x"), "--replica needs --root"),
        (
            ("serve", "--replica", "x", "--root", "x", "--state", "x", "--workers", "2"),
            "start several servers, each with its own",
        ),
        (("serve", "--replica", "x", "--root", "x", "--state", "x", "--desk"), "leave out --release and --desk"),
        (("publish", "x", "--replica", "--subset", "country=KE"), "a copy for servers has all projects"),
        (("publish", "x", "--replica", "--renew"), "--renew changes no page"),
    ],
)
def test_options_that_do_not_go_together(words: tuple[str, ...], reason: str) -> None:
    outcome = overt(*words)
    assert outcome.code == 2 and reason in outcome.err


def test_a_server_without_a_good_copy_ends_with_one_line(copies: Copies, atlas: SmallAtlas, tmp_path: Path) -> None:
    machine = Workspace.create(tmp_path / "machine").root
    options = ("--root", copies.root, "--state", tmp_path / "seen", "-w", machine, "--port", "0")
    missing = overt("serve", "--replica", tmp_path / "copy", *options)
    assert missing.code == 2 and "copy there what `overt publish --replica` has written" in missing.err
    other = overt("serve", "--replica", atlas.workspace.root, *options)
    assert other.code == 1 and "is missing or not complete" in other.err
    assert len(missing.err.splitlines()) == len(other.err.splitlines()) == 1


def test_a_copy_is_verified_without_serving_it(copies: Copies, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(copies.second, tmp_path / "copy"))
    options = ("--root", copies.root, "--state", tmp_path / "seen")
    good = overt("verify", copy, *options)
    assert good.code == 0 and f"release {release_of(copies.second)}" in good.out and good.out.startswith("whole: the copy in ")
    forge_index(copy, copies.second)
    bad = overt("verify", copy, *options)
    assert (bad.code, bad.out) == (1, "1 problem\n") and "is not the file that the publisher signed" in bad.err
    document = json.loads(overt("verify", copy, *options, "--json").out)
    assert document["whole"] is False and [row["part"] for row in document["problems"]] == ["copy"]
    refused = overt("verify", copy, "--root", copies.root)
    assert refused.code == 2 and "check it with --root and --state" in refused.err
    with_key = overt("verify", copy, *options, "--key", copies.atlas.parent / "release.key.pub")
    assert with_key.code == 2 and "leave out --key" in with_key.err, "the root says who may sign a copy"
