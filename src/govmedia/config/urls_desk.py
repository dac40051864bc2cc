"""The working site, by log-in."""

from django.urls import include, path

from govmedia.api import urls as api

own = [
    path("desk/demo/", include("govmedia.demo.urls")),
    path("desk/", include("govmedia.desk.urls")),
    path("desk/", include("govmedia.orgs.urls")),
    path("desk/notices/", include("govmedia.notify.urls")),
    path("desk/filings/", include("govmedia.filings.urls")),
    path("desk/findings/", include("govmedia.findings.urls")),
    path("desk/inspect/", include("govmedia.inspections.urls")),
    path("desk/lexicon/", include("govmedia.lexicons.urls")),
    path("desk/impostors/", include("govmedia.impostors.urls")),
    path("desk/rounds/", include("govmedia.rounds.urls")),
    path("desk/bulletins/", include("govmedia.bulletins.urls")),
    path("desk/assessments/", include("govmedia.assessments.urls")),
    path("desk/checks/", include("govmedia.checks.urls")),
]
urlpatterns = [*api.patterns("desk"), *own]
handler400, handler404, handler500 = api.HANDLERS
