"""The database itself refuses to change what stands in a published edition."""

from django.db import migrations

from trellis.core import frozen

ITEMS = (
    "domain", "theme", "level", "definition", "cell", "statement", "activity", "attributegroup", "attribute",
)
MESSAGE = "a published edition does not change"
STATUS = "(SELECT status FROM framework_edition WHERE id = {row}.edition_id)"


def forward(apps, editor):
    for item in ITEMS:
        # An update has two sides: nothing may be moved out of a published edition, nor into one.
        for event, rows in (("insert", ["NEW"]), ("update", ["OLD", "NEW"]), ("delete", ["OLD"])):
            when = " OR ".join(STATUS.format(row=row) + " <> 'draft'" for row in rows)
            frozen.refuse(editor, table=f"framework_{item}", event=event, when=when, message=MESSAGE)
    frozen.refuse(
        editor,
        table="framework_edition",
        event="update",
        when="OLD.status <> 'draft' AND (NEW.status = 'draft' OR NEW.code <> OLD.code OR NEW.uid <> OLD.uid"
        " OR NEW.framework_id <> OLD.framework_id OR (OLD.status = 'retired' AND NEW.status <> 'retired'))",
        message=MESSAGE,
    )


def backward(apps, editor):
    for item in ITEMS:
        for event in ("insert", "update", "delete"):
            frozen.lift(editor, table=f"framework_{item}", event=event)
    frozen.lift(editor, table="framework_edition", event="update")


class Migration(migrations.Migration):
    dependencies = [("framework", "0001_initial")]
    operations = [migrations.RunPython(forward, backward)]
