"""The page of the benchmarks: sections that are each measured on a day of their own, so one can be renewed alone."""

from collections.abc import Mapping

from bench.measure import TIMES

HEAD = """# Benchmarks

Written by `make bench`; `make bench ONLY=placing,balance` renews those sections alone. The names are
{names}.
Each section says when and on what it was measured. The product and its peer run in turn, {times} times each unless told
otherwise, every run a process of its own. CPU seconds are of the whole process, the median; memory is the highest peak.
Both sides must give the same answer before a time counts. Machines are noisy: only the ratio (peer ÷ product, more is
better) says something.
"""


class Unknown(Exception):
    """A section is asked for that there is not."""


def asked(only: str, headings: Mapping[str, str]) -> list[str]:
    """Return the names of the sections to measure, in their order on the page; all when none is named."""
    names = {name.strip() for name in only.split(",") if name.strip()}
    if strange := sorted(names - set(headings)):
        raise Unknown(f"No section {', '.join(strange)}; there are: {', '.join(headings)}.")
    return [name for name in headings if name in names or not names]


def sections(page: str, headings: Mapping[str, str]) -> dict[str, str]:
    """Return per name the text of the sections on a page; a section that is known no more falls away."""
    names = {heading: name for name, heading in headings.items()}
    parts = (part.partition("\n") for part in f"\n{page}".split("\n## ")[1:])
    return {names[heading.strip()]: text.strip() for heading, _, text in parts if heading.strip() in names}


def joined(found: Mapping[str, str], headings: Mapping[str, str]) -> str:
    """Return the page of the sections that were ever measured, in their order."""
    told = (f"\n## {heading}\n{found[name].strip()}\n" for name, heading in headings.items() if name in found)
    names = ", ".join(f"`{name}`" for name in headings)
    return HEAD.format(names=names, times=TIMES) + "".join(told)
