"""Addresses of content inspection, under /desk/inspect/."""

from django.urls import path

from govmedia.inspections.views import checks, hits, paste, specimens, spread

app_name = "inspections"
urlpatterns = [
    path("", paste.paste, name="paste"),
    path("queue/", hits.queue, name="queue"),
    path("hits/", hits.index, name="list"),
    path("hits/<int:pk>/", hits.detail, name="detail"),
    path("hits/<int:pk>/decide/", hits.decide, name="decide"),
    path("hits/<int:pk>/undo/", hits.undo, name="undo"),
    path("hits/<int:pk>/allow/", hits.propose, name="propose"),
    path("hits/<int:pk>/specimen/", specimens.propose, name="specimen"),
    path("specimens/", specimens.index, name="specimens"),
    path("specimens/<int:pk>/", specimens.settle, name="settle-specimen"),
    path("checks/", checks.checks, name="checks"),
    path("checks/<str:code>/restore/", checks.restore, name="restore"),
    path("spread/", spread.index, name="spread"),
    path("spread/<int:pk>/", spread.detail, name="message"),
    path("originality/<str:code>/", spread.account, name="originality"),
    path("allowances/<int:pk>/", checks.settle, name="settle"),
]
