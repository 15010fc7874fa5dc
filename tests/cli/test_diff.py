"""`overt diff` between the releases of two editions of a spreadsheet."""

from pathlib import Path

import pytest

from tests.support.atlas import overt

EDITIONS = (
    "id,name,country,supplier,value,url\n"
    "a,North,Kenya,Huawei,US$240m,https://news.example/north\n"
    "b,South,Zambia,ZTE,US$1m,https://news.example/south\n",
    "id,name,country,supplier,value,url\n"
    "a,North,Kenya,Huawei; ZTE,US$200m,https://news.example/north\n"
    "c,West,Serbia,ZTE,,https://news.example/west\n",
)


@pytest.mark.slow
def test_money_roles_and_documents_are_told_apart_by_their_values(tmp_path: Path) -> None:
    root, file = tmp_path / "atlas", tmp_path / "rows.csv"
    assert overt("init", root).code == 0
    releases = []
    for day, text in zip(("2026-11-23", "2026-11-24"), EDITIONS, strict=True):
        file.write_text(text, encoding="utf-8")
        if not releases:
            assert overt("-w", root, "source", "new", file, "--name", "parks").code == 0
            path = root / "sources/parks/source.yml"
            source = path.read_text(encoding="utf-8").replace("supplier: supplier", 'supplier: {column: supplier, split: [";"]}')
            path.write_text(source, encoding="utf-8")
        assert overt("-w", root, "fetch", "parks", "--from", file, "--retrieved", day).code == 0
        outcome = overt("-w", root, "build")
        assert outcome.code == 0, outcome
        releases.append(outcome.out.splitlines()[-1])
    lines = [line.partition("  (")[0].split(" ", 1) for line in overt("-w", root, "diff", *releases).out.splitlines()[1:]]
    parts = sorted(f"{what} {rest.strip().split(' ', 1)[1]}" for what, rest in lines)
    assert [part for part in parts if part.startswith(("added role", "added commitment", "added document"))] == [
        "added commitment of North: - → 200000000 USD",
        "added document: - → https://news.example/west",
        "added role of ZTE, North: - → supplier",
        "added role of ZTE, West: - → supplier",
    ]
    assert [part for part in parts if part.startswith(("removed role", "removed commitment", "removed document"))] == [
        "removed commitment of North: 240000000 USD → -",
        "removed commitment of South: 1000000 USD → -",
        "removed document: https://news.example/south → -",
        "removed role of ZTE, South: supplier → -",
    ]
    assert ", citing https://news.example/west, retrieved 2026-11-24" in overt("-w", root, "show", "West").out
