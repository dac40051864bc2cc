from django.apps import AppConfig


class RoundsConfig(AppConfig):
    name = "govmedia.rounds"
    label = "rounds"
    verbose_name = "检查轮次"
