"""The public site."""

from django.urls import include, path

from govmedia.api import urls as api

own = [path("", include("govmedia.public.urls"))]
urlpatterns = [*api.patterns("public"), *own]
handler400, handler404, handler500 = api.HANDLERS
