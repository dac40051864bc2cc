"""Addresses of the demonstration's strings."""

from django.urls import path

from govmedia.demo import views

app_name = "demo"
urlpatterns = [path("accounts/<str:code>/steer/", views.steer, name="steer")]
