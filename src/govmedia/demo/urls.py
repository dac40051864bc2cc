"""The demonstration's strings, under /desk/demo/."""

from django.urls import path

from govmedia.demo import views

app_name = "demo"
urlpatterns = [path("<str:code>/steer/", views.steer, name="steer")]
