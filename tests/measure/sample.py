"""The sample of the source `ooni`: made-up measurements, packed as OONI publishes them.

`python -m tests.measure.sample` writes it again, byte for byte.
"""

import gzip
import io
import tarfile
from pathlib import Path
from typing import Any

import orjson

import overt
from tests.measure.generated import PLAIN, exchange, frame, scenarios, web

FOLDER = Path(overt.__file__).parent / "content" / "sources" / "ooni" / "sample" / "ooni"
BLOCK_PAGES = """\
name,scope,other_names,location_found,pattern_type,pattern,confidence_no_fp,expected_countries,source,exp_url,notes
made.xk_order,nat,,body,contains,Closed by order 17 of the Ministry of Examples,10,XK,invented,,
"""
CUT = {"requests": [exchange(PLAIN, "", 0, "connection_reset")]}


def lines() -> list[dict[str, Any]]:
    """One host from many vantage points on three days, services, a test without rules, and one that tells no country."""
    # Five vantage points in two networks, all cut.
    made = [web(PLAIN, **CUT) | _where(at, f"2026-03-0{1 + at % 2}", 64510 + at % 2) for at in range(5)]
    made.append(web(PLAIN, **CUT) | _where(0, "2026-03-01", 64510, 40))  # again from the first
    made += [web(PLAIN) | _where(at, "2026-04-02", 64510) for at in range(4)]  # a month later all is well
    made.append(web(PLAIN, **CUT) | _where(1, "2026-03-02", 64520) | {"probe_cc": "KE"})  # one voice is too little
    made += [scenarios()["telegram-centres"][0] | _where(at, "2026-03-01", 64510 + at % 2) for at in range(3)]
    made.append(scenarios()["telegram"][0] | _where(7, "2026-03-01", 64512))
    made.append(web(PLAIN, control=None) | _where(8, "2026-03-01", 0) | {"probe_asn": "AS0"})
    made.append(frame("ndt", "0.9.0", None, {"summary": {}}) | _where(9, "2026-03-01", 64510))
    made.append(web() | _where(10, "2026-03-01", 64510) | {"probe_cc": "ZZ"})
    return made


def members() -> dict[str, dict[str, Any]]:
    """Measurements as files of an archive, of one network each."""
    named = ("secure", "bogon-injected", "no-such-name", "handshake-cut", "other-page")
    return {f"2026/{name}.json": scenarios()[name][0] | _where(at, "2026-03-05", 64530) for at, name in enumerate(named)}


def _where(version: int, day: str, network: int, minute: int = 30) -> dict[str, Any]:
    return {
        "measurement_start_time": f"{day} 12:{minute}:00",
        "measurement_uid": f"{day.replace('-', '')}12{minute}00.{version:06}_XK_{network}_invented",
        "probe_asn": f"AS{network}",
        "resolver_asn": f"AS{network}" if network else "AS0",
        "software_version": f"5.{version}.0",
    }


def packed(given: list[dict[str, Any]]) -> bytes:
    """Measurements as lines, packed by gzip; equal measurements give equal bytes."""
    return gzip.compress(b"".join(orjson.dumps(one, option=orjson.OPT_APPEND_NEWLINE) for one in given), mtime=0)


def archived(given: dict[str, dict[str, Any]]) -> bytes:
    """Measurements as members of a tar archive, packed by gzip."""
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, one in given.items():
            data = orjson.dumps(one)
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return gzip.compress(held.getvalue(), mtime=0)


def write(folder: Path) -> Path:
    """The sample's files, below a folder."""
    measurements, signs = folder / "measurements", folder / "fingerprints"
    for made in (measurements, signs):
        made.mkdir(parents=True, exist_ok=True)
    (measurements / "20260301_XK_invented.jsonl.gz").write_bytes(packed(lines()))
    (measurements / "20260305_XK_invented.tar.gz").write_bytes(archived(members()))
    (signs / "fingerprints_http.csv").write_text(BLOCK_PAGES, encoding="utf-8")
    return folder


if __name__ == "__main__":
    write(FOLDER)
