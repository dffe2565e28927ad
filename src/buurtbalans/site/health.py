"""Says whether the site can do its work: the database answers and the published release can be read."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from buurtbalans.figures.findings import Refused
from buurtbalans.method.datasets.queries import releases

TRY_AGAIN_AFTER = "5"  # seconds


def database_answers() -> bool:
    """Return whether the database answers a question."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return cursor.fetchone() == (1,)
    except DatabaseError:
        return False


def release_state() -> str:
    """Return the id of the published release, `none` before the first one, or `unreadable`."""
    try:
        release = releases.current_release()
    except (OSError, ValueError, Refused):
        return "unreadable"
    return release.id if release else "none"


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when all is well, else 503 with the part that is not."""
    database, release = database_answers(), release_state()
    well = database and release != "unreadable"
    answer = JsonResponse(
        {"status": "ok" if well else "unwell", "database": "ok" if database else "away", "release": release},
        status=200 if well else 503,
    )
    if not well:
        answer.headers["Retry-After"] = TRY_AGAIN_AFTER
    return answer
