"""The command line: `buurtbalans`, one command for the figures, the placing and the site."""

import os

import typer

from buurtbalans.cli import (
    audit,
    count,
    demo,
    fetch,
    index,
    people,
    place,
    place_audit,
    protect,
    read,
    release,
    round,
    site,
)

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode="rich")


@app.callback()
def main() -> None:
    """Cijfers en verhalen over een buurt, van vraag tot evaluatie."""
    # No command needs the threads of numpy, and starting them costs a tenth of a second.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


app.command()(demo.demo)
app.command()(site.serve)
app.command()(site.migrate)
app.command()(site.tidy)
app.command()(site.check)
app.add_typer(people.organisation_commands, name="organisation")
app.add_typer(people.account_commands, name="account")
app.add_typer(audit.commands, name="audit")
app.command()(read.read)
app.command()(fetch.fetch)
app.command()(count.count)
app.command()(protect.protect)
app.command()(index.index)
app.command()(place.place)
app.add_typer(place_audit.commands, name="place-audit")
app.add_typer(release.commands, name="release")
app.add_typer(round.commands, name="round")
