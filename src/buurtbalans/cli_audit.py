"""The commands around the audit trail: check it, and give the seal of its end for a partner to keep."""

from typing import Annotated

import typer
from rich.console import Console

audit = typer.Typer(no_args_is_help=True, help="Het logboek: wie deed wat, en is er niets veranderd?")
out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


def register(app: typer.Typer) -> None:
    """Add `buurtbalans audit` to the one command line."""
    app.add_typer(audit, name="audit")


def parsed(head: str) -> tuple[int, str]:
    """Read a kept seal, `number:seal`, or refuse it."""
    number, _, seal = head.partition(":")
    if not number.isdigit() or len(seal) != 64:
        err.print("Een zegel ziet er zo uit: 120:9f86d0… Maak er een met: buurtbalans audit head", style="bold")
        raise typer.Exit(2)
    return int(number), seal


@audit.command()
def verify(
    head: Annotated[
        str, typer.Option(help="Zegel dat u eerder bewaarde; vindt ook een logboek dat geheel is herschreven.")
    ] = "",
) -> None:
    """Loop het hele logboek na: is er een regel veranderd, weg of tussengevoegd?"""
    kept = parsed(head) if head else None
    start()
    from buurtbalans.method.people.queries import audit_head, verify_audit

    if broken := verify_audit(head=kept):
        err.print(f"Het logboek klopt niet. Regel {broken.sequence}: {broken.why}.", style="bold")
        raise typer.Exit(1)
    out.print(f"Het logboek klopt. {audit_head()[0]} regels nagelopen.")


@audit.command()
def head() -> None:
    """Geef het zegel van de laatste regel. Laat een partner het bewaren."""
    start()
    from buurtbalans.method.people.queries import audit_head

    number, seal = audit_head()
    out.print(f"{number}:{seal}", soft_wrap=True)


def start() -> None:
    """Load the apps with the settings of the environment."""
    from buurtbalans.cli_site import start_safely

    start_safely()
