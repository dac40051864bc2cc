"""One address of the site asked for without a server: no session, no middleware, nothing that is told by who asks."""

import inspect
import time
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.http import Http404, HttpResponseBase
from django.test import RequestFactory
from django.urls import resolve

from govmedia.bulletins.queries import Busy

_BUSY_TRIES, _BUSY_PAUSE_S = 40, 1.0


class Asker:
    """Asks for pages as a stranger would, under the address the copy will have."""

    def __init__(self, origin: str, live: str) -> None:
        parts = urlsplit(origin)
        self._requests = RequestFactory()
        self._given: dict[str, Any] = {
            "SERVER_NAME": parts.hostname or "localhost",
            "SERVER_PORT": str(parts.port or (443 if parts.scheme == "https" else 80)),
            "secure": parts.scheme == "https",
        }
        self._live = live

    def request(self, url: str) -> Any:
        """A stranger's request; `still` tells templates that nobody will answer questions."""
        request: Any = self._requests.get(url, **self._given)
        request.still = {"live": self._live}
        return request

    def get(self, url: str) -> tuple[str, bytes] | None:
        """(media type, body); None where there is no such page. Errors: whatever the view raises."""
        request = self.request(url)
        match = resolve(request.path_info)
        request.resolver_match = match
        # Marks of freshness and methods are for browsers; each costs queries.
        view = inspect.unwrap(match.func)
        try:
            answer = _patiently(view, request, match.args, match.kwargs)
        except Http404:
            return None
        if answer.status_code == 404:
            return None
        if answer.status_code != 200:
            raise RuntimeError(f"{url}: {answer.status_code}")
        body = _joined(answer.streaming_content) if answer.streaming else answer.content
        answer.close()
        return answer["Content-Type"].partition(";")[0], body


def _patiently(view: Any, request: Any, args: Any, kwargs: Any) -> HttpResponseBase:
    """A document that somebody else is making just now is waited for."""
    for _ in range(_BUSY_TRIES):
        try:
            answer: HttpResponseBase = view(request, *args, **kwargs)
            return answer
        except Busy:
            time.sleep(_BUSY_PAUSE_S)
    raise RuntimeError(f"{request.path}: busy")


def _joined(chunks: Iterable[bytes]) -> bytes:
    return b"".join(chunks)
