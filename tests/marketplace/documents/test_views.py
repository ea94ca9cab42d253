"""A paper handed out: to be saved, never shown inside the site, and written down."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from marketplace.documents.actions import (
    add_import_row,
    delete_document,
    end_import,
    keep_document,
    plain_title,
    start_import,
)
from marketplace.documents.forms import PaperField, SheetField
from marketplace.documents.models import Document
from marketplace.documents.views import stream
from marketplace.history.models import Event
from marketplace.workflow.refusals import Refused
from tests.factories import a_user, an_organization

from .hostile import pdf, picture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.PRIVATE_ROOT = tmp_path


def a_document(title: str = "登记证书", content: bytes = b"") -> Document:
    return keep_document(SimpleUploadedFile("x", content or picture()), title=title, actor=a_user())


@pytest.mark.parametrize(
    ("content", "ending", "kind"), [(picture(), "jpg", "image/jpeg"), (pdf(), "pdf", "application/pdf")]
)
def test_a_paper_is_saved_never_shown(content, ending, kind):
    document, organization, reader = a_document(content=content), an_organization(), a_user()
    response = stream(document, actor=reader, subject=organization)
    with document.file.storage.open(document.file.name) as kept:
        assert b"".join(response.streaming_content) == kept.read()
    response.file_to_stream.close()
    assert {name: response[name] for name in ("Content-Type", "X-Content-Type-Options", "Cache-Control")} == {
        "Content-Type": kind,
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store, private",
    }
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    response.file_to_stream.close()
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["Content-Disposition"].endswith(f".{ending}")


def test_the_sites_own_policy_does_not_replace_the_stricter_one(client, settings):
    """The policy is set before the middleware of the site comes by."""
    from csp.middleware import CSPMiddleware

    document = a_document()
    response = CSPMiddleware(lambda _request: stream(document, actor=None, subject=document))(RequestFactory().get("/"))
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    response.file_to_stream.close()


def test_every_reading_is_an_event_of_what_the_paper_is_about():
    document, organization, reader = a_document(), an_organization(), a_user()
    stream(document, actor=reader, subject=organization).file_to_stream.close()
    event = Event.objects.about(organization).get(verb="document.read")
    assert (event.actor_id, event.details) == (reader.pk, {"document": document.pk})


def test_a_private_file_has_no_address():
    with pytest.raises(ValueError, match="URL"):
        a_document().file.url  # noqa: B018


def test_a_private_file_is_its_owners_alone(tmp_path):
    document = a_document()
    assert (tmp_path / document.file.name).stat().st_mode & 0o077 == 0


def test_a_deleted_paper_is_gone(tmp_path, django_capture_on_commit_callbacks):
    document = a_document()
    file = tmp_path / document.file.name
    assert file.exists()
    with django_capture_on_commit_callbacks(execute=True):
        delete_document(document, actor=None)
    assert (file.exists(), Document.objects.count()) == (False, 0)
    assert Event.objects.filter(verb="document.deleted").count() == 1


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("登记证书", "登记证书"),
        ("", "材料"),
        ("../../x", "-..-x"),
        ("a\u202egpj.exe", "agpj.exe"),
        ("a\r\nSet-Cookie: x=1", "aSet-Cookie: x=1"),
        ("长" * 80, "长" * 60),
        ("\u200b \u2066", "材料"),
    ],
)
def test_a_title_reads_as_it_is_written(title, kept):
    assert plain_title(title) == kept


def test_an_import_is_written_down_and_ended_once():
    user, organization = a_user(), an_organization()
    done = start_import("sites", "0" * 64, actor=user)
    add_import_row(done, number=2, subject=organization)
    add_import_row(done, number=3, subject=organization, before={"name": "旧名"})
    assert [(row.number, row.before) for row in done.rows.all()] == [(2, None), (3, {"name": "旧名"})]
    assert end_import(done, actor=user).is_undone
    with pytest.raises(Refused):
        end_import(done, actor=user)


@pytest.mark.parametrize(("field", "accept"), [(PaperField, "application/pdf"), (SheetField, ".xlsx")])
def test_a_field_says_what_it_takes_and_how_much(field, accept, settings):
    made = field()
    assert accept in made.widget.attrs["accept"]
    assert f"{made.most_bytes() // 2**20} MB" in str(made.help_text)


def test_a_field_refuses_what_is_too_large(settings):
    settings.DOCUMENT_BYTES = 10
    with pytest.raises(Exception, match="文件太大"):
        PaperField().clean(SimpleUploadedFile("a.jpg", b"x" * 11))
