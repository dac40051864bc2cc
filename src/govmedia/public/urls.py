"""Addresses of the public site."""

from django.urls import path

from govmedia.public.views import draws, operation, pages, pictures

app_name = "public"
urlpatterns = [
    path("", pages.home, name="home"),
    path("directory/", pages.directory, name="directory"),
    path("accounts/<str:code>/", pages.account, name="account"),
    path("accounts/<str:code>/qr.png", pictures.qr_png, name="qr-png"),
    path("accounts/<str:code>/qr.svg", pictures.qr_svg, name="qr-svg"),
    path("draws/", draws.index, name="draws"),
    path("draws/<int:pk>/", draws.detail, name="draw"),
    path("draws/<int:pk>/population.csv", draws.population, name="draw-population"),
    path("draws/<int:pk>/draw.json", draws.result, name="draw-result"),
    path("healthz", operation.healthz, name="healthz"),
    path("metrics", operation.metrics, name="metrics"),
]
