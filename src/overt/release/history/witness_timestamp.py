"""Timestamps on witnesses (RFC 3161): a third party confirms that an atlas had these heads at a certain time."""

import base64
import binascii
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from overt.archive.errors import ArchiveError
from overt.archive.guarded_transport import FAILURES, Deadline, GuardedTransport, NetworkPolicy
from overt.archive.url_check_and_redaction import check_url, redact_url
from overt.model.errors import OvertError, UsageError
from overt.model.files.content_file_reading import other_than_file
from overt.model.workspace import SETTINGS, Workspace
from overt.release.history.atlas_witness import Witness

if TYPE_CHECKING:
    from cryptography.x509 import Certificate
    from rfc3161_client import TimeStampResponse

_SECONDS = 60.0
_MAX_BYTES = 100_000
_HEADERS = {"Content-Type": "application/timestamp-query"}


def add_timestamp(witness: Witness, workspace: Workspace) -> Witness:
    """Return the witness with a timestamp from the service in overt.toml. The service receives only a hash.

    Raises UsageError if overt.toml names no service, and OvertError if the service returns no timestamp of this witness.
    """
    address = workspace.settings.witness.timestamp
    if not address:
        raise UsageError(f"{workspace.root / SETTINGS}: names no `timestamp` under [witness]: the address of an RFC 3161 service")
    settings = workspace.settings.fetch
    policy = NetworkPolicy(tuple(settings.allow_private), settings.proxy, settings.user_agent)
    response = request_timestamp(witness.signed_bytes(), address, policy)
    return witness.model_copy(update={"timestamp": base64.b64encode(response).decode()})


def request_timestamp(message: bytes, address: str, policy: NetworkPolicy) -> bytes:
    """Return a service's response to a request for a timestamp over the SHA-256 of a message.

    The network rules of `overt fetch` apply, and redirects are not followed. Raises OvertError if there is no valid response.
    """
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

    url = check_url(address)
    request = TimestampRequestBuilder().data(message).hash_algorithm(HashAlgorithm.SHA256).cert_request(cert_request=True).build()
    data = b""
    try:
        transport = GuardedTransport(policy, Deadline(_SECONDS))
        with (
            httpx.Client(transport=transport, timeout=_SECONDS, trust_env=False, follow_redirects=False) as client,
            client.stream("POST", url, content=request.as_bytes(), headers={**_HEADERS, "User-Agent": policy.agent}) as answer,
        ):
            if answer.status_code != 200:
                raise ArchiveError(
                    f"the service replied with status {answer.status_code}; check the address under [witness] in {SETTINGS}"
                )
            for chunk in answer.iter_bytes():
                data += chunk
                if len(data) > _MAX_BYTES:
                    raise ArchiveError(f"the answer is larger than {_MAX_BYTES:,} bytes; it is not a timestamp")
    except ArchiveError as error:
        raise OvertError(f"{redact_url(url)}: {error}") from None
    except FAILURES as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise OvertError(f"{redact_url(url)}: {reason}; try again later") from None
    response = _decode(str(redact_url(url)), data)
    info = response.tst_info
    if info.message_imprint.message != request.message_imprint.message or info.nonce != request.nonce:
        raise OvertError(f"{redact_url(url)}: the timestamp is of something else; try again, or use another service")
    return data


def timestamp_time(witness: Witness, where: Path) -> datetime:
    """Return the time stated by a witness's timestamp. Raises OvertError if it is unreadable."""
    return _response(witness, where).tst_info.gen_time


def timestamp_problem(witness: Witness, where: Path, certificates: Path) -> str | None:
    """Return what is wrong with a witness's timestamp, or None if it is valid.

    `certificates`: the trusted root certificates, in PEM. Certificates must have been valid at the time of the timestamp, not
    today. Raises OvertError if the timestamp is unreadable, and UsageError if the certificates are.
    """
    from rfc3161_client import VerificationError, VerifierBuilder

    response = _response(witness, where)
    builder = VerifierBuilder()
    for certificate in _load_certificates(certificates):
        builder = builder.add_root_certificate(certificate)
    try:
        builder.build().verify(response, witness.digest())
    except (VerificationError, ValueError) as error:
        return f"{where}: its timestamp is not one of this witness by a service that {certificates} trusts ({error})"
    return None


def _response(witness: Witness, where: Path) -> "TimeStampResponse":
    try:
        data = base64.b64decode(witness.timestamp or "", validate=True)
    except binascii.Error as error:
        raise OvertError(f"{where}: its timestamp is unreadable ({error})") from None
    return _decode(str(where), data)


def _decode(where: str, data: bytes) -> "TimeStampResponse":
    from rfc3161_client import decode_timestamp_response

    try:
        response = decode_timestamp_response(data)
        if response.status != 0:
            reason = "; ".join(response.status_string) or f"status {response.status}"
            raise OvertError(f"{where}: the service refused to give a timestamp ({reason})")
        response.tst_info.gen_time  # noqa: B018 (raises for a response without a token)
    except ValueError as error:
        raise OvertError(f"{where}: that is not a timestamp of RFC 3161 ({error})") from None
    return response


def _load_certificates(path: Path) -> "list[Certificate]":
    from cryptography.x509 import load_pem_x509_certificates

    if (other := other_than_file(path)) and not path.is_dir():
        raise UsageError(f"{path}: {other}; name a file of certificates")
    try:
        return load_pem_x509_certificates(path.read_bytes())
    except OSError as error:
        raise UsageError(f"{path}: the certificates cannot be read ({error.strerror})") from None
    except ValueError as error:
        raise UsageError(f"{path}: has no certificates in PEM format ({error})") from None
