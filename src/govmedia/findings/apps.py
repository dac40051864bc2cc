from django.apps import AppConfig


class FindingsConfig(AppConfig):
    name = "govmedia.findings"
    label = "findings"
    verbose_name = "问题"
