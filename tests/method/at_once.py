"""Several people who send at the very same moment, each over a connection of its own; also runs by itself on a file."""

import json
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

WRITERS = 4


def race(rounds: int) -> dict[str, Any]:
    """Let four tabs change one claim at the same moment, again and again, while it goes away and comes back.

    Return how often each answer was given, the sentences that are nowhere, and how many versions there are of how many
    that were saved.
    """
    from django.db import connection
    from django.test import Client
    from django.urls import reverse

    from buurtbalans.method.base.versions import versions_of
    from buurtbalans.method.rounds.actions import claims
    from buurtbalans.method.rounds.models import Claim
    from buurtbalans.site.texts import KINDS
    from tests.method.table import lay_table

    table = lay_table()
    claim = claims.create_claim(by=table.joris, round=table.round, text="Het plein is leeg")
    page = reverse("rounds:edit_claim", args=[table.round.slug, claim.pk])
    clients = [Client() for _number in range(WRITERS)]
    for number, client in enumerate(clients):
        client.force_login((table.joris, table.samira)[number % 2])
    at_once = Barrier(WRITERS)

    def send(number: int, version: int, turn: int) -> tuple[str, int, bool]:
        sentence = f"Zin {turn} van {number} staat"
        try:
            at_once.wait()
            if number == 0 and turn % 3 == 0:
                name = "withdraw_text" if turn % 2 else "restore_text"
                return "", clients[0].post(reverse(name, args=["rounds.claim", claim.pk])).status_code, True
            answer = clients[number].post(page, {"text": sentence, "quote": "", "version": version})
            return sentence, answer.status_code, sentence in answer.content.decode()
        finally:
            connection.close()

    answers, lost, saved = Counter[int](), [], []
    with ThreadPoolExecutor(WRITERS) as pool:
        for turn in range(rounds):
            version = Claim.objects.with_withdrawn().get(pk=claim.pk).version
            for sentence, status, shown in pool.map(send, range(WRITERS), [version] * WRITERS, [turn] * WRITERS):
                answers[status] += 1
                if status == 302 and sentence:
                    saved.append(sentence)
                elif not shown:
                    lost.append(f"{status} {sentence}")
    text = Claim.objects.with_withdrawn().get(pk=claim.pk)
    read = {str(version.values["text"]) for version in versions_of(text, KINDS["rounds.claim"])}
    return {
        "answers": {str(status): number for status, number in answers.items()},
        "versions": text.version - 1,
        "saved": len(saved),
        "lost": lost + [sentence for sentence in saved if sentence not in read],
    }


if __name__ == "__main__":
    import django
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    django.setup()
    setup_test_environment()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    print(json.dumps(race(int(sys.argv[1]))))
