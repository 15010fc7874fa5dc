"""A server keeps the files that it reads, even while releases are built, replaced or removed."""

import shutil
import threading
import time
from pathlib import Path
from typing import Any

import httpx
import pytest
from filelock import FileLock

from overt.cli.web_server import server_config
from overt.index import cache_locks_and_cleanup, release_preparation
from overt.index.hard_links_to_served_files import PREFIX, remove_abandoned, serving_files
from overt.index.prepared_release import PreparedRelease
from overt.index.serve_settings import ServeSettings
from overt.model.files.file_digests import CHECKED_ENDING, DIGEST_ENDING
from overt.model.settings import SiteSettings
from overt.server.app import create_app, prepare
from tests.support.small_atlas import SmallAtlas, make_atlas
from tests.support.web_server import running


def test_files_outlast_their_names(atlas: SmallAtlas, tmp_path: Path) -> None:
    prepared = prepare(ServeSettings(atlas.workspace, atlas.release))
    cache = tmp_path / "cache"
    with serving_files(prepared, cache) as linked:
        for before, after in ((prepared.database, linked.database), (prepared.manifest, linked.manifest)):
            assert before and after and after != before and after.read_bytes() == before.read_bytes()
        assert sorted(path.name for path in linked.tables.iterdir()) == sorted(path.name for path in prepared.tables.iterdir())
        assert linked.drawings == prepared.database.parent
        names = {path.name for path in linked.database.parent.iterdir()}
        expected = {prepared.database.name, f"{prepared.database.name}{DIGEST_ENDING}"}
        assert names - {f"{prepared.database.name}{CHECKED_ENDING}"} == expected, "a check may have left its marker, or not yet"
    assert not list(cache.iterdir())


def test_folders_of_killed_servers_are_removed_and_those_of_running_ones_stay(atlas: SmallAtlas, tmp_path: Path) -> None:
    prepared = prepare(ServeSettings(atlas.workspace, atlas.release))
    abandoned = tmp_path / f"{PREFIX}0123"
    (abandoned / "tables").mkdir(parents=True)
    (abandoned / "in-use").touch()
    with serving_files(prepared, tmp_path) as first, serving_files(prepared, tmp_path) as second:
        assert not abandoned.exists()
        assert first.database.is_file() and second.database.is_file() and first.database != second.database


def test_a_cache_that_cannot_be_written_is_no_obstacle(atlas: SmallAtlas, tmp_path: Path) -> None:
    prepared = prepare(ServeSettings(atlas.workspace, atlas.release))
    (tmp_path / "file").touch()
    with serving_files(prepared, tmp_path / "file" / "cache") as linked:
        assert linked is prepared


def test_a_folder_is_never_there_without_its_lock(
    atlas: SmallAtlas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    prepared = prepare(ServeSettings(atlas.workspace, atlas.release))
    acquire = FileLock.acquire

    def after_another_server(lock: FileLock, **more: Any) -> object:
        if not list(tmp_path.glob(f"{PREFIX}*")):
            monkeypatch.setattr(FileLock, "acquire", acquire)
            remove_abandoned(tmp_path)
        return acquire(lock, **more)

    monkeypatch.setattr(FileLock, "acquire", after_another_server)
    with serving_files(prepared, tmp_path) as linked:
        assert linked.database.is_file() and linked is not prepared
        remove_abandoned(tmp_path)
        assert linked.database.is_file()

    def fail(*_: object, **__: object) -> None:
        raise OSError("no locks")

    monkeypatch.setattr(FileLock, "acquire", fail)
    with serving_files(prepared, tmp_path) as linked:
        assert linked is prepared and "no locks" in caplog.text
    assert not list(tmp_path.iterdir())


def test_two_processes_prepare_a_release_once(atlas: SmallAtlas, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = ServeSettings(atlas.workspace, atlas.release)
    begun, finish, steps = threading.Event(), threading.Event(), list[str]()
    original, prepared = release_preparation._prepare, []

    def slow(*values: Any) -> PreparedRelease:
        begun.set()
        assert finish.wait(10)
        return original(*values)

    def wait(step: str, share: float | None = None) -> None:
        steps.append(step)
        finish.set()

    monkeypatch.setattr(release_preparation, "_prepare", slow)
    monkeypatch.setattr(cache_locks_and_cleanup, "_WAIT_SECONDS", 0.05)
    thread = threading.Thread(target=lambda: prepared.append(prepare(settings)))
    thread.start()
    assert begun.wait(10)
    assert prepare(settings, wait).database.is_file() and "waiting for another process" in steps
    thread.join()
    assert prepared and not list(atlas.workspace.cache.glob(".*.preparing"))


@pytest.mark.slow
def test_readers_notice_no_release_that_is_built_replaced_or_removed(tmp_path: Path) -> None:
    workspace, first = make_atlas(tmp_path / "atlas")
    _, release = make_atlas(workspace.root, note="the second")
    settings = ServeSettings(workspace, release, public=True)
    with serving_files(prepare(settings), workspace.cache) as prepared:
        app = create_app(settings, prepared)
        served = prepared.release
        paths = (
            "/", "/explorer?year_from=2018", "/projects.csv?year_from=2018", f"/release/{served}/manifest.json",
            f"/release/{served}/tables/records.parquet", "/api/v1/releases", f"/api/v1/releases/{first}+open/figures",
            f"/api/v1/releases/{served}/figures", f"/api/v1/changes?since={first}", "/search?q=kenya", "/country/KE",
        )  # fmt: skip
        stop, wrong, requests = threading.Event(), [], [0] * 4
        with running(server_config(app, SiteSettings())) as port, httpx.Client(base_url=f"http://127.0.0.1:{port}") as client:
            expected = {path: client.get(path, timeout=60) for path in paths}
            assert {answer.status_code for answer in expected.values()} == {200}

            def read(number: int) -> None:
                with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as reader:
                    while not stop.is_set():
                        for path in paths:
                            answer = reader.get(path)
                            requests[number] += 1
                            if answer.status_code != 200 or answer.content != expected[path].content:
                                wrong.append(f"{path}: {answer.status_code}")

            threads = [threading.Thread(target=read, args=[number]) for number in range(4)]
            for thread in threads:
                thread.start()
            make_atlas(workspace.root, note="the third")  # a release is built, then files are replaced and removed
            for path in [*workspace.cache.rglob("serve-*.sqlite"), *workspace.releases.rglob("*.parquet")]:
                if PREFIX not in str(path):
                    (path.parent / "other").write_bytes(b"no table")
                    (path.parent / "other").replace(path)
            time.sleep(1)
            shutil.rmtree(workspace.releases)
            for folder in workspace.cache.iterdir():
                if not folder.name.startswith(PREFIX):
                    shutil.rmtree(folder, ignore_errors=True)
            time.sleep(2)
            assert client.get("/releases", timeout=60).status_code == 200, "it lists those that are there"
            stop.set()
            for thread in threads:
                thread.join()
        assert not wrong and min(requests) > len(paths)
