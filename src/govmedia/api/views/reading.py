"""The description of the API: for machines as OpenAPI 3.1, for people as a page; and the public keys."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from govmedia.api.description import document
from govmedia.api.entry import endpoint, said
from govmedia.api.showing import shown
from govmedia.common import signing


@endpoint("GET", "HEAD")
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "api/home.html", shown(document(settings.SITE)))


@endpoint("GET", "HEAD")
def openapi(request: HttpRequest) -> HttpResponse:
    return said(document(settings.SITE))


@endpoint("GET", "HEAD")
def keys(request: HttpRequest) -> HttpResponse:
    """What anybody needs to prove what this installation signed, also with keys it has since replaced."""
    return said({"keys": signing.public_keys()})
