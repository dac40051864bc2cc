"""A token, and requests as other systems send them."""

import json

import pytest
from django.core.cache import cache
from django.test import Client

from govmedia.common.clock import now
from govmedia.orgs.services import make_token

INSPECT = "/api/v1/inspect"


@pytest.fixture(autouse=True)
def nobody_counted_yet():
    cache.clear()


@pytest.fixture
def secret(chen_operator):
    return make_token(user=chen_operator, name="官网", scope="inspect", by=chen_operator, now=now())[1]


@pytest.fixture
def send(secret):
    """POST a value as JSON, or bytes as they are, with the token."""

    def post(value, *, url=INSPECT, kind="application/json", **headers):
        data = value if isinstance(value, bytes) else json.dumps(value, ensure_ascii=False).encode()
        client = Client(enforce_csrf_checks=True)
        given = {"Authorization": f"Bearer {secret}", **headers}
        return client.generic("POST", url, data, content_type=kind, headers=given)

    return post


def problem_of(answer) -> tuple[int, str]:
    """Status and detail of a problem, once it is sure that it is one."""
    said = json.loads(answer.content)
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies
    assert (said["type"], said["status"], bool(said["title"])) == ("about:blank", answer.status_code, True)
    assert any("\u4e00" <= sign <= "\u9fff" for sign in said["detail"])
    return answer.status_code, said["detail"]
