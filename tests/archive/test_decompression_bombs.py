import io
import random
import struct
import tracemalloc
import zipfile

import pytest

from overt.archive import ArchiveError, check_zip_bomb

LIMITS = {"max_total": 20_000_000, "max_ratio": 100, "max_entries": 50}
NOISE = random.Random(1).randbytes(100_000)


def write_zip(path, entries, method=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return path


@pytest.fixture
def path(tmp_path):
    return tmp_path / "a.xlsx"


def test_an_ordinary_file_passes(path):
    check_zip_bomb(write_zip(path, [("sheet.xml", NOISE), ("zeros", b"0" * 1_000_000)]), **LIMITS)
    check_zip_bomb(write_zip(path, []), **LIMITS)
    check_zip_bomb(write_zip(path, [("a", NOISE)]))


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        ([("sheet.xml", b"0" * 21_000_000)], "unpacks to 21,000,000 bytes"),
        ([(f"{n}.xml", b"0" * 1_000_000) for n in range(21)], "unpacks to 21,000,000 bytes"),
        ([("sheet.xml", b"0" * 2_000_000)], "100 times its size"),
        ([(f"{n}.xml", b"0" * 500_000) for n in range(5)], "100 times its size"),
        ([("padding", NOISE), ("sheet.xml", b"0" * 2_000_000)], "'sheet.xml' unpacks to over 100 times"),
        ([(f"{n}", b"") for n in range(51)], "has 51 entries"),
    ],
)
def test_bombs_are_refused(path, entries, message):
    with pytest.raises(ArchiveError, match=message) as caught:
        check_zip_bomb(write_zip(path, entries), **LIMITS)
    assert "\n" not in str(caught.value) and str(path) in str(caught.value)


def test_overlapping_entries_all_count(path):
    write_zip(path, [("a", b"0" * 1_000_000)])
    data = path.read_bytes()
    end = data.rfind(b"PK\x05\x06")
    (start,) = struct.unpack_from("<L", data, end + 16)
    record = data[start:end]
    fields = list(struct.unpack("<4s4H2LH", data[end:]))
    fields[3] = fields[4] = 30
    fields[5] = len(record) * 30
    path.write_bytes(data[:start] + record * 30 + struct.pack("<4s4H2LH", *fields))
    with pytest.raises(ArchiveError, match="unpacks to 30,000,000 bytes"):
        check_zip_bomb(path, **LIMITS)


@pytest.mark.parametrize("zip64", [False, True])
def test_a_huge_directory_is_not_read(path, zip64):
    declared = 300_000_000
    with path.open("wb") as handle:
        handle.truncate(declared)
        handle.seek(declared)
        if zip64:
            handle.write(struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 9, 9, declared, 0))
            handle.write(struct.pack("<4sLQL", b"PK\x06\x07", 0, declared, 1))
        handle.write(struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 9, 9, 0 if zip64 else declared, 0, 0))
    tracemalloc.start()
    try:
        with pytest.raises(ArchiveError, match="directory is too large"):
            check_zip_bomb(path, **LIMITS)
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()


def test_a_file_that_is_not_a_zip_file_is_refused(path):
    intact = write_zip(path, [("a", NOISE)]).read_bytes()
    for data in (b"", b"<html>Sign in</html>", intact[:-30], intact[:-1], b"PK\x05\x06", intact[:1000]):
        path.write_bytes(data)
        with pytest.raises(ArchiveError, match="not a zip or XLSX file"):
            check_zip_bomb(path, **LIMITS)
    with pytest.raises(ArchiveError, match="cannot read the file"):
        check_zip_bomb(path.with_name("gone"), **LIMITS)


def test_an_entry_never_unpacks_beyond_its_declared_size(path):
    write_zip(path, [("sheet.xml", b"0" * 5_000_000)])
    data = bytearray(path.read_bytes())
    for signature, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        struct.pack_into("<L", data, data.find(signature) + at, 10)
    path.write_bytes(data)
    check_zip_bomb(path, **LIMITS)
    with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open("sheet.xml") as handle:
        try:
            unpacked = len(handle.read())
        except zipfile.BadZipFile:
            unpacked = 0
    assert unpacked <= 10
