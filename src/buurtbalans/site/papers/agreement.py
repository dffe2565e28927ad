"""The paper of the sharing agreement: why, who shares what with whom until when, on which ground, and who signed."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbalans.figures.protection.audience import Audience
from buurtbalans.method.rounds.models import Agreement, Round
from buurtbalans.method.rounds.queries import agreement as agreement_queries
from buurtbalans.method.rounds.queries.agreement import Agreed, Standing
from buurtbalans.site.papers.content import Block, Cell, Heading, Paper, Table, Words
from buurtbalans.site.papers.facts import Viewer, day, names, notice, sentence

KIND = "Afspraak over delen"


def agreement_paper(round: Round, viewer: Viewer) -> Paper:
    """Return the agreement that counts, else the one that is being written; without one the paper says so."""
    agreed, place = agreement_queries.agreed(round, viewer), round.neighbourhood.name
    shown = agreed.agreement
    if shown is None:
        nothing = notice("Er is nog geen afspraak over delen", ("De kerngroep maakt haar in stap 1, Voorbereiden.",))
        return Paper(KIND, place, f"Afspraak over delen, {place}", day(timezone.now()), "geen versie", nothing)
    blocks: list[Block] = [
        *notice("Let op", _missing(agreed, shown)),
        Words(round.question, lead="Voor de vraag:", look="intro"),
    ]
    for title, text in agreement_queries.parts_of(shown):
        blocks += [Heading(str(title)), Words(text)]
    blocks += [Heading("Toezeggingen van organisaties"), *_pledges(agreed)]
    blocks += [Heading("Tot wanneer"), Words(_term(shown))]
    blocks += [Heading("Handtekeningen"), *_signatures(agreed)]
    return Paper(
        KIND,
        place,
        f"Zo delen wij wat we weten over {place}",
        day(shown.proposed_at or shown.edited_at),
        f"versie {shown.number}",
        tuple(blocks),
        tuple(_older(agreed, shown, viewer)),
        one_page=True,
    )


def _missing(agreed: Agreed, shown: Agreement) -> list[str]:
    said = {
        Standing.DRAFT: "Deze afspraak is een concept. De tekst kan nog veranderen.",
        Standing.ENDING: f"Deze afspraak loopt bijna af, op {day(shown.until)}.",
        Standing.EXPIRED: f"Deze afspraak liep af op {day(shown.until)}. Er wordt niets meer op gedeeld.",
        Standing.ENDED: f"Deze afspraak is gestopt op {day(shown.ended_at)}. {sentence(shown.end_reason)}",
    }
    lines = [said[agreed.standing]] if agreed.standing in said else []
    if not agreed.lines:
        lines.append("Er staat nog niet in wie wat deelt.")
    waiting = [word.organisation.name for word in agreed.words if word.signature is None]
    if waiting and agreed.standing is not Standing.ENDED:
        lines.append(f"Niet getekend: {names(waiting)}.")
    return lines


def _pledges(agreed: Agreed) -> Iterable[Block]:
    rows = tuple(
        (
            Cell(line.pledge.organisation.name),
            Cell(line.pledge.what),
            Cell(_(Audience(line.pledge.audience).words.name)),
            Cell(day(line.pledge.until), () if line.holds else ("telt nu niet mee",)),
        )
        for line in agreed.lines
    )
    if not rows:
        return [Words("Nog niemand zei toe wat te delen.")]
    return [Table("Wat elke organisatie toezegt", ("Wie", "Wat", "Met wie", "Tot en met"), rows, (4, 6, 3, 4))]


def _term(agreement: Agreement) -> str:
    return (
        f"Deze afspraak geldt tot en met {day(agreement.until)}. Daarna stopt het delen vanzelf. "
        "Een organisatie kan haar woord eerder terugnemen. Wat er dan stond, blijft in de geschiedenis."
    )


def _signatures(agreed: Agreed) -> Iterable[Block]:
    rows = []
    for word in agreed.words:
        signed, back = word.signature, word.taken_back
        if signed is not None:
            row = (str(signed.by), signed.role, day(signed.at), "")
        elif back is not None:
            row = (str(back.by), back.role, f"teruggenomen op {day(back.taken_back_at)}", back.reason)
        else:
            row = ("–", "", "nog niet ondertekend", "")
        who, role, when, why = row
        rows.append((Cell(word.organisation.name), Cell(who, _filled(role)), Cell(when, _filled(why))))
    if not rows:
        return [Words("Er zit nog niemand aan tafel die kan tekenen.")]
    return [Table("Handtekeningen", ("Wie", "Door wie", "Wanneer"), tuple(rows), (5, 5, 5))]


def _filled(note: str) -> tuple[str, ...]:
    return (note,) if note else ()


def _older(agreed: Agreed, shown: Agreement, viewer: Viewer) -> Iterable[str]:
    """Yield which versions came before, and whether a new one is being written."""
    before = [
        version for version in agreement_queries.versions_of(agreed.round, viewer) if version.number < shown.number
    ]
    if before:
        said = [f"versie {each.number}, voorgesteld op {day(each.proposed_at)}" for each in before]
        yield f"Eerder: {'; '.join(said)}."
    if agreed.draft is not None and agreed.draft.pk != shown.pk:
        yield f"De kerngroep schrijft aan versie {agreed.draft.number}."
