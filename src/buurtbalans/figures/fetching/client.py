"""A careful client: one address becomes checked JSON, or a refusal that says what the server did."""

import http.client
import json
import time
import urllib.error
import urllib.request
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

from buurtbalans.figures.fetching.limits import Limits
from buurtbalans.figures.findings import Refused, refuse

AGAIN: Final = "Probeer het later opnieuw. Wat u al had, blijft staan."
_CHUNK: Final = 64 * 1024
_GZIP: Final = 16 + zlib.MAX_WBITS
_BUSY: Final = (429, 503)
_HICCUP: Final = (500, 502, 504)
_AGENT: Final = "buurtbalans"


class Hiccup(Exception):
    """Something that may be over soon; `wait` is how many seconds the server asks for, if it does."""

    def __init__(self, what: str, wait: float | None = None) -> None:
        self.what, self.wait = what, wait
        super().__init__(what)


class _SameHost(urllib.request.HTTPRedirectHandler):
    """Follows a redirect only to the host that was asked."""

    def redirect_request(
        self, req: urllib.request.Request, fp: Any, code: int, msg: str, headers: http.client.HTTPMessage, newurl: str
    ) -> urllib.request.Request | None:
        if not same_host(req.full_url, newurl):
            raise refuse(f"De server verwijst naar een ander adres: {urlsplit(newurl).netloc}.", _ADVICE_BASE)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


_ADVICE_BASE: Final = "Klopt dat adres? Geef het dan zelf met --base."


def same_host(one: str, other: str) -> bool:
    """Tell whether two addresses have the same scheme, host and port.

    Examples
    --------
    >>> same_host("https://a.example/x", "https://a.example/y"), same_host("https://a.example", "http://a.example")
    (True, False)
    """
    first, second = urlsplit(one), urlsplit(urljoin(one, other))
    return (first.scheme, first.netloc) == (second.scheme, second.netloc)


