"""Addresses of filings."""

from django.urls import path

from govmedia.filings.views import draft, moves, page, rows

app_name = "filings"
urlpatterns = [
    path("", rows.index, name="list"),
    path("queue/", rows.queue, name="queue"),
    path("new/", draft.new, name="new"),
    path("change/<str:code>/", draft.change, name="change"),
    path("close/<str:code>/", draft.close, name="close"),
    path("<int:pk>/", page.detail, name="detail"),
    path("<int:pk>/edit/", draft.edit, name="edit"),
    path("<int:pk>/autosave/", draft.autosave, name="autosave"),
    path("<int:pk>/fetch/", draft.fetch, name="fetch"),
    path("<int:pk>/move/", moves.move, name="move"),
]
