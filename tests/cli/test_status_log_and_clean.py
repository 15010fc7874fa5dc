"""`overt status`, `overt log`, `overt clean` and `overt claim list`."""

from pathlib import Path

import pytest

from overt.cli.text_truncation_and_sizes import format_bytes
from overt.index.cache_locks_and_cleanup import in_use, plan_cleaning
from tests.support.command_built_atlas import BY, Atlas, make_statements

# --- status -------------------------------------------------------------------------------------------------------------


def test_an_atlas_that_is_up_to_date_says_so(companies: Atlas) -> None:
    status = companies.read_json("status")
    assert [(row["source"], row["why"], row["imported"]) for row in status["sources"]] == [
        ("alpha", "newest", "yes"), ("beta", "newest", "yes"),
    ]  # fmt: skip
    assert (status["resolved"], status["release"]["current"], status["next"], status["clock"]) == ("current", True, None, None)
    on_disk = sum(path.stat().st_size for path in (companies.root / "archive").rglob("*") if path.is_file())
    assert status["bytes"]["archive"] == on_disk
    text = companies.ok("status").out
    assert "newest in the archive" in text and text.splitlines()[-1] == "everything is up to date"


def test_status_says_what_is_stale_and_what_comes_next(companies: Atlas) -> None:
    companies.fetch("alpha", make_statements("organization", "zte", name="ZTE", country="HK"), "2026-01-03")
    status = companies.read_json("status")
    assert [row["imported"] for row in status["sources"]] == ["no", "yes"]
    assert (status["resolved"], status["release"]["lacks"]["snapshots"], status["next"]) == ("stale", ["alpha"], "overt build")
    assert "not imported" in companies.ok("status").out

    older = status["sources"][0]["snapshot"]
    companies.ok("import")
    companies.ok("source", "remove", "beta", *BY)
    status = companies.read_json("status")
    removed = status["sources"][1]
    assert (removed["why"], removed["entry"], removed["snapshot"]) == ("removed", 1, None)
    assert status["release"]["lacks"] == {
        "snapshots": ["alpha"], "left_out": ["beta"], "entries": 1, "code_or_content": False,
    }  # fmt: skip
    text = companies.ok("status").out
    assert "left out by entry 1" in text and "1 entry of the ledger is newer" in text and older in text
    companies.build()
    assert companies.read_json("status")["next"] is None


def test_status_names_a_build_that_allows_what_the_import_allowed(tmp_path: Path) -> None:
    """`overt status` used to recommend `overt build`, which refused the problems that the import had allowed."""
    atlas = Atlas(tmp_path)
    good = make_statements("organization", "zte", name="ZTE", country="CN")
    atlas.fetch("alpha", [*good, *make_statements("organization", "x", name="X", country="Atlantis")])
    assert atlas.read_json("status")["next"] == "overt build"
    atlas.ok("import", "--allow-problems")
    assert atlas.ok("status").out.splitlines()[-1] == "next: overt build --allow-problems"
    atlas.fetch("alpha", good, "2026-01-03")
    atlas.ok("import", "--allow-problems")
    assert atlas.read_json("status")["next"] == "overt build", "nothing needs to be allowed"


def test_status_says_which_snapshot_was_chosen(companies: Atlas) -> None:
    first = companies.read_json("status")["sources"][0]["snapshot"]
    companies.fetch("alpha", make_statements("organization", "zte", name="ZTE", country="HK"), "2026-01-03")
    companies.ok("source", "use", "alpha", first, *BY)
    [row, _] = companies.read_json("status")["sources"]
    assert (row["snapshot"], row["why"], row["entry"], len(row["later"])) == (first, "chosen", 1, 1)
    assert "chosen by entry 1; 1 later snapshot not counted" in companies.ok("status").out


def test_a_new_atlas_begins_with_build(tmp_path: Path) -> None:
    atlas = Atlas(tmp_path, index=True)
    status = atlas.read_json("status")
    assert (status["sources"], status["resolved"], status["release"], status["next"]) == ([], "none", None, "overt build")
    assert "the archive has no files yet" in atlas.ok("status").out


# --- log ----------------------------------------------------------------------------------------------------------------


