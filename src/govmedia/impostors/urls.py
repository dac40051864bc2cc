"""Addresses of the impostor desk, under /desk/impostors/."""

from django.urls import path

from govmedia.impostors.views import page, room, suspects

app_name = "impostors"
urlpatterns = [
    path("", room.index, name="list"),
    path("new/", room.create, name="new"),
    path("asked/", suspects.asked, name="asked"),
    path("asked/<int:pk>/settle/", suspects.settle_asked, name="asked-settle"),
    path("sweep/", suspects.sweep, name="sweep"),
    path("<int:pk>/", page.detail, name="detail"),
    path("<int:pk>/propose/", page.propose, name="propose"),
    path("<int:pk>/settle/", page.settle, name="settle"),
    path("<int:pk>/letter.<str:kind>", page.letter, name="letter"),
    path("<int:pk>/reports/<int:report>/", page.picture, name="picture"),
]
