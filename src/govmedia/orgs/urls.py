"""Addresses of log-in, organisations, users and tokens."""

from django.urls import path

from govmedia.orgs.views import login, organisations, tokens, users

app_name = "orgs"
urlpatterns = [
    path("login/", login.log_in, name="login"),
    path("logout/", login.log_out, name="logout"),
    path("password/", login.password, name="password"),
    path("invitation/<str:token>/", login.invitation, name="invitation"),
    path("organisations/", organisations.index, name="organisation-list"),
    path("organisations/new/", organisations.create, name="organisation-create"),
    path("organisations/<int:pk>/", organisations.edit, name="organisation-edit"),
    path("users/", users.index, name="user-list"),
    path("users/new/", users.create, name="user-create"),
    path("users/<int:pk>/", users.edit, name="user-edit"),
    path("users/<int:pk>/reset/", users.reset, name="user-reset"),
    path("tokens/", tokens.index, name="token-list"),
    path("tokens/all/", tokens.everybody, name="token-all"),
    path("tokens/<int:pk>/revoke/", tokens.revoke, name="token-revoke"),
]
