"""Timestamps on witnesses, from a small service on the loopback address that responds with OpenSSL."""

import base64
import shutil
import subprocess
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import orjson
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from tests.support.command_built_atlas import Atlas

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="there is no openssl")

CONFIG = """
[tsa]
default_tsa = here
[here]
serial = {folder}/serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
"""


def make_certificates(folder: Path) -> None:
    """Write the certificates and keys of a root and of a timestamp service, and the service's OpenSSL configuration."""
    now = datetime.now(UTC)
    keys = {name: ec.generate_private_key(ec.SECP256R1()) for name in ("root", "tsa")}
    names = {name: x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Test {name}")]) for name in keys}
    for name, key in keys.items():
        builder = (
            x509.CertificateBuilder()
            .subject_name(names[name])
            .issuer_name(names["root"])
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=2))
            .add_extension(x509.BasicConstraints(ca=name == "root", path_length=None), critical=True)
        )
        if name == "tsa":
            builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        certificate = builder.sign(keys["root"], hashes.SHA256())
        (folder / f"{name}.crt").write_bytes(certificate.public_bytes(Encoding.PEM))
        (folder / f"{name}.key").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    (folder / "serial").write_text("01\n")
    (folder / "tsa.cnf").write_text(CONFIG.format(folder=folder))


class Service:
    """An RFC 3161 service. `answer` replaces its responses; `queries` has the bodies of the requests it received."""

    def __init__(self, folder: Path) -> None:
        make_certificates(folder)
        self.answer: tuple[int, bytes] | None = None
        self.queries: list[bytes] = []
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                service.queries.append(body)
                status, data = service.answer or (200, service.reply(folder, body))
                self.send_response(status)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}/tsr"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @staticmethod
    def reply(folder: Path, query: bytes) -> bytes:
        """Return OpenSSL's response to a query."""
        (folder / "query.tsq").write_bytes(query)
        words = ["openssl", "ts", "-reply", "-config", folder / "tsa.cnf", "-section", "here", "-queryfile", folder / "query.tsq"]
        words += ["-signer", folder / "tsa.crt", "-inkey", folder / "tsa.key", "-out", folder / "reply.tsr"]
        subprocess.run(words, check=True, capture_output=True)
        return (folder / "reply.tsr").read_bytes()

    def close(self) -> None:
        """Stop the service."""
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    folder = tmp_path / "tsa"
    folder.mkdir()
    service = Service(folder)
    yield service
    service.close()


@pytest.fixture
def atlas(tmp_path: Path, service: Service) -> Atlas:
    """An empty atlas that uses the service and trusts its root."""
    atlas = Atlas(tmp_path)
    configure(
        atlas,
        ("allow_private = []", 'allow_private = ["127.0.0.1"]'),
        ('timestamp = ""', f'timestamp = "{service.address}"'),
        ('certificates = ""', 'certificates = "../tsa/root.crt"'),
    )
    return atlas


def configure(atlas: Atlas, *changes: tuple[str, str]) -> None:
    path = atlas.root / "overt.toml"
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def take(atlas: Atlas, path: Path) -> dict[str, object]:
    path.write_text(atlas.ok("witness", "--timestamp").out, encoding="utf-8")
    witness: dict[str, object] = orjson.loads(path.read_bytes())
    return witness


def test_a_witness_gets_a_timestamp_that_verifies(atlas: Atlas, service: Service, tmp_path: Path) -> None:
    path = tmp_path / "witness.json"
    witness = take(atlas, path)
    assert isinstance(witness["timestamp"], str) and len(service.queries) == 1
    outcome = atlas.ok("verify", "--witness", path)
    assert f"its timestamp is of {datetime.now(UTC):%Y-%m-%d}" in outcome.err


def test_openssl_verifies_it_too(atlas: Atlas, tmp_path: Path) -> None:
    """OpenSSL verifies the timestamp without Overt, by the command in docs/keys-and-witnesses.md."""
    witness = take(atlas, tmp_path / "witness.json")
    (tmp_path / "t.tsr").write_bytes(base64.b64decode(str(witness.pop("timestamp"))))
    (tmp_path / "w.json").write_bytes(orjson.dumps(witness, option=orjson.OPT_SORT_KEYS))
    words = ["openssl", "ts", "-verify", "-data", "w.json", "-in", "t.tsr", "-CAfile", "tsa/root.crt"]
    outcome = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "Verification: OK" in outcome.stdout + outcome.stderr


def test_a_timestamp_of_another_witness_is_detected(atlas: Atlas, tmp_path: Path) -> None:
    path = tmp_path / "witness.json"
    first = take(atlas, path)
    atlas.ok("key", "editor", "--no-passphrase")
    second = take(atlas, path)
    path.write_bytes(orjson.dumps({**second, "timestamp": first["timestamp"]}))
    outcome = atlas.overt("verify", "--witness", path)
    assert outcome.code == 1 and "its timestamp is not one of this witness" in outcome.err


def test_a_timestamp_of_an_untrusted_service_is_detected(atlas: Atlas, tmp_path: Path) -> None:
    path = tmp_path / "witness.json"
    take(atlas, path)
    make_certificates(tmp_path / "tsa")
    outcome = atlas.overt("verify", "--witness", path)
    assert outcome.code == 1 and "by a service that" in outcome.err
    configure(atlas, ('certificates = "../tsa/root.crt"', 'certificates = ""'))
    assert "unchecked: overt.toml names no `certificates`" in atlas.ok("verify", "--witness", path).err


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ((503, b""), "the service replied with status 503"),
        ((200, b"<html>"), "not a timestamp of RFC 3161"),
        ((200, b"x" * 200_000), "larger than 100,000 bytes"),
        ((302, b""), "the service replied with status 302"),
    ],
)
def test_bad_answers_are_refused(atlas: Atlas, service: Service, answer: tuple[int, bytes], message: str) -> None:
    service.answer = answer
    outcome = atlas.overt("witness", "--timestamp")
    assert (outcome.code, outcome.out) == (1, "") and message in outcome.err and len(outcome.errors) == 1


def test_an_answer_to_another_query_is_refused(atlas: Atlas, service: Service, tmp_path: Path) -> None:
    witness = take(atlas, tmp_path / "witness.json")
    service.answer = 200, base64.b64decode(str(witness["timestamp"]))
    assert "the timestamp is of something else" in atlas.overt("witness", "--timestamp").err


def test_timestamp_services_obey_the_rules_of_fetch(atlas: Atlas, service: Service) -> None:
    configure(atlas, ('allow_private = ["127.0.0.1"]', "allow_private = []"))
    outcome = atlas.overt("witness", "--timestamp")
    assert outcome.code == 1 and "refused: it resolves to 127.0.0.1, not to a public host" in outcome.err
    assert service.queries == []
    configure(atlas, (f'timestamp = "{service.address}"', 'timestamp = ""'))
    assert "names no `timestamp` under [witness]" in atlas.overt("witness", "--timestamp").err
