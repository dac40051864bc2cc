"""Both sites in one process."""

from govmedia.api import urls as api
from govmedia.config import urls_desk, urls_public

urlpatterns = [*api.patterns("all"), *urls_public.own, *urls_desk.own]
handler400, handler404, handler500 = api.HANDLERS
