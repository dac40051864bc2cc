"""Addresses of the public site."""

from django.urls import path

from govmedia.public.views import assessments, bulletins, draws, operation, pages, pictures, suggest

app_name = "public"
urlpatterns = [
    path("", pages.home, name="home"),
    path("suggest/", suggest.suggest, name="suggest"),
    path("directory/", pages.directory, name="directory"),
    path("accounts/<str:code>/", pages.account, name="account"),
    path("accounts/<str:code>/qr.png", pictures.qr_png, name="qr-png"),
    path("accounts/<str:code>/qr.svg", pictures.qr_svg, name="qr-svg"),
    path("draws/", draws.index, name="draws"),
    path("draws/<int:pk>/", draws.detail, name="draw"),
    path("draws/<int:pk>/population.csv", draws.population, name="draw-population"),
    path("draws/<int:pk>/draw.json", draws.result, name="draw-result"),
    path("bulletins/", bulletins.index, name="bulletins"),
    path("bulletins/feed.atom", bulletins.feed, name="bulletin-feed"),
    path("bulletins/<int:pk>/", bulletins.detail, name="bulletin"),
    path("bulletins/<int:pk>/bulletin.<str:kind>", bulletins.document, name="bulletin-document"),
    path("bulletins/<int:pk>/round.jsonl", bulletins.bundle, name="bulletin-bundle"),
    path("assessments/", assessments.index, name="assessments"),
    path("assessments/<int:pk>/", assessments.detail, name="assessment"),
    path("assessments/<int:pk>/ranking.json", assessments.ranking, name="assessment-ranking"),
    path("healthz", operation.healthz, name="healthz"),
    path("metrics", operation.metrics, name="metrics"),
]
