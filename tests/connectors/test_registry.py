import inspect

import pytest

from govmedia.connectors.interfaces import feed
from govmedia.connectors.registry import INTERFACES, LABELS, Interface


def test_interfaces_are_found_by_folder():
    assert INTERFACES["feed"] is feed
    assert LABELS["feed"] == "订阅源"


@pytest.mark.parametrize("code", sorted(INTERFACES))
def test_every_interface_keeps_the_promise(code):
    module = INTERFACES[code]
    asked = [name for name in inspect.signature(Interface.fetch).parameters if name != "self"]
    assert list(inspect.signature(module.fetch).parameters) == asked
    assert inspect.iscoroutinefunction(module.fetch)
    assert code == module.CODE
    assert module.LABEL
    assert isinstance(module.SHOWS, frozenset)
