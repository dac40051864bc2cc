"""Addresses of the findings' pages, under /desk/findings/."""

from django.urls import path

from govmedia.findings.views import appeals, bulk, exhibits, indicators, lists, notices, page, rechecks

app_name = "findings"
urlpatterns = [
    path("", lists.finding_list, name="list"),
    path("bulk/", bulk.bulk, name="bulk"),
    path("new/", notices.new, name="new"),
    path("rechecks/", rechecks.queue, name="rechecks"),
    path("appeals/", appeals.queue, name="appeals"),
    path("indicators/", indicators.index, name="indicators"),
    path("<int:pk>/", page.detail, name="detail"),
    path("<int:pk>/move/", page.move, name="move"),
    path("<int:pk>/claim/", page.claim, name="claim"),
    path("<int:pk>/appeal/", page.appeal, name="appeal"),
    path("<int:pk>/press/", page.press, name="press"),
    path("<int:pk>/postpone/", page.postpone, name="postpone"),
    path("<int:pk>/files/<int:exhibit>/", exhibits.exhibit, name="exhibit"),
]
