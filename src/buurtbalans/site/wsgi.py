"""What the server calls; it refuses to start on unsafe settings, whichever server it is."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "buurtbalans.site.settings")
application = get_wsgi_application()

from buurtbalans.site.checks import refuse_if_unsafe  # noqa: E402  the apps must be loaded first
from buurtbalans.site.retention import keep_tidy  # noqa: E402

refuse_if_unsafe()
keep_tidy()

gc.collect()
gc.freeze()  # what is loaded by now stays: without, looking it through again takes 0.1 to 0.2 s of a page now and then
gc.set_threshold(20_000, 20, 50)
