"""The room's own behaviour is tested with one check whose hits never change; the checks have tests of their own."""

from functools import partial

import pytest

from govmedia.engine.content.inspector import Inspector
from govmedia.inspections import program


@pytest.fixture(autouse=True)
def one_check(monkeypatch):
    monkeypatch.setattr(program, "Inspector", partial(Inspector, only=["form_document_number"]))
    monkeypatch.setattr(program, "_kept", None)
