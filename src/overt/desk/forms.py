"""Read the desk's forms, which only this server's own pages may send, and define the headers of the desk's responses."""

from urllib.parse import parse_qs, urlsplit

from fastapi import Request
from starlette.exceptions import HTTPException

MAX_BYTES = 64 * 1024
"""Maximum size of a form in bytes."""
_FORM = "application/x-www-form-urlencoded"
HEADERS = {
    "Cache-Control": "no-store",
    # With the `no-referrer` policy of the rest of the site, browsers would not say which site a form comes from. With this
    # policy, other hosts still learn nothing.
    "Referrer-Policy": "same-origin",
}


def check_origin(request: Request) -> None:
    """Raise HTTPException 403 unless a form was sent from a page of this server, under the host name of the request.

    The server only accepts host names of this machine, so requests with any other host name are refused earlier.
    """
    origin = urlsplit(request.headers.get("origin", ""))
    if origin.scheme not in ("http", "https") or not origin.netloc or origin.netloc != request.headers.get("host"):
        raise HTTPException(403, "Judgements are accepted only from this server’s own pages.")


async def read_form(request: Request) -> dict[str, str]:
    """Return the fields of a form. Raises HTTPException: 403 from a foreign page, 413 if too large, 400 or 415 if unreadable."""
    check_origin(request)
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
        raise HTTPException(415, "The request is not a form of this page.")
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BYTES:
            raise HTTPException(413, "That is more than a judgement needs.")
    try:
        fields = parse_qs(body.decode("ascii"), keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=20)
    except ValueError:
        raise HTTPException(400, "The form cannot be read.") from None
    if any(len(values) > 1 for values in fields.values()):
        raise HTTPException(400, "The form names a field twice.")
    return {name: values[0] for name, values in fields.items()}
