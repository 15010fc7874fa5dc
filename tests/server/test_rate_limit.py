"""The limit of requests per minute: clients that are too fast must wait."""

import orjson

from overt.model.workspace import Workspace
from overt.server.app import ServeSettings, create_app
from tests.support.client import Client
from tests.support.small_atlas import SmallAtlas


def limited(atlas: SmallAtlas, per_minute: int) -> Client:
    settings = atlas.workspace.root / "overt.toml"
    before = settings.read_text(encoding="utf-8")
    text = (
        before + f"\n[site]\nrequests_per_minute = {per_minute}\n"
        if "[site]" not in before
        else before.replace("requests_per_minute = 0", f"requests_per_minute = {per_minute}")
    )
    try:
        settings.write_text(text, encoding="utf-8")
        return Client(create_app(ServeSettings(Workspace.open(atlas.workspace.root), atlas.release)))
    finally:
        settings.write_text(before, encoding="utf-8")


def test_fast_clients_must_wait(atlas: SmallAtlas) -> None:
    slow = limited(atlas, 3)
    responses = [slow.get("/api/v1/releases") for _ in range(4)]
    assert [response.status_code for response in responses] == [200, 200, 200, 429]
    assert responses[-1].headers["retry-after"] == "60"
    assert responses[-1].headers["content-type"] == "application/problem+json"
    page = slow.get("/figures")
    assert (page.status_code, page.headers["content-type"]) == (429, "text/plain; charset=utf-8")
    assert all(slow.get("/static/style.css").status_code == 200 for _ in range(5))


def test_a_batch_counts_as_many_times_as_it_has_queries(atlas: SmallAtlas) -> None:
    slow = limited(atlas, 12)

    def ask(queries: int) -> int:
        batch = orjson.dumps({str(at): {"query": "Huawei"} for at in range(queries)}).decode()
        return slow.request("POST", "/reconcile", data={"queries": batch}).status_code

    assert [ask(10), ask(10)] == [200, 429]
    slow = limited(atlas, 3)
    assert ask(5) == 200, "what is more than a minute's is as much as a minute's"
