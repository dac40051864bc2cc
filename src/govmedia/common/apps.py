from django import forms
from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "govmedia.common"
    label = "common"

    def ready(self) -> None:
        # The framework speaks of a field (字段), which is the word of a database.
        words = {**forms.Field.default_error_messages, "required": "请填写这一项。"}
        forms.Field.default_error_messages = words
