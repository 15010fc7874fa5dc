"""Files shipped with Overt, in a user's own atlas: used only on request or if the atlas is empty, and never silently."""

import shutil
from pathlib import Path

import orjson
import pytest

from overt.archive import Archive
from tests.cli.test_exit_codes_errors_and_json import one_line
from tests.support.command_built_atlas import Atlas, make_statements
from tests.support.release_table_rows_and_file_hashes import read_table
from tests.support.shipped_edition import ShippedEdition

LIST = "us_fcc_covered"
INDEX = "aigs_2019"


@pytest.fixture
def atlas(tmp_path: Path) -> Atlas:
    """An empty atlas with two sources whose files Overt ships, and one whose files it doesn't ship."""
    made = Atlas(tmp_path)
    settings = made.root / "overt.toml"
    expected = orjson.dumps([LIST, INDEX, "telegeography"]).decode()
    settings.write_text(settings.read_text(encoding="utf-8").replace("sources = []", f"sources = {expected}"), encoding="utf-8")
    return made


def origins(atlas: Atlas) -> dict[str, str]:
    return {snapshot.source: snapshot.captures[0].address for snapshot in Archive(atlas.root / "archive").snapshots()}


def file_of(atlas: Atlas, source: str, folder: Path) -> Path:
    """Copy a source's sample to a new folder, and return the folder. To Overt, these files are the publisher's own."""
    folder.mkdir()
    for path in Path(str(atlas.workspace.content.source_folders[source] / "sample")).iterdir():
        shutil.copy(path, folder)
    return folder


def test_a_new_atlas_is_built_of_what_overt_ships_and_says_so(atlas: Atlas) -> None:
    built = atlas.ok("build")
    assert "the archive is empty: taking what Overt ships; --from DIR takes files of your own" in built.err
    assert f"{LIST}: archived as 2026-11-24-" in built.err
    assert "(1 file), as shipped with Overt" in built.err
    assert "telegeography: skipped: Overt does not ship it (reuse: non-commercial)" in built.err
    assert origins(atlas) == {LIST: f"overt:edition/{LIST}", INDEX: f"overt:edition/{INDEX}"}
    release = built.out.splitlines()[-1]
    assert atlas.rows(release, "SELECT count(*) AS n FROM listings")[0]["n"] > 0
    assert "shipped" not in atlas.ok("build").err, "an atlas that has files is built of these"


def test_an_atlas_that_has_anything_is_not_filled_up(tmp_path: Path) -> None:
    atlas = Atlas(tmp_path)
    atlas.fetch("alpha", make_statements("project", "p", name="P"))
    assert "shipped" not in atlas.ok("build").err
    assert set(origins(atlas)) == {"alpha"}


def test_an_atlas_with_only_editorial_claims_gets_no_shipped_files(tmp_path: Path) -> None:
    atlas = Atlas(tmp_path)
    atlas.claim("editorial:x", "project", "name", "X")
    atlas.build()
    assert origins(atlas) == {}


def test_one_source_as_shipped(atlas: Atlas) -> None:
    [fetched] = atlas.read_json("fetch", INDEX, "--shipped")
    assert fetched.keys() == {"source", "snapshot", "new", "files", "origin", "skipped"}
    assert (fetched["source"], fetched["new"], fetched["files"], fetched["origin"], fetched["skipped"]) == (
        INDEX,
        True,
        1,
        "shipped",
        None,
    )
    assert set(origins(atlas)) == {INDEX}
    assert "Overt does not ship it" in one_line(atlas.overt("fetch", "telegeography", "--shipped"), 2)


def test_the_transcription_note_is_that_of_the_files_in_use(atlas: Atlas, tmp_path: Path) -> None:
    shutil.copytree(str(atlas.workspace.content.source_folders[LIST]), atlas.root / "sources" / LIST)
    described = atlas.root / "sources" / LIST / "source.yml"
    described.write_text(described.read_text(encoding="utf-8") + "  transcribed: Put in other words.\n", encoding="utf-8")

    def said_of_it() -> str:
        return str(atlas.rows(atlas.build(), f"SELECT transcribed FROM sources WHERE source = '{LIST}'")[0]["transcribed"])

    atlas.ok("fetch", LIST, "--shipped")
    assert said_of_it() == "Put in other words."
    folder = file_of(atlas, LIST, tmp_path / "files")
    atlas.ok("fetch", LIST, "--from", folder)
    assert said_of_it().startswith("The table of the Commission’s page")


def test_fetching_from_nowhere_says_that_overt_ships_it(atlas: Atlas) -> None:
    assert "or --shipped for what Overt ships of it" in one_line(atlas.overt("fetch", INDEX), 2)
    assert "--shipped" not in one_line(atlas.overt("fetch", "telegeography"), 2)
    assert origins(atlas) == {}


def test_a_directory_is_complemented_by_shipped_files_only_on_request(atlas: Atlas, tmp_path: Path) -> None:
    folder = file_of(atlas, LIST, tmp_path / "files")
    fetched = atlas.ok("fetch", "--from", folder, "--retrieved", "2026-01-01")
    assert f"{INDEX}: skipped: no file for 'countries' in {folder}" in fetched.err
    assert "Overt ships it: --shipped takes that" in fetched.err
    assert set(origins(atlas)) == {LIST}
    atlas.ok("fetch", "--from", folder, "--retrieved", "2026-01-01", "--shipped")
    addresses = origins(atlas)
    assert set(addresses) == {LIST, INDEX}
    assert addresses[INDEX].startswith("overt:edition/")
    assert not addresses[LIST].startswith("overt:edition/"), "what is in the directory comes first"


