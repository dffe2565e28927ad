"""A list with agreements that cut across: a page shows its advice without a search, and a large one is refused."""

from types import SimpleNamespace

import pytest
from django.urls import reverse

from buurtbalans.method.people.permissions import Role
from buurtbalans.method.placements.actions.batches import import_batch, switch
from buurtbalans.method.placements.queries import advice as advice_queries
from buurtbalans.method.placements.queries import cache
from buurtbalans.placing import full_model
from tests.method.placings import placer, tables
from tests.method.table import lay_table

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bare")]


def woven():
    share = [["code", "minimum"], ["haven-wonen", "2"], ["woonstede", ""]]
    return tables() | {"corporations": list(enumerate(share, start=1))}


@pytest.fixture
def desk():
    laid = lay_table()
    made = SimpleNamespace(placer=placer(laid.town, "pim"))
    switch(by=placer(laid.town, "floor", Role.PRIVACY_OFFICER), on=True, reason="De DPIA is klaar.")
    return made


def search(*_given, **_more):
    raise AssertionError("a page searched")


def test_a_page_shows_the_advice_without_a_search_until_somebody_asks_why(desk, client, monkeypatch) -> None:
    batch = import_batch(by=desk.placer, title="Week 48", tables=woven())
    advice = batch.advices.get()
    cache.forget()
    with monkeypatch.context() as patched:
        patched.setattr(full_model, "milp", search)
        patched.setattr(full_model, "linprog", search)
        again = advice_queries.advised(batch, advice)
        assert again.full
        assert advice_queries.seal_of(again) == advice.seal
        client.force_login(desk.placer)
        page = client.get(reverse("placements:batch", args=[batch.pk])).content.decode()
        assert "Voorstellen" in page
        with pytest.raises(AssertionError, match="a page searched"):
            advice_queries.again(batch, advice)
    assert advice_queries.seal_of(advice_queries.again(batch, advice)) == advice.seal