class Client:
    """Fetches JSON within limits, tries again where that helps, and never follows to another host.

    Parameters
    ----------
    limits
        What one answer may cost.
    sleep
        How to wait; replaced in tests.
    say
        Gets a sentence when there is something to wait for.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        sleep: Callable[[float], None] = time.sleep,
        say: Callable[[str], None] = lambda words: None,
    ) -> None:
        self.limits = limits or Limits()
        self._sleep, self._say = sleep, say
        self._opener = urllib.request.build_opener(_SameHost)

    def json(self, url: str) -> tuple[dict[str, Any], bytes]:
        """Return the object that an address answers, and its bytes.

        Raises
        ------
        Refused
            When the server keeps failing, or answers something that can never be right.
        """
        for attempt in range(1, self.limits.tries + 1):
            try:
                data = self._data(url)
                return parsed(data), data
            except Hiccup as hiccup:
                wait = self.limits.wait * 2 ** (attempt - 1) if hiccup.wait is None else hiccup.wait
                if attempt == self.limits.tries or wait > self.limits.longest:
                    raise refuse(hiccup.what, AGAIN, file=_short(url)) from None
                self._say(f"{hiccup.what} Wij wachten {wait:.0f} seconden.")
                self._sleep(wait)
            except Refused as refused:
                raise refuse(refused.findings[0].what, refused.findings[0].todo, file=_short(url)) from None
        raise AssertionError("the last try returns or refuses")

    def _data(self, url: str) -> bytes:
        request = urllib.request.Request(
            url, headers={"Accept": "application/json", "Accept-Encoding": "gzip", "User-Agent": _AGENT}
        )
        began = time.monotonic()
        try:
            with self._opener.open(request, timeout=self.limits.silence) as response:
                _check_kind(response.headers)
                return self._body(response, began)
        except urllib.error.HTTPError as error:
            with error:
                raise _failure(error.code, error.headers) from None
        except (OSError, http.client.HTTPException) as error:
            reason = getattr(error, "reason", None) or error
            if isinstance(reason, TimeoutError):
                raise Hiccup(f"De server zwijgt langer dan {self.limits.silence:.0f} seconden.") from None
            raise Hiccup(f"De verbinding viel weg ({type(reason).__name__}).") from None

    def _body(self, response: Any, began: float) -> bytes:
        """Read a body within time and size, and hold it against the length that the server promised."""
        unpack = _unpacker(response.headers)
        body = bytearray()
        read = 0
        while chunk := response.read1(_CHUNK):
            read += len(chunk)
            body += unpack(chunk, self.limits.bytes + 1 - len(body))
            if len(body) > self.limits.bytes or read > self.limits.bytes:
                raise refuse(
                    f"Het antwoord is groter dan {self.limits.bytes // 1024**2} MB.", "Vraag om minder gemeenten."
                )
            if time.monotonic() - began > self.limits.seconds:
                raise Hiccup(f"Het antwoord duurt langer dan {self.limits.seconds:.0f} seconden.")
        promised = response.headers.get("Content-Length")
        if promised is not None and (not promised.isdecimal() or int(promised) != read):
            raise Hiccup(f"Het antwoord is afgebroken: {read} van {promised} bytes.")
        return bytes(body)


def parsed(data: bytes) -> dict[str, Any]:
    """Return the JSON object in bytes.

    Raises
    ------
    Hiccup
        When it is cut or no JSON in UTF-8: a next try may be whole.

    Examples
    --------
    >>> parsed(b'{"value": []}')
    {'value': []}
    """
    try:
        content = json.loads(data.decode("utf-8-sig"), parse_constant=_no_number)
    except UnicodeDecodeError:
        raise Hiccup("Het antwoord is geen UTF-8.") from None
    except (ValueError, RecursionError):
        what = "Het antwoord is een webpagina, geen gegevens." if data.lstrip()[:1] == b"<" else ""
        raise Hiccup(what or "Het antwoord is geen hele JSON.") from None
    if not isinstance(content, dict):
        raise Hiccup("Het antwoord is geen tabel.")
    return content


def _no_number(word: str) -> float:
    raise ValueError(word)


def _check_kind(headers: Message) -> None:
    kind = headers.get_content_type()
    if "json" not in kind:
        raise Hiccup(f"De server antwoordt met {kind}, niet met JSON.")
    charset = str(headers.get_content_charset() or "utf-8").lower()
    if charset not in ("utf-8", "utf8", "us-ascii"):
        raise Hiccup(f"De server antwoordt in {charset}, niet in UTF-8.")


def _failure(code: int, headers: Message) -> Exception:
    if code in _BUSY:
        return Hiccup(f"De server heeft het druk ({code}).", _asked_wait(headers))
    if code in _HICCUP:
        return Hiccup(f"De server heeft een storing ({code}).")
    return refuse(f"De server weigert deze vraag ({code}).", "Kijk het jaar, de tabel en het adres na.")


def _asked_wait(headers: Message) -> float | None:
    """Return the seconds that Retry-After asks for, as a number or as a moment."""
    asked = str(headers.get("Retry-After") or "").strip()
    if asked.isdecimal():
        return float(asked)
    try:
        moment = parsedate_to_datetime(asked)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def _unpacker(headers: Message) -> Callable[[bytes, int], bytes]:
    """Return how to unpack a body piece by piece, never to more than was asked for."""
    packed = str(headers.get("Content-Encoding") or "identity").lower()
    if packed == "identity":
        return lambda chunk, most: chunk
    if packed != "gzip":
        raise Hiccup(f"De server pakt het antwoord in op een manier die wij niet lezen ({packed}).")
    unpack = zlib.decompressobj(_GZIP)

    def gunzip(chunk: bytes, most: int) -> bytes:
        try:
            return unpack.decompress(chunk, max(most, 1))
        except zlib.error:
            raise Hiccup("Het ingepakte antwoord is beschadigd.") from None

    return gunzip


def _short(url: str) -> str:
    """Return where an address leads, for a finding: without the question."""
    parts = urlsplit(url)
    return f"{parts.netloc}{parts.path}"
