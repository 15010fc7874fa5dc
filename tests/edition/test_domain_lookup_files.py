"""Looking up a domain in a static edition gives the same result as on a server."""

from pathlib import Path

import orjson
import pytest

from overt.edition.domain_lookup_files import lookup_files, number_of
from overt.edition.edition_plan import file_of_part, parts
from overt.index.release_preparation import prepare
from overt.queries.blocking import blocklists as observed
from overt.server.app import ServeSettings
from overt.server.sites_by_language import make_sites
from tests.importing.blocklist_files import HENAN, NATIONAL
from tests.support.blocklist_atlas import measured_atlas

NAMES = [f"n{at}.example" for at in range(400)]
DAYS = {
    NATIONAL: {"2024-03-03": [*NAMES[:390], "x.com"], "2024-03-04": NAMES[5:], "2024-10-08": [*NAMES[7:300], "x.com"]},
    HENAN: {"2024-03-04": ["-m.cedar", NAMES[0]]},
}


def script_data(body: bytes, name: str) -> object:
    assert body.startswith(b'overtFileLoaded("domain/lists/' + name.encode() + b'",') and body.endswith(b")\n")
    return orjson.loads(body.partition(b",")[2].removesuffix(b")\n"))


def test_hashes_match_the_published_test_vectors() -> None:
    for text, digest in (("", 0x811C9DC5), ("a", 0xE40C292C), ("foobar", 0xBF9CF968)):
        assert number_of(text, 1 << 32) == digest


@pytest.mark.parametrize("size", [48_000, 2_000])
def test_every_domain_is_in_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr("overt.edition.domain_lookup_files._SIZE", size)
    atlas = measured_atlas(tmp_path, DAYS, dns=["x.com", "other.example"])
    settings = ServeSettings(atlas.workspace, atlas.build())
    site = make_sites(settings, prepare(settings))["en"]
    files = dict(lookup_files(site))
    index = script_data(files.pop("domain/lists/index.js"), "index")
    assert isinstance(index, dict) and index["files"] == len(files) == (1 if size == 48_000 else 16)
    assert all(len(body) < 3 * size for body in files.values())
    all_domains = {}
    for name, body in files.items():
        number = Path(name).stem
        domains = script_data(body, number)
        assert isinstance(domains, dict)
        assert all(f"{number_of(domain, index['files']):x}" == number for domain in domains)
        all_domains |= domains
    assert set(all_domains) == {*NAMES, "x.com", "-m.cedar", "other.example"}
    with site.database.lease() as reader:
        series = observed.series(reader)
        for domain, episodes in all_domains.items():
            expected = [
                (row.series, *((row.start, row.end, row.measurements) if row.first_listed else ()))
                for row in observed.domain_episodes(reader, domain)
            ]
            assert [(series[at].series, *rest) for at, *rest in episodes] == expected
    assert index["series"] == [[f"China: {row.label}", f"中国：{row.label_zh}"] for row in series]
    planned = {file_of_part(site, part) for part in parts({"en": site})}
    assert {"domain/index.html", "domain/files/", "blocked.csv.gz", "country/CN/blocked.csv"} <= planned
    site.database.close()
