"""Limits: how long, how much and how often fetching may try before it gives up."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What one answer may cost.

    Attributes
    ----------
    silence : seconds without a single byte.
    seconds : seconds for one whole answer, so that a slow drip ends.
    bytes : size of one answer, unpacked.
    tries : how often one address is tried.
    wait : seconds before the second try; each next one waits twice as long.
    longest : the longest wait that a server may ask for; beyond it we stop and say so.
    pages : how many pages one list may have.
    """

    silence: float = 30
    seconds: float = 180
    bytes: int = 200 * 1024**2
    tries: int = 5
    wait: float = 1
    longest: float = 120
    pages: int = 10_000
