from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "govmedia.public"
    label = "public"
    verbose_name = "公开站"
