"""The settings of mail: from where and through which server reminders are sent; without a server none is sent."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

PORTS: Final = {"smtp": 587, "smtps": 465}
OWN: Final = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail server as its address says it: `smtp://name:password@server:587` or `smtps://…`."""

    host: str
    port: int
    user: str
    password: str
    starttls: bool
    tls: bool

    @property
    def is_safe(self) -> bool:
        """Return whether a password and the mail travel unread: over TLS, or within this machine."""
        return self.starttls or self.tls or self.host in OWN


def mail(address: str) -> Mail | None:
    """Return the mail server that an address names, or None without one; raises ValueError when it is no address.

    `?tls=no` sends without TLS, which is only safe on one's own machine.

    >>> mail("smtps://bode:geheim@post.gemeente.nl").port
    465
    """
    if not address:
        return None
    parts = urlsplit(address)
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError("smtp://server:587")
    plain = parse_qs(parts.query).get("tls", [""])[0] == "no"
    return Mail(
        parts.hostname,
        parts.port or PORTS[parts.scheme],
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        starttls=parts.scheme == "smtp" and not plain,
        tls=parts.scheme == "smtps",
    )


def readable(address: str) -> Mail | None:
    """Return the mail server that an address names, or None; checks.py says what is wrong with another address."""
    try:
        return mail(address)
    except ValueError:
        return None
