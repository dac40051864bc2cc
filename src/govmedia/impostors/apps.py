from django.apps import AppConfig


class ImpostorsConfig(AppConfig):
    name = "govmedia.impostors"
    label = "impostors"
    verbose_name = "冒用账号"
