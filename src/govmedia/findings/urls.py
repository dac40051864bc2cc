"""Addresses of the findings' pages, under /desk/findings/."""

from django.urls import path

from govmedia.findings import views

app_name = "findings"
urlpatterns = [
    path("", views.finding_list, name="list"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/move/", views.move, name="move"),
]