def test_the_log_has_releases_and_entries_newest_first(companies: Atlas) -> None:
    judged = companies.judge("different", "alpha:zte", "beta:huawei")
    claimed = companies.claim("alpha:zte", "organization", "alias", "Zhongxing")
    release = companies.build("--note", "with an alias")
    companies.undo(judged)
    log = companies.read_json("log")
    assert [row.get("entry") or row["release"] for row in log][:4] == [3, release, claimed, judged]
    assert log[3]["undone_by"] == 3 and log[1]["note"] == "with an alias" and log[1]["new_snapshots"] == []
    assert log[4]["new_snapshots"] == ["alpha", "beta"]
    lines = companies.ok("log").out.splitlines()
    assert "took entry 1 back" in lines[0] and lines[1].startswith(f"release {release}: with an alias (2 sources)")
    assert "claimed alpha:zte alias: Zhongxing" in lines[2] and "[taken back by entry 3]" in lines[3]
    assert len(companies.ok("log", "--limit", 2).out.splitlines()) == 2


def test_everything_that_was_entered_is_listed(companies: Atlas) -> None:
    judged = companies.judge("different", "alpha:zte", "beta:huawei")
    claimed = companies.claim("alpha:zte", "organization", "alias", "Zhongxing")
    retracted = companies.retract("beta:huawei")
    companies.undo(retracted)
    lines = companies.ok("judge", "list", "--all").out.splitlines()
    assert [int(line.split()[0]) for line in lines] == [judged, claimed, retracted, 4]
    entries = companies.read_json("judge", "list", "--all")["entries"]
    assert [(entry["entry"], entry["kind"], entry["undone_by"]) for entry in entries] == [
        (claimed, "claim", None), (retracted, "retraction", 4), (4, "undo", None),
    ]  # fmt: skip
    assert [row["entry"] for row in companies.read_json("claim", "list")] == [claimed]
    assert [row["entry"] for row in companies.read_json("claim", "list", "--all")] == [claimed, retracted]
    assert "“Annual report”, page 3" in companies.ok("claim", "list").out


# --- clean --------------------------------------------------------------------------------------------------------------


def fill(cache: Path, *releases: str, size: int = 100) -> None:
    for release in releases:
        (cache / release).mkdir(parents=True, exist_ok=True)
        (cache / release / "serve-1.sqlite").write_bytes(b"x" * size)


def test_oldest_indexes_are_deleted_first_and_the_newest_remains(tmp_path: Path) -> None:
    names = [f"2026-01-0{day}-0000000{day}" for day in range(1, 5)]
    fill(tmp_path, *names)
    (tmp_path / "refused").mkdir()
    (tmp_path / "refused" / "alpha.json").write_bytes(b"y" * 50)
    removed = [item.path.name for item in plan_cleaning(tmp_path, names[1:], 250)]
    assert removed == names[:2], "the first has no release any more, the second is the oldest"
    assert [item.path.name for item in plan_cleaning(tmp_path, names, 1)] == names[:3]
    assert plan_cleaning(tmp_path, names, 450) == []


def test_clean_says_what_it_frees_and_spares_what_is_in_use(companies: Atlas) -> None:
    gone = ["2020-01-01-00000001", "2020-01-01-00000002"]
    fill(companies.root / "cache", *gone)
    before = sorted((companies.root / "cache").iterdir())
    planned = companies.read_json("clean", "--dry-run")
    assert planned["dry_run"] and planned["freed"] == 200 and sorted((companies.root / "cache").iterdir()) == before
    with in_use(companies.root / "cache" / gone[1] / "serve-1.sqlite"):
        planned = companies.read_json("clean", "--dry-run")
        assert planned["freed"] == 100 and planned["in_use"] == [f"cache/{gone[1]}"]
        outcome = companies.ok("clean")
        assert "freed 100 B" in outcome.out and f"cache/{gone[1]}: is in use by a server, and stays" in outcome.err
    assert companies.read_json("clean")["freed"] == 100
    assert [path for path in before if path.name not in gone] == sorted((companies.root / "cache").iterdir())


def test_a_release_keeps_the_cache_within_its_limit(companies: Atlas) -> None:
    settings = companies.root / "overt.toml"
    text = settings.read_text(encoding="utf-8")
    assert "[cache]\nmax_bytes = 2_000_000_000" in text
    settings.write_text(text.replace("[cache]\nmax_bytes = 2_000_000_000", "[cache]\nmax_bytes = 1000"), encoding="utf-8")
    outcome = companies.ok("release", "--note", "another")
    assert "cache: removed" in outcome.err
    assert [path.name for path in (companies.root / "cache").iterdir() if path.name[:2] == "20"] == [outcome.out.strip()]


@pytest.mark.parametrize(("number", "text"), [(999, "999 B"), (1_234_567, "1.2 MB"), (2_000_000_000, "2.0 GB"), (0, "0 B")])
def test_sizes_have_a_unit(number: int, text: str) -> None:
    assert format_bytes(number) == text
