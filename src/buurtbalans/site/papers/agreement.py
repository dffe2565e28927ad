"""The paper of the sharing agreement: why, who shares what with whom until when, on which ground, and who signed."""

from collections.abc import Iterable

from django.utils import timezone

from buurtbalans.method.people.models import CircleKind
from buurtbalans.method.rounds import queries
from buurtbalans.method.rounds.models import Agreement, Round

from .content import Block, Cell, Heading, Paper, Table, Words
from .facts import Viewer, day, names, notice

KIND = "Afspraak over delen"
PARTS = (
    ("purpose", "Waarvoor wij delen"), ("ground", "Op welke grond"), ("third_parties", "Wie er nog meer bij kan"),
    ("rights", "Waar mensen terechtkunnen"), ("security", "Hoe wij het veilig houden"), ("steering", "Wie erop let"),
)  # fmt: skip


def agreement_paper(round: Round, viewer: Viewer) -> Paper:
    """Return the newest agreement that the viewer may read; without one the paper says that it is missing."""
    found = list(Agreement.objects.visible_to(viewer).filter(round=round).prefetch_related(
        "pledges__organisation", "signatures__organisation", "signatures__by"
    ))  # fmt: skip
    place = round.neighbourhood.name
    if not found:
        nothing = notice("Er is nog geen afspraak over delen", ("De kerngroep maakt haar in stap 1, Voorbereiden.",))
        return Paper(KIND, place, f"Afspraak over delen, {place}", day(timezone.now()), "geen versie", nothing)
    newest = found[0]
    blocks: list[Block] = [
        *notice("Let op", _missing(newest, round)),
        Words(round.question, lead="Voor de vraag:", look="intro"),
    ]
    for name, title in PARTS:
        if text := getattr(newest, name):
            blocks += [Heading(title), Words(text)]
    blocks += [Heading("Wie deelt wat, met wie, tot wanneer"), *_pledges(newest)]
    blocks += [Heading("Tot wanneer"), Words(_term(newest))]
    blocks += [Heading("Wie tekende"), *_signatures(newest, round)]
    older = [f"Versie {each.number}: {_state(each)}." for each in found[1:]]
    return Paper(
        KIND, place, f"Zo delen wij wat we weten over {place}", day(newest.proposed_at or newest.edited_at),
        f"versie {newest.number}", tuple(blocks), (*(["Eerdere versies. " + " ".join(older)] if older else ()),),
    )  # fmt: skip


def _missing(agreement: Agreement, round: Round) -> list[str]:
    lines = []
    if agreement.proposed_at is None:
        lines.append("Deze afspraak is een concept. De tekst kan nog veranderen.")
    if agreement.ended_at is not None:
        lines.append(f"Deze afspraak is gestopt op {day(agreement.ended_at)}. {agreement.end_reason}")
    elif agreement.until < timezone.localdate():
        lines.append(f"Deze afspraak liep af op {day(agreement.until)}. Er wordt niets meer op gedeeld.")
    if not agreement.pledges.all():
        lines.append("Er staat nog niet in wie wat deelt.")
    if waiting := _unsigned(agreement, round):
        lines.append(f"Nog niet getekend: {names(waiting)}.")
    return lines


def _unsigned(agreement: Agreement, round: Round) -> list[str]:
    signed = {each.organisation_id for each in agreement.signatures.all() if each.taken_back_at is None}
    return [each.name for each in queries.organisations_of(round) if each.pk not in signed]


def _pledges(agreement: Agreement) -> Iterable[Block]:
    rows = tuple(
        (
            Cell(each.organisation.name), Cell(each.what), Cell(str(CircleKind(each.audience).label)),
            Cell(day(each.until)),
        )
        for each in agreement.pledges.all()
    )  # fmt: skip
    if not rows:
        return [Words("Nog niemand zei toe wat te delen.")]
    return [Table("Wat elke organisatie toezegt", ("Wie", "Wat", "Met wie", "Tot en met"), rows, (4, 6, 3, 3))]


def _term(agreement: Agreement) -> str:
    return (
        f"Deze afspraak geldt tot en met {day(agreement.until)}. Daarna stopt het delen vanzelf. "
        "Een organisatie kan haar woord eerder terugnemen. Wat er dan stond, blijft in de geschiedenis."
    )


def _signatures(agreement: Agreement, round: Round) -> Iterable[Block]:
    rows = [
        (
            Cell(each.organisation.name), Cell(str(each.by), (each.role,) if each.role else ()),
            Cell(day(each.at)) if each.taken_back_at is None
            else Cell(f"teruggenomen op {day(each.taken_back_at)}", (each.reason,) if each.reason else ()),
        )
        for each in agreement.signatures.all()
    ]  # fmt: skip
    rows += [(Cell(name), Cell("–"), Cell("nog niet getekend")) for name in _unsigned(agreement, round)]
    if not rows:
        return [Words("Er zit nog niemand aan tafel die kan tekenen.")]
    return [Table("Het woord van elke organisatie", ("Wie", "Door wie", "Wanneer"), tuple(rows), (5, 5, 5))]


def _state(agreement: Agreement) -> str:
    if agreement.ended_at:
        return f"gestopt op {day(agreement.ended_at)}"
    return f"voorgesteld op {day(agreement.proposed_at)}" if agreement.proposed_at else "nooit voorgesteld"