def test_the_publishers_own_files_take_precedence_at_any_retrieval_date(atlas: Atlas, tmp_path: Path) -> None:
    """The shipped edition has only part of the data, so the publisher's files are used although their date is earlier."""
    atlas.ok("fetch", LIST, "--shipped")
    atlas.ok("fetch", LIST, "--from", file_of(atlas, LIST, tmp_path / "files"), "--retrieved", "2020-01-01")
    standings = {imported["snapshot"]: imported["stands"] for imported in orjson.loads(atlas.overt("import", LIST, "--json").out)}
    assert [standings[name] for name in sorted(standings)] == [True, False]
    assert "the archive has the publisher's own files of it" in one_line(atlas.overt("fetch", LIST, "--shipped"), 2)


def test_an_address_and_what_is_shipped_exclude_each_other(atlas: Atlas) -> None:
    assert "use one of them" in one_line(
        atlas.overt("fetch", INDEX, "--from", "https://files.example/aigs_index_2019.csv", "--shipped"), 2
    )


def test_sources_say_where_to_get_what(atlas: Atlas) -> None:
    listed = atlas.ok("sources").out
    said_of = {block.split("  ")[0]: block for block in listed.split("\n\n")[0].replace("\n  ", "\x00").splitlines()}
    index = said_of[INDEX].split("\x00")
    assert "licence   CC BY 4.0; reuse: open" in index
    assert "shipped   the openly licensed facts, retrieved 2026-11-24: `overt fetch aigs_2019 --shipped`" in index
    assert "get it at https://carnegieendowment.org/publications/interactive/ai-surveillance" in index
    assert "files     *aigs_index_2019*.csv" in index
    assert "put them  anywhere below DIR of `overt fetch aigs_2019 --from DIR`" in index
    assert "archived  not fetched" in index
    map_ = said_of["telegeography"]
    assert "shipped   no" in map_
    assert "leave them in the folders named above" in map_
    sources = {source["slug"]: source for source in atlas.read_json("sources")}
    assert (sources[INDEX]["shipped"], sources["telegeography"]["shipped"]) == ("2026-11-24", None)
    assert sources[INDEX]["address"].startswith("https://")


def test_demo_says_that_it_resolves(shipped_edition: ShippedEdition) -> None:
    steps = [line.partition(":")[0] for line in shipped_edition.messages.splitlines()]
    expected = ["fetch", "import", "resolve", "release"]
    assert [step for step in steps if step in expected] == expected


def test_files_of_a_later_day_are_newer(shipped_edition: ShippedEdition) -> None:
    """The order of archiving, not the alphabetical order of the sources, decides whose value is newer."""
    [release] = (shipped_edition.root / "releases").glob("2*")
    sources = read_table(release / "tables" / "sources.parquet", "retrieved, recency")
    assert len({row["retrieved"] for row in sources}) > 1
    by_day = [row["recency"] for row in sorted(sources, key=lambda row: row["retrieved"])]
    assert by_day == sorted(by_day)


def test_older_files_are_archived_first(tmp_path: Path) -> None:
    """Overt ships the files of two sources. The files of the third are the user's own, and are older."""
    made = Atlas(tmp_path / "atlas")
    editions = {slug: made.workspace.content.sources[slug].edition for slug in ("agreements", LIST)}
    days = {slug: edition.retrieved for slug, edition in editions.items() if edition}
    assert days["agreements"] > days[LIST], "the alphabet would turn them around"
    folder = file_of(made, INDEX, tmp_path / "own")
    made.ok("fetch", "agreements", LIST, INDEX, "--from", folder, "--shipped", "--retrieved", f"{INDEX}=2020-02-03")
    captures = [capture.retrieved for capture in Archive(made.root / "archive").captures()]
    assert captures == sorted(captures) and {"2020-02-03", *days.values()} == set(captures)


def test_an_incomplete_directory_counts_from_the_day_of_the_shipped_files(tmp_path: Path) -> None:
    """A directory that lacks one of the source's files is not used, so its day doesn't affect the order of archiving either."""
    made = Atlas(tmp_path / "atlas")
    own = made.root / "sources" / LIST
    shutil.copytree(str(made.workspace.content.source_folders[LIST]), own)
    described = (own / "source.yml").read_text(encoding="utf-8")
    second = 'files:\n  second: {patterns: ["second.csv"], format: csv}\n'
    (own / "source.yml").write_text(described.replace("files:\n", second), encoding="utf-8")
    folder = file_of(made, LIST, tmp_path / "own")
    made.ok("fetch", "agreements", LIST, "--from", folder, "--shipped")
    captures = [capture.retrieved for capture in Archive(made.root / "archive").captures()]
    assert captures == sorted(captures) and len(set(captures)) == 2


def test_files_of_sources_that_are_not_fetched_are_not_looked_at(tmp_path: Path) -> None:
    made = Atlas(tmp_path / "atlas")
    folder = file_of(made, LIST, tmp_path / "own")
    (tmp_path / "elsewhere.json").write_text("{}", encoding="utf-8")
    (folder / "cable").mkdir()
    (folder / "cable" / "x.json").symlink_to(tmp_path / "elsewhere.json")
    assert "this link leads out of" in one_line(made.overt("fetch", "telegeography", "--from", folder), 1)
    made.ok("fetch", LIST, "--from", folder)
    assert set(origins(made)) == {LIST}
    assert "typo" in one_line(made.overt("fetch", "typo", "--from", folder), 2)
