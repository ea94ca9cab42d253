"""How much a request may carry at all."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory

from marketplace.documents.uploads import LimitedUpload


class Unread(io.BytesIO):
    def read(self, *_size) -> bytes:
        raise AssertionError("it was read")


@pytest.mark.django_db
def test_a_request_of_200_mb_is_refused_before_it_is_read():
    """The check of the form's token is the first to look at what was sent, for whoever it is sent."""
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    says = {
        "CONTENT_TYPE": "multipart/form-data; boundary=x",
        "CONTENT_LENGTH": str(200 * 2**20),
        "wsgi.input": Unread(),
    }
    client.cookies["csrftoken"] = "x" * 32
    response = client.request(REQUEST_METHOD="POST", PATH_INFO="/accounts/login/", **says)
    assert response.status_code == 400


@pytest.mark.parametrize("size", [10, 3 * 2**20])
def test_an_ordinary_upload_comes_through_whole(size):
    """Small ones stay in memory, large ones on the disk; the limit stands before both."""
    request = RequestFactory().post("/", {"paper": SimpleUploadedFile("a.jpg", b"x" * size)})
    upload = request.FILES["paper"]
    assert (upload.size, upload.read()) == (size, b"x" * size)
    upload.close()


def test_the_limit_keeps_nothing():
    assert (LimitedUpload().receive_data_chunk(b"x", 0), LimitedUpload().file_complete(1)) == (b"x", None)
