"""Runs the command line as `python -m buurtbalans.cli`."""

from buurtbalans.cli.app import main

if __name__ == "__main__":
    main()
