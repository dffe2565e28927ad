"""Runs the command line as `python -m buurtbalans.cli`."""

from buurtbalans.cli.app import app

if __name__ == "__main__":
    app()
