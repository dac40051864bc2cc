"""The order of names in lists. A database puts Chinese names in the order of their code points, and each in its own;
people look for them by pinyin."""

from itertools import islice
from typing import Any

from django.db import models

from govmedia.engine.sounds import place_in_order


class NameOrder(models.CharField):
    """Where the row stands by its `of`, see `place_in_order`; written whenever the row is saved or made in bulk."""

    def __init__(self, of: str, **options: Any) -> None:
        self.of = of
        super().__init__(**{"max_length": 1000, "editable": False, "default": "", **options})

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        return name, path, args, {**options, "of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        key = place_in_order(getattr(model_instance, self.of))[: self.max_length]
        setattr(model_instance, self.attname, key)
        return key


def write_order(model: type[models.Model], column: str = "name_order", batch: int = 1000) -> None:
    """Write the column for rows that are older than it, for migrations."""
    order = model._meta.get_field(column)
    rows = iter(model._default_manager.order_by("pk").only("pk", order.of).iterator())
    while few := list(islice(rows, batch)):
        for row in few:
            order.pre_save(row, add=False)
        model._default_manager.bulk_update(few, [column])
