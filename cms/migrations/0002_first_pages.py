"""The front page in place of Wagtail's welcome page, and the list of projects below it."""

from django.db import migrations

HOME, INDEX = "00010001", "000100010001"


def make_pages(apps, schema_editor):
    content_type = apps.get_model("contenttypes.ContentType").objects
    locale = apps.get_model("wagtailcore.Locale").objects.order_by("pk").first()
    page = apps.get_model("wagtailcore.Page")
    page.objects.filter(depth__gt=1).delete()
    root = page.objects.get(depth=1)

    def make(model, title, slug, path, depth, children, url_path):
        kind, _created = content_type.get_or_create(app_label="cms", model=model.lower())
        return apps.get_model("cms", model).objects.create(
            title=title,
            draft_title=title,
            slug=slug,
            content_type=kind,
            path=path,
            depth=depth,
            numchild=children,
            url_path=url_path,
            locale=locale,
        )

    home = make("HomePage", "首页", "home", HOME, 2, 1, "/home/")
    make("ProjectIndexPage", "公益项目", "projects", INDEX, 3, 0, f"{home.url_path}projects/")
    root.numchild = 1
    root.save()
    apps.get_model("wagtailcore.Site").objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page_id": home.pk, "site_name": "对接"}
    )


class Migration(migrations.Migration):
    dependencies = [("cms", "0001_initial"), ("wagtailcore", "0098_apitoken")]
    operations = [migrations.RunPython(make_pages, migrations.RunPython.noop)]
