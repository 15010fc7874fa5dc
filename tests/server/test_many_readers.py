"""Many simultaneous readers get only their own rows and no errors, even while another release is being built."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import orjson
import pytest
import uvicorn

from overt.queries.database import Database
from overt.queries.records import claims
from overt.server.app import ServeSettings, create_app, prepare
from tests.support.small_atlas import SmallAtlas, make_atlas
from tests.support.web_server import running


@contextmanager
def serving(settings: ServeSettings) -> Iterator[str]:
    """Run a real server on a free port of this machine; yield its address."""
    config = uvicorn.Config(create_app(settings), access_log=False, log_level="error")
    with running(config) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.mark.slow  # tests/flow/test_serving_while_writing.py tests the same with the command line
def test_eight_readers_while_a_release_is_made(tmp_path: Path) -> None:
    workspace, release = make_atlas(tmp_path / "atlas")
    with serving(ServeSettings(workspace, release)) as address:
        ids = [row["id"] for row in _records(ServeSettings(workspace, release))]
        wrong: list[str] = []
        requests = [0] * 8
        stop = threading.Event()

        def read(number: int) -> None:
            with httpx.Client(base_url=address, timeout=60) as client:
                mine = ids[number::8]
                while not stop.is_set() or requests[number] < 5:
                    for identity in mine:
                        response = client.get(f"/api/v1/records/{identity}")
                        requests[number] += 1
                        if (
                            response.status_code != 200
                            or response.json()["id"] != identity
                            or response.json()["release"] != release
                        ):
                            wrong.append(f"{identity}: {response.status_code}")
                        page = client.get("/explorer?q=kenya")
                        if page.status_code != 200 or release not in page.text:
                            wrong.append(f"page: {page.status_code}")

        threads = [threading.Thread(target=read, args=[number]) for number in range(8)]
        for thread in threads:
            thread.start()
        made = [make_atlas(workspace.root, note=f"release {number}")[1] for number in range(4)]
        prepare(ServeSettings(workspace))
        stop.set()
        for thread in threads:
            thread.join()
        assert wrong == []
        assert min(requests) >= 5
        assert len({release, *made}) == 5
        listed = httpx.get(f"{address}/releases").text
        assert all(identity in listed for identity in made), "releases made meanwhile are listed"


def test_threads_of_one_process_get_their_own_rows(atlas: SmallAtlas) -> None:
    settings = ServeSettings(atlas.workspace, atlas.release)
    database = Database(prepare(settings).database)
    ids = [row["id"] for row in _records(settings)]
    wrong: list[str] = []

    def read(number: int) -> None:
        for _ in range(30):
            for identity in ids[number::8]:
                with database.lease() as reader:
                    wrong.extend(row.id for row in claims(reader, identity) if row.id != identity)

    threads = [threading.Thread(target=read, args=[number]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert len(database._idle) <= 8
    database.close()


def _records(settings: ServeSettings) -> list[dict[str, str]]:
    database = Database(prepare(settings).database)
    with database.lease() as reader:
        ids = reader._connection.execute("SELECT id FROM records").fetchall()
        rows = reader.rows("records.by_id", [orjson.dumps([name for (name,) in ids]).decode()])
    database.close()
    return rows
