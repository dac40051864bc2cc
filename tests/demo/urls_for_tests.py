"""Both sites with the demonstration's strings."""

from django.urls import include, path

from govmedia.config import urls_all

urlpatterns = [path("desk/", include("govmedia.demo.urls")), *urls_all.urlpatterns]
