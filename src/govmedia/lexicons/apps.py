from django.apps import AppConfig


class LexiconsConfig(AppConfig):
    name = "govmedia.lexicons"
    label = "lexicons"
    verbose_name = "词库"
