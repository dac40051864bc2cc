from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "govmedia.common"
    label = "common"
