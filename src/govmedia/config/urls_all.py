"""Both sites in one process."""

from govmedia.config import urls_desk, urls_public

urlpatterns = [*urls_public.urlpatterns, *urls_desk.urlpatterns]
