"""The commands of the audit trail: verify it, and print the seal of its last row for a partner to keep."""

from typing import Annotated

import typer

from buurtbalans.cli.console import err, exit_refused, out
from buurtbalans.cli.environment import load_site

commands = typer.Typer(no_args_is_help=True, help="Het logboek: wie deed wat, en is er niets veranderd?")


@commands.command()
def verify(
    head: Annotated[
        str, typer.Option(help="Zegel dat u eerder bewaarde; vindt ook een logboek dat geheel is herschreven.")
    ] = "",
) -> None:
    """Loop het hele logboek na: is er een regel veranderd, weg of tussengevoegd?"""
    seal = _parse_seal(head) if head else None
    load_site()
    from buurtbalans.method.base.audit import audit_head, verify_audit

    if broken := verify_audit(head=seal):
        err.print(f"Het logboek klopt niet. Regel {broken.sequence}: {broken.why}.", style="bold")
        raise typer.Exit(1)
    out.print(f"Het logboek klopt. {audit_head()[0]} regels nagelopen.")


@commands.command()
def head() -> None:
    """Geef het zegel van de laatste regel. Laat een partner het bewaren."""
    load_site()
    from buurtbalans.method.base.audit import audit_head

    number, seal = audit_head()
    out.print(f"{number}:{seal}", soft_wrap=True)


def _parse_seal(text: str) -> tuple[int, str]:
    """Return the row number and hash of a seal, `number:hash`, or refuse it."""
    number, _, seal = text.partition(":")
    if not number.isdigit() or len(seal) != 64:
        exit_refused("Een zegel ziet er zo uit: 120:9f86d0… Maak er een met: buurtbalans audit head")
    return int(number), seal
