from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "govmedia.notify"
    label = "notify"
    verbose_name = "通知"
