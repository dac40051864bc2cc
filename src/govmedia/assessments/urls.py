"""Addresses of the annual assessment, under /desk/assessments/."""

from django.urls import path

from govmedia.assessments.views import bodies, planning

app_name = "assessments"
urlpatterns = [
    path("", planning.index, name="list"),
    path("new/", planning.create, name="new"),
    path("<int:pk>/", planning.detail, name="detail"),
    path("<int:pk>/change/", planning.change, name="change"),
    path("<int:pk>/step/", planning.step, name="step"),
    path("bodies/<int:pk>/", bodies.detail, name="body"),
    path("bodies/<int:pk>/hand-in/", bodies.hand_in, name="hand-in"),
    path("marks/<int:pk>/report/", bodies.report, name="report"),
    path("marks/<int:pk>/review/", bodies.review, name="review"),
    path("marks/<int:pk>/veto/", bodies.veto, name="veto"),
    path("marks/<int:pk>/appeal/", bodies.appeal, name="appeal"),
    path("appeals/<int:pk>/", bodies.decide, name="decide"),
    path("proofs/<int:pk>/", bodies.proof, name="proof"),
]
