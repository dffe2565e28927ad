"""The command line: `buurtbalans`, one command for the figures, the placing and the site."""

import os

import typer

from buurtbalans import (
    cli_audit,
    cli_count,
    cli_fetch,
    cli_index,
    cli_people,
    cli_place,
    cli_place_audit,
    cli_protect,
    cli_read,
    cli_release,
    cli_round,
    cli_site,
)

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode="rich")


@app.callback()
def main() -> None:
    """Cijfers en verhalen over een buurt, van vraag tot evaluatie."""
    # Threads of numpy that no command needs; they turn in a loop while they wait, a tenth of a second at every start.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


cli_site.register(app)
cli_people.register(app)
cli_audit.register(app)
cli_read.register(app)
cli_fetch.register(app)
cli_count.register(app)
cli_protect.register(app)
cli_index.register(app)
cli_place.register(app)
cli_place_audit.register(app)
cli_release.register(app)
cli_round.register(app)

if __name__ == "__main__":
    app()
