"""Addresses of the desk."""

from django.urls import path

from govmedia.desk.views import account, accounts, audit, search, system, today

app_name = "desk"
urlpatterns = [
    path("", today.today, name="today"),
    path("search/", search.search, name="search"),
    path("suggest/", search.suggest, name="suggest"),
    path("accounts/", accounts.index, name="account-list"),
    path("accounts/<str:code>/", account.detail, name="account"),
    path("accounts/<str:code>/posts/", account.posts, name="account-posts"),
    path("accounts/<str:code>/posts/<int:pk>/", account.post, name="account-post"),
    path("accounts/<str:code>/look/", account.look, name="account-look"),
    path("accounts/<str:code>/unfreeze/", account.unfreeze, name="account-unfreeze"),
    path("audit/", audit.index, name="audit-list"),
    path("system/", system.system, name="system"),
    path("system/jobs/retry/", system.retry_all, name="job-retry-all"),
    path("system/jobs/<int:pk>/retry/", system.retry, name="job-retry"),
    path("system/jobs/<int:pk>/discard/", system.discard, name="job-discard"),
    path("components/", system.components, name="components"),
]
