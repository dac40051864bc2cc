"""Addresses of one's messages."""

from django.urls import path

from govmedia.notify import views

app_name = "notify"
urlpatterns = [
    path("", views.index, name="list"),
    path("<int:pk>/read/", views.read, name="read"),
    path("read-all/", views.read_all, name="read-all"),
]
