"""What a refusal nobody caught looks like."""

import pytest
from django.test import RequestFactory

from govmedia.common.refusals import NoRight, Refused
from govmedia.orgs.middleware import Refusals

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("error", "status"), [(NoRight("不是您的辖区。"), 403), (Refused("已有人先处理。"), 409)])
def test_uncaught_refusal_is_a_page_that_says_why(error, status, chen_operator):
    request = RequestFactory().get("/desk/")
    request.user = chen_operator
    response = Refusals(lambda _: None).process_exception(request, error)
    assert response.status_code == status
    assert error.text in response.content.decode()


def test_other_errors_stay_errors(rf):
    assert Refusals(lambda _: None).process_exception(rf.get("/"), ValueError()) is None
