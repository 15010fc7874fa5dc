"""`/tiles`: its description leads to tiles with the same contents as the map."""

import json

import pytest

from tests.queries.maps.test_vector_tile_encoding_and_points import _fields, decode
from tests.support.client import HOST, Client
from tests.support.hostile_and_secret_words import SECRETS
from tests.validators import ogrinfo


def layers(tile: bytes) -> dict[str, bytes]:
    """Return the layers of a tile by name, each as a tile."""
    by_name = {}
    for _, content in _fields(tile):
        assert isinstance(content, bytes)
        name = next(value for field, value in _fields(content) if field == 1)
        assert isinstance(name, bytes)
        size = bytearray()
        left = len(content)
        while left > 0x7F:
            size.append(left & 0x7F | 0x80)
            left >>= 7
        by_name[name.decode()] = b"\x1a" + bytes((*size, left)) + content
    return by_name


def test_the_description_leads_to_tiles(client: Client) -> None:
    for path in ("/tiles", "/tiles/tiles.json"):
        description = client.get(path).json()
        assert description["tilejson"] == "3.0.0"
        assert [layer["id"] for layer in description["vector_layers"]] == ["countries", "cables", "points"]
    (address,) = description["tiles"]
    tile = client.get(address.format(z=0, x=0, y=0).removeprefix(HOST))
    assert tile.headers["content-type"] == "application/vnd.mapbox-vector-tile"
    by_name = layers(tile.content)
    assert {"points", "cables"} <= by_name.keys()
    points = decode(by_name["points"])
    drawn = client.get("/api/v1/map/places").json()["features"]
    assert sum(properties.get("count", 1) for _, _, properties in points) == len(drawn)
    fields = next(layer["fields"] for layer in client.get("/tiles").json()["vector_layers"] if layer["id"] == "points")
    assert {name for _, _, properties in points for name in properties} <= fields.keys()


@pytest.mark.parametrize("path", ["/tiles/1/2/0.mvt", "/tiles/15/0/0.mvt", "/tiles/0/0/-1.mvt", "/tiles/x"])
def test_a_tile_that_is_not_there(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404 and response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["/tiles?x=1", "/tiles/0/0/0.mvt?kind=5g-network", "/tiles/a/0/0.mvt"])
def test_impossible_tiles_are_refused(client: Client, path: str) -> None:
    assert client.get(path).status_code in (400, 404)
    assert client.get(path).headers["content-type"] == "application/problem+json"


@pytest.mark.ci
def test_public_tiles_exclude_withheld_sources(client: Client, public_client: Client) -> None:
    private, public = client.get("/tiles/14/8800/5374.mvt").content, public_client.get("/tiles/14/8800/5374.mvt").content
    assert b"Geheimprojekt" in private, "else the next line proves nothing"
    everything = public + public_client.get("/tiles/0/0/0.mvt").content + public_client.get("/tiles").content
    assert not [mark for mark in SECRETS if mark.encode() in everything]


def test_gdal_reads_a_tile(client: Client, tmp_path) -> None:
    path = tmp_path / "0.mvt"
    path.write_bytes(client.get("/tiles/0/0/0.mvt").content)
    by_name = {layer["name"]: layer for layer in json.loads(ogrinfo("-json", "-so", "-al", f"MVT:{path}"))["layers"]}
    assert {"points", "cables"} <= by_name.keys()
    assert by_name["points"]["featureCount"] == len(decode(layers(path.read_bytes())["points"]))
