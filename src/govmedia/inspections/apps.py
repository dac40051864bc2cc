from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    name = "govmedia.inspections"
    label = "inspections"
    verbose_name = "内容"
