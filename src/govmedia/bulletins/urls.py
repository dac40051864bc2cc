"""Addresses of bulletins, under /desk/bulletins/."""

from django.urls import path

from govmedia.bulletins.views import files, letters, writing

app_name = "bulletins"
urlpatterns = [
    path("", writing.index, name="list"),
    path("rounds/<int:pk>/", writing.start, name="start"),
    path("<int:pk>/", writing.detail, name="detail"),
    path("<int:pk>/move/", writing.move, name="move"),
    path("<int:pk>/send/", letters.send, name="send"),
    path("<int:pk>/letters.zip", letters.archive, name="letters"),
    path("<int:pk>/bulletin.<str:kind>", files.document, name="document"),
    path("letters/<int:pk>/", letters.detail, name="letter"),
    path("letters/<int:pk>/letter.<str:kind>", letters.document, name="letter-document"),
]
