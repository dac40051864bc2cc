from django.apps import AppConfig


class BulletinsConfig(AppConfig):
    name = "govmedia.bulletins"
    label = "bulletins"
    verbose_name = "通报"
