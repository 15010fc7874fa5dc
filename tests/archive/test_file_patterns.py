import os
from pathlib import Path

import pytest

from overt.archive import ArchiveError, match_files


@pytest.fixture
def folder(tmp_path):
    for name in (
        *("aiddata/gcdf3_final_input.csv", "telegeography/v3/cable/b.json", "telegeography/v3/cable/a.json"),
        *("telegeography/v3/cable/deep/c.json", "telegeography/v3/landing/a.json", "cable/z.json", "top.csv"),
        *(".hidden/cable/x.json", "telegeography/.cable.json", "cable/.hidden.json", "cable/x.JSON"),
    ):
        (tmp_path / "data" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "data" / name).write_text(name)
    return tmp_path / "data"


def names(folder, *patterns):
    return [name for name, _ in match_files(folder, {"role": patterns})["role"]]


def test_a_pattern_matches_at_any_depth_in_sorted_order(folder):
    assert names(folder, "cable/*.json") == [
        "cable/z.json",
        "telegeography/v3/cable/a.json",
        "telegeography/v3/cable/b.json",
    ]
    assert names(folder, "*gcdf3_final_input*.csv") == ["aiddata/gcdf3_final_input.csv"]
    assert names(folder, "*.csv") == ["aiddata/gcdf3_final_input.csv", "top.csv"]
    assert names(folder, "v3/**/c.json", "v3/**/b.json") == [
        "telegeography/v3/cable/b.json",
        "telegeography/v3/cable/deep/c.json",
    ]


def test_the_name_of_the_folder_itself_counts(folder, monkeypatch):
    assert names(folder / "telegeography" / "v3", "v3/cable/*.json") == ["cable/a.json", "cable/b.json"]
    assert names(folder / "cable", "cable/*.json", "!cable/z.json") == []
    assert names(folder / "cable" / "z.json", "cable/*.json") == []
    monkeypatch.chdir(folder / "telegeography" / "v3")
    assert names(Path(), "v3/cable/b.json") == ["cable/b.json"]
    assert names(Path("../../cable"), "cable/z.json") == ["z.json"]


def test_the_folders_above_count_as_far_as_the_longest_pattern_reaches(folder, monkeypatch):
    cable = folder / "telegeography" / "v3" / "cable"
    assert names(cable, "v3/cable/**") == ["a.json", "b.json", "deep/c.json"]
    assert names(folder / "telegeography" / "v3", "telegeography/v3/cable/*.json") == ["cable/a.json", "cable/b.json"]
    assert names(cable, "v3/cable/**", "!v3/cable/b.json") == ["a.json", "deep/c.json"]
    assert names(cable, "telegeography/**") == [], "a folder far above says nothing about the files"
    monkeypatch.chdir(cable / "deep")
    assert names(Path(".."), "v3/cable/*.json") == ["a.json", "b.json"]


def test_a_file_counts_once_per_role_and_may_have_several_roles(folder):
    files = match_files(folder, {"tables": ["top.csv", "*.csv"], "top": ["t*.csv"], "sheets": ["*.xlsx"]})
    assert files["top"] == [("top.csv", folder / "top.csv")]
    assert [name for name, _ in files["tables"]] == ["aiddata/gcdf3_final_input.csv", "top.csv"]
    assert files["sheets"] == []


def test_an_exclamation_mark_excludes_files(folder):
    assert names(folder, "cable/*.json", "!b.json", "!cable/z*") == ["telegeography/v3/cable/a.json"]
    assert names(folder, "!cable/**") == []


def test_a_star_stops_at_a_slash(folder):
    assert names(folder, "v3/*.json") == []
    assert names(folder, "able/*.json") == []


def test_the_folder_may_be_a_file(folder):
    path = folder / "top.csv"
    assert match_files(path, {"role": ["t*.csv"], "other": ["*.json"]}) == {"role": [("top.csv", path)], "other": []}


def test_a_missing_folder_is_reported(tmp_path):
    with pytest.raises(ArchiveError, match="no such file or folder"):
        match_files(tmp_path / "nothing", {})


def test_a_matching_link_out_of_the_folder_is_refused(folder, tmp_path):
    (tmp_path / "secret.csv").write_text("secret")
    (folder / "link.csv").symlink_to(tmp_path / "secret.csv")
    (folder / "inside.csv").symlink_to(folder / "top.csv")
    assert names(folder, "inside.csv") == ["inside.csv"]
    assert names(folder, "*.json")
    with pytest.raises(ArchiveError, match="leads out of") as caught:
        names(folder, "*.csv")
    assert "link.csv" in str(caught.value)


def test_linked_folders_are_not_entered(folder, tmp_path):
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "o.csv").write_text("o")
    (folder / "out").symlink_to(tmp_path / "outside")
    (folder / "loop").symlink_to(folder)
    assert names(folder, "*.csv") == ["aiddata/gcdf3_final_input.csv", "top.csv"]


def test_the_folder_itself_may_be_a_link(folder, tmp_path):
    (tmp_path / "link").symlink_to(folder)
    assert names(tmp_path / "link", "top.csv") == ["top.csv"]


def test_pipes_and_dangling_links_are_skipped_and_control_characters_in_names_refused(folder):
    os.mkfifo(folder / "pipe.csv")
    (folder / "gone.csv").symlink_to(folder / "nothing")
    assert "pipe.csv" not in names(folder, "*.csv")
    (folder / "a\nb.csv").write_text("1")
    with pytest.raises(ArchiveError, match="not readable text"):
        names(folder, "*.csv")
