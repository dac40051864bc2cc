"""Addresses of the inspectors' checks, under /desk/checks/."""

from django.urls import path

from govmedia.checks import views, watch_views

app_name = "checks"
urlpatterns = [
    path("", views.check_list, name="list"),
    path("watch/", watch_views.watch, name="watch"),
    path("new/<str:code>/", views.new, name="new"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/answer/", views.answer, name="answer"),
    path("<int:pk>/rule/", views.rule, name="rule"),
    path("<int:pk>/discard/", views.discard, name="discard"),
    path("<int:pk>/finish/", views.finish, name="finish"),
]
