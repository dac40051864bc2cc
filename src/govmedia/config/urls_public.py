"""The public site."""

from django.urls import include, path

urlpatterns = [path("", include("govmedia.public.urls"))]
