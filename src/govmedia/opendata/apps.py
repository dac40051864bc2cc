"""Open data: files made by the worker and kept in the data folder; owns no tables and no states."""

from django.apps import AppConfig


class OpendataConfig(AppConfig):
    name = "govmedia.opendata"
    label = "opendata"
    verbose_name = "开放数据"
