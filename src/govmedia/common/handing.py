"""Files as they come with a request, and as they are handed out again, for every room that keeps some."""

from typing import NamedTuple, Protocol

from django.http import FileResponse, Http404, HttpRequest

from govmedia.common.exhibits import BYTES_MOST, FILES_MOST, Upload, path_of

# What a browser may show by itself; everything else is only saved.
SHOWN = ("image/png", "image/jpeg")
POLICY = "default-src 'none'; sandbox"


def uploads_of(request: HttpRequest) -> list[Upload]:
    """The files of the field `files`; of what is too large or too many only so much as shows it."""
    files = request.FILES.getlist("files")[: FILES_MOST + 1]
    return [Upload(file.name or "", file.read(BYTES_MOST + 1)) for file in files]


class Held(Protocol):
    """Names a file that was handed in."""

    @property
    def name(self) -> str: ...
    @property
    def media_type(self) -> str: ...
    @property
    def sm3(self) -> str: ...


class Handed(NamedTuple):
    """A file that no row of its own names."""

    name: str
    media_type: str
    sm3: str


def handed_out(row: Held) -> FileResponse:
    """The bytes of a file, of pictures to be shown, else to be saved; 404 where they are gone."""
    path = path_of(row.sm3)
    if not path.is_file():
        raise Http404
    shown = row.media_type in SHOWN
    answer = FileResponse(path.open("rb"), as_attachment=not shown, filename=row.name, content_type=row.media_type)
    answer.headers["Content-Security-Policy"] = POLICY
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
