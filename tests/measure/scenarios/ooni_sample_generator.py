"""Generate the sample of the source `ooni`: measurements, packed as OONI publishes them, and the pattern of a block page.

`python -m tests.measure.scenarios.ooni_sample_generator` writes it again, byte for byte.
"""

import gzip
import io
import tarfile
from pathlib import Path
from typing import Any

import orjson

import overt
from tests.measure.scenarios.basic_web_and_service_scenarios import scenarios
from tests.measure.scenarios.measurement_parts import PLAIN, exchange, frame, web

FOLDER = Path(overt.__file__).parent / "content" / "sources" / "ooni" / "sample" / "ooni"
BLOCK_PAGES = """\
name,scope,other_names,location_found,pattern_type,pattern,confidence_no_fp,expected_countries,source,exp_url,notes
made.xk_order,nat,,body,contains,Closed by order 17 of the Ministry of Examples,10,XK,invented,,
"""
CUT: dict[str, Any] = {"requests": [exchange(PLAIN, "", 0, "connection_reset")]}


def lines() -> list[dict[str, Any]]:
    """Return the measurements that are packed as lines.

    Most test one host, from many vantage points on three days. The others test a service, or run a test without rules. One
    measurement has no network, and another has no country.
    """
    # Five vantage points in two networks; all connections are cut.
    measurements = [web(PLAIN, **CUT) | _vantage_point(at, f"2026-03-0{1 + at % 2}", 64510 + at % 2) for at in range(5)]
    measurements.append(web(PLAIN, **CUT) | _vantage_point(0, "2026-03-01", 64510, 40))  # another run at the first vantage point
    # The host is reachable a month later.
    measurements += [web(PLAIN) | _vantage_point(at, "2026-04-02", 64510) for at in range(4)]
    # A single vantage point is not enough for a verdict.
    measurements.append(web(PLAIN, **CUT) | _vantage_point(1, "2026-03-02", 64520) | {"probe_cc": "KE"})
    measurements += [scenarios()["telegram-centres"][0] | _vantage_point(at, "2026-03-01", 64510 + at % 2) for at in range(3)]
    measurements.append(scenarios()["telegram"][0] | _vantage_point(7, "2026-03-01", 64512))
    measurements.append(web(PLAIN, control=None) | _vantage_point(8, "2026-03-01", 0) | {"probe_asn": "AS0"})
    measurements.append(frame("ndt", "0.9.0", None, {"summary": {}}) | _vantage_point(9, "2026-03-01", 64510))
    measurements.append(web() | _vantage_point(10, "2026-03-01", 64510) | {"probe_cc": "ZZ"})
    return measurements


def members() -> dict[str, dict[str, Any]]:
    """Return measurements by the name of their archive member, each from another vantage point of one network."""
    names = ("secure", "bogon-injected", "no-such-name", "handshake-cut", "other-page")
    return {f"2026/{name}.json": scenarios()[name][0] | _vantage_point(at, "2026-03-05", 64530) for at, name in enumerate(names)}


def _vantage_point(version: int, day: str, network: int, minute: int = 30) -> dict[str, Any]:
    return {
        "measurement_start_time": f"{day} 12:{minute}:00",
        "measurement_uid": f"{day.replace('-', '')}12{minute}00.{version:06}_XK_{network}_invented",
        "probe_asn": f"AS{network}",
        "resolver_asn": f"AS{network}" if network else "AS0",
        "software_version": f"5.{version}.0",
    }


def packed(measurements: list[dict[str, Any]]) -> bytes:
    """Return measurements as gzipped lines; equal measurements give equal bytes."""
    return gzip.compress(
        b"".join(orjson.dumps(measurement, option=orjson.OPT_APPEND_NEWLINE) for measurement in measurements), mtime=0
    )


def archived(measurements: dict[str, dict[str, Any]]) -> bytes:
    """Return measurements as members of a gzipped tar archive."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, measurement in measurements.items():
            data = orjson.dumps(measurement)
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return gzip.compress(buffer.getvalue(), mtime=0)


def write(folder: Path) -> Path:
    """Write the sample's files into a folder, and return the folder."""
    measurements, fingerprints = folder / "measurements", folder / "fingerprints"
    for subfolder in (measurements, fingerprints):
        subfolder.mkdir(parents=True, exist_ok=True)
    (measurements / "20260301_XK_invented.jsonl.gz").write_bytes(packed(lines()))
    (measurements / "20260305_XK_invented.tar.gz").write_bytes(archived(members()))
    (fingerprints / "fingerprints_http.csv").write_text(BLOCK_PAGES, encoding="utf-8")
    return folder


if __name__ == "__main__":
    write(FOLDER)
