"""Adding and removing materials of an offering. Each is atomic and leaves an audit row."""

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from trellis.core import audit
from trellis.core.uploads import check_file, known_as
from trellis.learning.models import Audience, Offering, OfferingMaterial


@transaction.atomic
def add_material(
    offering: Offering,
    *,
    title: str,
    by: audit.Actor | None,
    audience: str = Audience.SEATS,
    link: str = "",
    upload: "UploadedFile[bytes] | None" = None,
) -> OfferingMaterial:
    """Add a link or a file to an offering; of both, the file is taken.

    Raises FileRefusedError (a ValueError) for a file that is not taken, and ValidationError for what does not hold
    together.
    """
    material = OfferingMaterial(offering=offering, title=title, audience=audience)
    if upload is None:
        material.link = link
    else:
        material.file_type = check_file(upload).ending
        material.file_name, material.file_size = known_as(upload.name or ""), upload.size or 0
        material.file.save("", upload, save=False)
    try:
        material.full_clean(exclude=["offering", "file"])
        material.save()
        _note(material, "add", by=by)
    except BaseException:
        # The database forgets by itself what did not succeed; the disk does not.
        if material.file.name:
            material.file.storage.delete(material.file.name)
        raise
    return material


@transaction.atomic
def remove_material(material: OfferingMaterial, *, by: audit.Actor | None) -> None:
    """Remove a material for good, its file too."""
    _note(material, "remove", by=by)
    name, storage = material.file.name, material.file.storage
    material.delete()
    if name:
        transaction.on_commit(lambda: storage.delete(name))


def _note(material: OfferingMaterial, what: str, *, by: audit.Actor | None) -> None:
    audit.record(
        by=by,
        action=f"learning.material.{what}",
        target=f"offering:{material.offering.uid}",
        detail={"material": str(material.uid), "type": material.file_type or "link", "for": material.audience},
    )
