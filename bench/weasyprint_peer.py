"""The peer of papers, run by the Python of .venv/peers: the same content as a page, turned into tagged PDF."""

import sys
from pathlib import Path

import weasyprint


def main(folder: str, number: str) -> None:
    """Write the page so many times; with 0 only say which release this is."""
    page = (Path(folder) / "paper.html").read_text(encoding="utf-8")
    for place in range(int(number)):
        other = page.replace("<h1>", f"<h1>{place} ").replace("Weverskwartier", f"Buurt {place}")
        weasyprint.HTML(string=other).write_pdf(str(Path(folder) / "peer.pdf"), pdf_variant="pdf/ua-1")
    print(f"WeasyPrint {weasyprint.__version__}")


if __name__ == "__main__":
    main(*sys.argv[1:])
