from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "govmedia.accounts"
    label = "accounts"
    verbose_name = "账号"
