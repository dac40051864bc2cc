from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "govmedia.jobs"
    label = "jobs"
    verbose_name = "任务"
