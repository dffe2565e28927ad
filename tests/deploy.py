"""What `make check` asks of Django: the checks of a real deployment pass and no migration is missing."""

import os
import secrets
import sys
import tempfile

import django
from django.core.management import call_command


def main() -> None:
    """Check as a site on its own name would be set up; the database itself is checked when a site starts."""
    folder = tempfile.TemporaryDirectory(prefix="buurtbalans-check-")
    os.environ |= {
        "BUURTBALANS_DATA": folder.name,
        "BUURTBALANS_SECRET_KEY": secrets.token_urlsafe(60),
        "BUURTBALANS_HOSTS": "buurtbalans.example.nl",
        "BUURTBALANS_PROXY": "1",
        "BUURTBALANS_DATABASE": "",
        "DJANGO_SETTINGS_MODULE": "buurtbalans.site.settings",
    }
    django.setup()
    call_command("check", deploy=True, fail_level="WARNING", verbosity=0)
    call_command("makemigrations", check=True, dry_run=True, verbosity=1)


if __name__ == "__main__":
    sys.exit(main())
