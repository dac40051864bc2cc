from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "govmedia.assessments"
    label = "assessments"
    verbose_name = "年度考核"
