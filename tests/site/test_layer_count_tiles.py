"""Numbers on pages about countries and organisations: sentences, tiles and the API agree, and groups add up."""

import html
import re

import pytest

from overt.model.record_ids import canonical_id
from overt.queries import organizations, records
from overt.queries.database import Reader
from overt.site.country.country_print_and_charts_context import project_counts
from overt.site.country.layer_strip import counted_by_tile as counted_in_country
from overt.site.country.layer_strip import tiles
from overt.site.country.main_page_context import briefing
from overt.site.country.project_totals_by_kind_and_purpose import project_totals, total_sentence
from overt.site.layer_count_tiles import Tile, in_several_tiles
from overt.site.organization.project_and_country_groups import country_groups
from overt.site.organization.supplied_projects_and_index_assessments import where_named
from overt.site.organization.tile_strip import counted_by_tile, strip_tiles
from overt.site.site import Site
from tests.support.client import Client
from tests.support.page_text import marked

COUNTRIES = ("KE", "LA", "UG", "TZ", "RU", "CN", "US", "GB", "FR")


def listed(client: Client, address: str | None) -> int:
    """Return the number of projects in the list to which a tile or a sentence leads, as the API counts them."""
    assert address
    filters = html.unescape(address).partition("?")[2].replace("company=", "organization=")
    return int(client.get(f"/api/v1/projects?{filters}&limit=1").json()["total"])


def in_words(tile: Tile) -> int:
    """Return the sum of all numbers of projects in a tile: those counted, those not counted, and those counted elsewhere."""
    more = re.findall(
        r"(\d+) (?:projects? not counted|more not counted|more under|more counted as|counted as|cables? on land)", tile.words
    )
    return int(tile.number) + sum(map(int, more))


@pytest.mark.parametrize("code", COUNTRIES)
def test_tiles_of_a_country_count_what_sentences_and_lists_count(site: Site, reader: Reader, client: Client, code: str) -> None:
    brief = briefing(site, reader, site.words.areas[code])
    total = total_sentence(site, code, project_totals(site, reader, code))
    # The sentence on surveillance names a few systems without their number. The sentence on all projects has the number.
    words = {row.topic: re.sub("<[^>]*>", "", row.text) for row in brief.paragraphs}
    words["surveillance"] = re.sub("<[^>]*>", "", total or "")
    by_layer = {tile.layer: tile for tile in tiles(site, reader, brief, project_counts(reader, code), {})}
    counted = counted_in_country(site, reader, brief)
    assert {layer: str(len(counted[layer])) for layer in ("surveillance", "networks")} == {
        layer: by_layer[layer].number for layer in ("surveillance", "networks")
    }
    note = re.search(r"(\d+) projects? (?:is|are) of several kinds", client.get(f"/country/{code}").text)
    assert (int(note[1]) if note else 0) == in_several_tiles(counted)
    for layer, topic, pattern in (
        ("surveillance", "surveillance", r"(\d+) surveillance systems?\b(?! is on record)"),
        ("networks", "networks", r"(\d+) networks? (?:or|and) data centres? (?:is|are) on record"),
        ("cables", "networks", r"(\d+) submarine cables? (?:is|are) on record"),
    ):
        match = re.search(pattern, words.get(topic, ""))
        tile = by_layer.get(layer)
        if tile is None:  # a 0 whose source isn't in the edition has no tile
            assert layer == "cables" and match is None
            continue
        assert tile.number == (match[1] if match else "0"), (tile, words.get(topic))
        if tile.address and "/explorer" in tile.address:
            assert in_words(tile) == listed(client, tile.address), tile


@pytest.mark.parametrize("record", ["secret_map:huawei", "open_register:attack", "open_register:bank", "open_register:marine"])
def test_numbers_of_an_organisation_add_up(site: Site, reader: Reader, client: Client, record: str) -> None:
    identity = canonical_id(record)
    named = where_named(site, reader, identity)
    entry = organizations.find(reader, identity)
    assert entry and named.groups.total == entry.projects and named.groups.rest >= 0
    groups = country_groups(named.countries)
    assert sum(map(len, groups)) == len(named.countries) == len({row.code for row in named.countries})
    assert all(row.other >= 0 for row in named.countries)
    subject = records.find(reader, identity)
    assert subject
    strip = strip_tiles(site, reader, subject, named, 1, 2)
    page = client.get(f"/organization/{identity}").text
    if 'class="tiles"' in page:  # one or two tiles would only repeat the lead
        assert not [tile for tile in strip if tile.address != "#lists" and f"{tile.number}</span>" not in page]
    else:
        assert len([tile for tile in strip if tile.address != "#lists"]) <= 2
    assert not [tile for tile in strip if tile.number == "0" and tile.layer != "surveillance"], "a tile says what there is"
    for tile in strip:
        if tile.address and "/explorer" in tile.address:
            assert int(tile.number) == listed(client, tile.address), tile
    counted = counted_by_tile(reader, subject, named)
    tile_numbers = {tile.layer: int(tile.number) for tile in strip if tile.layer}
    assert {layer: len(ids) for layer, ids in counted.items() if ids or layer in tile_numbers} == tile_numbers
    note = re.search(r"(\d+) projects? (?:is|are) of several kinds", page)
    twice = sum(tile_numbers.values()) - len(set().union(*counted.values()))
    assert (int(note[1]) if note else 0) == in_several_tiles(counted) <= twice and bool(note) == bool(twice)


def test_a_project_is_in_several_groups_only_if_several_tiles_count_it() -> None:
    assert in_several_tiles({"surveillance": {"a", "b"}, "networks": {"b", "c"}, "cables": {"b", "d"}}) == 1
    assert in_several_tiles({"surveillance": {"a"}, "networks": set()}) == 0


def test_programmes_and_restrictions_are_counted_apart(shipped: Client) -> None:
    text = marked(shipped.get("/country/CN").text)
    assert re.search(r"Counted apart from projects: \d+ state programmes\. As of the edition of", text)
    assert "Counted apart" not in shipped.get("/country/RS").text
