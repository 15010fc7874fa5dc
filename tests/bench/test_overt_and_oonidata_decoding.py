"""The comparison of decoders counts documents and fields correctly. No timing is asserted."""

import json

import pytest

from bench.measure import overt_and_oonidata_decoding
from overt.measure.measurement_file_reader import Document

MEASUREMENT = {
    "test_name": "web_connectivity",
    "input": "http://a.example/",
    "probe_cc": "KE",
    "probe_asn": "AS64500",
    "measurement_start_time": "2024-05-06 07:08:09",
    "test_start_time": "2024-05-06 07:08:09",
    "software_name": "ooniprobe",
    "software_version": "3.0",
    "test_keys": {
        "queries": [{"hostname": "a.example", "query_type": "A", "failure": None, "answers": [{"ipv4": "192.0.2.1"}]}],
        "tcp_connect": [{"ip": "192.0.2.1", "port": 80, "status": {"failure": None, "success": True}}],
        "requests": [{"failure": None, "request": {"url": "http://a.example/"}, "response": {"code": 200, "body": "page"}}],
    },
}


def document(content: object) -> Document:
    return Document("a.json", "", json.dumps(content).encode())


def test_decoded_measurements_have_a_value_in_every_field() -> None:
    fields = overt_and_oonidata_decoding.fields(document(MEASUREMENT))
    assert (fields["country"], fields["network"], fields["day"]) == ("KE", "AS64500", "2024-05-06")
    assert fields["dns"] == [["a.example", "A"]]
    assert fields["dns_addresses"] == [["192.0.2.1"]]
    assert fields["tcp"] == [["192.0.2.1", 80, True]]
    assert fields["http"] == [["http://a.example/", 200]]
    assert fields["http_body"] == ["page"]
    assert overt_and_oonidata_decoding.fields(document({"input": "http://a.example/"})) == {"error": "no test keys"}
    assert "error" in overt_and_oonidata_decoding.fields(Document("a.json", "", b"{"))


def test_documents_and_equal_values_are_counted() -> None:
    ours = [{"day": "1", "dns": [1]}, {"day": "2", "dns": []}, {"error": "a"}, {"day": "4", "dns": []}]
    theirs = [{"day": "1", "dns": [1]}, {"day": "3", "dns": []}, {"day": "2", "dns": []}, {"error": "b"}]
    for side in (*ours, *theirs):
        if "error" not in side:
            side |= {"tcp": [], "tls": [], "http": []}
    counted = overt_and_oonidata_decoding.compare(["a", "b", "c", "d"], ours, theirs)
    assert (counted["read_by_both"], counted["read_by_overt_only"], counted["read_by_oonidata_only"]) == (2, 1, 1)
    assert counted["tests_with_entries"] == 1
    assert counted["equal"]["day"] == "1 of 2"
    assert counted["equal"]["dns"] == "2 of 2"
    assert counted["different"] == {"day": ["b"]}


def test_overt_reads_every_scenario_without_the_peer(capsys: pytest.CaptureFixture[str], tmp_path) -> None:
    assert overt_and_oonidata_decoding.main(["--quick", "--json", "--data", str(tmp_path)]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["real"] is False
    assert result["scenarios"]["documents"] > 50
    assert result["scenarios"]["overt"]["refused"] == {"no test keys": 1}, "the scenario without any"
    assert result["scenarios"]["overt"]["per_second"] > 0
