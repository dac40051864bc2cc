"""Addresses of rounds, under /desk/rounds/."""

from django.urls import path

from govmedia.rounds.views import judging, planning, report, selfcheck, stats, whatif

app_name = "rounds"
urlpatterns = [
    path("", planning.index, name="list"),
    path("new/", planning.create, name="new"),
    path("self-check/new/", selfcheck.create, name="self-new"),
    path("reports/", report.mine, name="my-reports"),
    path("reports/<int:pk>/", report.report, name="report"),
    path("reports/<int:pk>/draft/", report.draft, name="report-draft"),
    path("<int:pk>/reports/", selfcheck.reports, name="reports"),
    path("<int:pk>/honesty/", selfcheck.honesty, name="honesty"),
    path("stats/", stats.stats, name="stats"),
    path("what-if/", whatif.whatif, name="what-if"),
    path("mine/", judging.mine, name="mine"),
    path("<int:pk>/", planning.detail, name="detail"),
    path("<int:pk>/change/", planning.change, name="change"),
    path("<int:pk>/step/", planning.step, name="step"),
    path("<int:pk>/draw/", planning.draw, name="draw"),
    path("<int:pk>/open/", planning.start, name="open"),
    path("<int:pk>/hand-over/", planning.hand_over, name="hand-over"),
    path("<int:pk>/population.csv", planning.population, name="population"),
    path("<int:pk>/draw.json", planning.drawn, name="drawn"),
    path("<int:pk>/work/", judging.work, name="work"),
    path("seats/<int:pk>/", judging.begin, name="seat"),
    path("samples/<int:pk>/", judging.sample, name="sample"),
    path("samples/<int:pk>/arbiter/", judging.arbiter, name="arbiter"),
    path("samples/<int:pk>/drop/", judging.drop, name="drop"),
]
