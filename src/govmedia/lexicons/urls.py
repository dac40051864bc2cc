"""Addresses of the installation's own terms, under /desk/lexicon/."""

from django.urls import path

from govmedia.lexicons.views import files, terms

app_name = "lexicons"
urlpatterns = [
    path("", terms.index, name="list"),
    path("new/", terms.create, name="new"),
    path("export/", files.export, name="export"),
    path("import/", files.take, name="import"),
    path("<int:pk>/", terms.detail, name="detail"),
    path("<int:pk>/settle/", terms.settle, name="settle"),
    path("<int:pk>/rescan/", terms.rescan, name="rescan"),
    path("rescans/<int:pk>/stop/", terms.stop, name="rescan-stop"),
]
