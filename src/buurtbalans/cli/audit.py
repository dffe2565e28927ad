"""The commands of the audit trail: verify it, and print the seal of its last row for a partner to keep."""

from typing import Annotated

import typer

from buurtbalans.cli.console import exit_refused, out, print_json
from buurtbalans.cli.environment import load_site
from buurtbalans.cli.form import Command, command_group
from buurtbalans.cli.options import AsJson
from buurtbalans.figures.text import gettext as _
from buurtbalans.figures.text import gettext_noop as noop

commands = command_group(noop("Controleer het logboek: is er sinds het schrijven niets veranderd?"))


@commands.command(
    cls=Command, help=noop("Controleer het hele logboek: is er een regel veranderd, verwijderd of tussengevoegd?")
)
def verify(
    head: Annotated[
        str,
        typer.Option(
            metavar="SEAL",
            help=noop("Zegel dat u eerder hebt bewaard. Daarmee valt ook een geheel herschreven logboek op"),
        ),
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Verify the whole trail, and exit with the code of the data when a row was changed, removed or inserted."""
    seal = _parse_seal(head) if head else None
    load_site()
    from buurtbalans.method.base.audit import audit_head, verify_audit

    broken = verify_audit(head=seal)
    if as_json:
        found = {"row": broken.sequence, "why": str(broken.why)} if broken else None
        print_json({"intact": broken is None, "rows": audit_head()[0], "broken": found})
    if broken:
        facts = {"number": broken.sequence, "why": broken.why}
        exit_refused(_("Het logboek klopt niet. Regel %(number)s: %(why)s.") % facts)
    if not as_json:
        out.print(_("Het logboek klopt. Alle %(number)s regels zijn gecontroleerd.") % {"number": audit_head()[0]})


@commands.command(cls=Command, help=noop("Geef het zegel van de laatste regel. Laat een partner dit zegel bewaren."))
def head(as_json: AsJson = False) -> None:
    """Print the seal of the last row."""
    load_site()
    from buurtbalans.method.base.audit import audit_head

    number, seal = audit_head()
    if as_json:
        print_json({"row": number, "hash": seal, "seal": f"{number}:{seal}"})
    else:
        out.print(f"{number}:{seal}", soft_wrap=True)


def _parse_seal(text: str) -> tuple[int, str]:
    """Return the row number and hash of a seal, `number:hash`, or refuse it."""
    number, _colon, seal = text.partition(":")
    if not number.isdigit() or len(seal) != 64:
        sentence = _("Een zegel ziet er zo uit: 120:9f86d0… Maak een zegel met: %(command)s")
        exit_refused(sentence % {"command": "buurtbalans audit head"})
    return int(number), seal
