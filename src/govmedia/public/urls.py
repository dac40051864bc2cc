"""Addresses of the public site."""

from django.urls import path

from govmedia.public.views import assessments, bulletins, draws, feeds, open_data, operation, pages, pictures

app_name = "public"
urlpatterns = [
    path("", pages.home, name="home"),
    path("directory/", pages.directory, name="directory"),
    path("accounts/<str:code>/", pages.account, name="account"),
    path("accounts/<str:code>/qr.png", pictures.qr_png, name="qr-png"),
    path("accounts/<str:code>/qr.svg", pictures.qr_svg, name="qr-svg"),
    path("accounts/<str:code>/poster/", pages.poster, name="poster"),
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
    path("open-data/", open_data.index, name="open-data"),
    path("open-data/catalogue.json", open_data.catalogue, name="open-data-catalogue"),
    path("open-data/SHA256SUMS", open_data.sums, {"name": "SHA256SUMS"}, name="open-data-sha256"),
    path("open-data/SM3SUMS", open_data.sums, {"name": "SM3SUMS"}, name="open-data-sm3"),
    path("open-data/<str:name>", open_data.file, name="open-data-file"),
    path("badge/<str:code>.svg", feeds.account_badge, name="badge"),
    path("feed.atom", feeds.feed, name="feed"),
    path("robots.txt", feeds.robots, name="robots"),
    path("sitemap.xml", feeds.sitemap, name="sitemap"),
    path("sitemap-pages.xml", feeds.sitemap_pages, name="sitemap-pages"),
    path("sitemap-<int:number>.xml", feeds.sitemap_part, name="sitemap-part"),
    path("healthz", operation.healthz, name="healthz"),
    path("metrics", operation.metrics, name="metrics"),
]
