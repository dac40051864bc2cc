"""The working site, by log-in."""

from django.urls import include, path

urlpatterns = [
    path("desk/demo/", include("govmedia.demo.urls")),
    path("desk/", include("govmedia.desk.urls")),
    path("desk/", include("govmedia.orgs.urls")),
    path("desk/notices/", include("govmedia.notify.urls")),
    path("desk/filings/", include("govmedia.filings.urls")),
    path("desk/findings/", include("govmedia.findings.urls")),
    path("desk/inspect/", include("govmedia.inspections.urls")),
    path("desk/checks/", include("govmedia.checks.urls")),
]
