"""Addresses of the inspectors' checks, under /desk/checks/."""

from django.urls import path

from govmedia.checks import reading_views, views, watch_views

app_name = "checks"
urlpatterns = [
    path("", views.check_list, name="list"),
    path("watch/", watch_views.watch, name="watch"),
    path("new/<str:code>/", views.new, name="new"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/answer/", views.answer, name="answer"),
    path("<int:pk>/rule/", views.rule, name="rule"),
    path("<int:pk>/posts/", reading_views.posts, name="posts"),
    path("<int:pk>/posts/<int:post>/", reading_views.post, name="post"),
    path("<int:pk>/discard/", views.discard, name="discard"),
    path("<int:pk>/finish/", views.finish, name="finish"),
]
