"""What a page costs on real figures of Amsterdam: queries, CPU and size, and how small the map of a city is."""

import gzip
import os
import random
import re
import secrets
import sys
import tempfile
import time
from pathlib import Path

VISITS = 60
WARM = 5
MAPS = "areas/amsterdam-buurten-2022.geojson"
FIGURES = "cbs/kwb-2024-statline-export.csv"
SVG = re.compile(rb'<svg[^>]*class="[^"]*kaart.*?</svg>', re.DOTALL)


def site(folder: str, figures: Path, maps: Path) -> list[str]:
    """Set up a site in a folder, publish the figures with their map, and return the codes of the city's buurten."""
    from tests.shell import WITHIN

    os.environ |= {
        WITHIN: "1",  # these settings are ours, not those of somebody's shell
        "BUURTBALANS_DATA": folder,
        "BUURTBALANS_DATABASE": "",
        "BUURTBALANS_SECRET_KEY": secrets.token_urlsafe(60),
        "BUURTBALANS_HOSTS": "127.0.0.1,localhost,testserver",
        "BUURTBALANS_MUNICIPALITY": "GM0363",
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }
    import django
    from django.core.management import call_command

    django.setup()
    from django.conf import settings

    settings.SECURE_SSL_REDIRECT = False
    call_command("migrate", verbosity=0)
    from buurtbalans.figures.area.codes import AreaLevel
    from buurtbalans.figures.area.reader import read_areas
    from buurtbalans.figures.sources import read_files
    from buurtbalans.method.datasets.queries import releases

    divisions, _ = read_areas(maps, year=2024)
    store = releases.store()
    store.publish(store.add([read_files([figures], period=2024)], divisions, title="Amsterdam"))
    return [area.code for division in divisions for area in division.of_level(AreaLevel.BUURT)]


def visits(addresses: list[str]) -> tuple[float, int, int]:
    """Return CPU milliseconds a visit, the most queries of one visit, and the median of the size after gzip."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    sizes, most = [], 0
    for address in addresses[:WARM]:
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(address)
        if answer.status_code != 200:
            raise RuntimeError(f"{address} answers {answer.status_code}")
        most = max(most, len(asked))
    began = time.process_time()
    for address in addresses:
        sizes.append(len(client.get(address).content))
    spent = (time.process_time() - began) / len(addresses) * 1000
    packed = len(gzip.compress(client.get(addresses[0]).content, 6))
    return spent, most, packed


def main(figures: Path, maps: Path) -> None:
    """Print the rows of the table."""
    from django.test import Client

    with tempfile.TemporaryDirectory(prefix="buurtbalans-bench-") as folder:
        codes = site(folder, figures, maps)
        chosen = random.Random(1).sample(codes, VISITS)  # the same areas in every run
        kinds = {
            "neighbourhood page, random areas": [f"/buurt/2024/{code}/" for code in chosen],
            "map page, a chosen area": [f"/kaart/?gekozen={code}" for code in chosen],
        }
        for what, addresses in kinds.items():
            spent, most, packed = visits(addresses)
            print(f"| {what} | {most} | {spent:.1f} ms | {1000 / spent:.0f} | {packed / 1000:.0f} kB |")
        drawn = max(SVG.findall(Client().get("/kaart/").content), key=len)
        source = gzip.compress(maps.read_bytes(), 6)
        print(f"| map of {len(codes)} buurten, SVG | | | | {len(gzip.compress(drawn, 6)) / 1000:.0f} kB |")
        print(f"| peer: the publisher's GeoJSON of the same | | | | {len(source) / 1000:.0f} kB |")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
