"""What one may not read changes nothing that one may: two towns that differ only in what is withheld look the same."""

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from buurtbalans.figures.catalogue.reader import catalogue
from buurtbalans.figures.comparison.dispersion import standard_deviations
from buurtbalans.figures.release.frozen import Release
from buurtbalans.method.datasets.queries import figures
from buurtbalans.site.demo.town import town
from tests.site.gate_parts import COUNTED, RESTRICTED, SMALL, SURVEYED, UNKNOWN, guard, plant, words_of
from tests.site.walk import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.+]+|csrfmiddlewaretoken[^>]*>|nonce-\S+|PK.*")
NAMES = (*COUNTED, *SURVEYED, SMALL, *RESTRICTED, UNKNOWN, "share_65_plus", "population")
CODES = [one.code for one in town().now if one.code.startswith("BU")]


def asked() -> list[str]:
    """Return sixty and more questions to which what is withheld could change the answer: order, count, class, tag."""
    area = f"/buurt/2025/{CODES[0]}/"
    found = [area, f"/buurt/2025/{CODES[1]}/", "/buurt/2025/GM9999/", "/kaart/alle-cijfers.csv?gemeente=GM9999"]
    for name in NAMES:
        found += [
            f"/kaart/?indicator={name}",
            f"/kaart/?indicator={name}&niveau=wijk&gekozen={CODES[0]}",
            f"/kaart/tabel.csv?indicator={name}",
            f"{area}?cijfer={name}&naast={CODES[1]}&naast={CODES[2]}",
            f"{area}vergelijking.json?cijfer={name}",
            f"/zoek/?q={name[:6]}",
            f"/bron/{name}/",
            f"/api/v1/figures?indicator={name}&pageSize=7&page=2",
            f"/api/v1/figures?indicator={name}&level=buurt",
        ]
    return [*found, "/api/v1/indicators?pageSize=1000", "/api/v1/releases", "/api/v1/catalog", f"{area}cijfers.csv"]


def answers(client: Client) -> dict[str, str]:
    """Return what is answered to every question: status, headers and body, without clocks."""
    found = {path: client.get(path) for path in asked()}
    return {path: _MOMENT.sub("", f"{answer.status_code} {words_of(answer)}") for path, answer in found.items()}


def published(root: Path, seed: int, settings: pytest.FixtureRequest) -> Release:
    settings.DATA = root  # type: ignore[attr-defined]
    return plant(root, seed).release


def test_nothing_tells_what_is_withheld(
    tmp_path: Path, settings: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    guard(monkeypatch)
    seen = []
    for seed in (1, 2):
        published(tmp_path / str(seed), seed, settings)
        seen.append(answers(signed_in(AnonymousUser())))
    one, other = seen
    assert len(one) >= 60
    assert sum(answer.startswith("200") for answer in one.values()) >= 60
    assert [path for path in one if one[path] != other[path]] == []


def test_a_difference_would_be_seen(
    tmp_path: Path, settings: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The spread between areas once counted what was withheld: then the words of an area change with it."""
    guard(monkeypatch)
    seen = []
    for seed in (1, 2):
        planted = plant(tmp_path / str(seed), seed)
        settings.DATA = tmp_path / str(seed)  # type: ignore[attr-defined]
        real = planted.withheld

        def leaking(release: Release, areas: list[str], real: dict = real) -> object:  # type: ignore[type-arg]
            found = standard_deviations(release.figures(areas=areas), catalogue())
            return {key: sd + sum(v for k, v in real.items() if k[1] == key[0]) for key, sd in found.items()}

        monkeypatch.setattr(figures, "spreads_shown", leaking)
        seen.append(signed_in(AnonymousUser()).get(f"/buurt/2025/{CODES[-1]}/").content)
    assert seen[0] != seen[1]
