from django.apps import AppConfig


class ChecksConfig(AppConfig):
    name = "govmedia.checks"
    label = "checks"
    verbose_name = "检查"
