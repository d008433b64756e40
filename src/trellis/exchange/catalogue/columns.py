"""The columns of a table of offerings and sessions: what our files call them, and what other people do."""

from django.utils.translation import gettext_lazy as _

from trellis.exchange.tables.mapping import Column

OFFERING_COLUMNS = (
    Column("uid", _("Trellis ID"), ("uid",)),
    Column(
        "key",
        _("Number"),
        ("code", "id", "course code", "course number", "course id", "offering code", "catalog number", "training id",
         "número", "código", "clave", "código del curso", "número de curso"),
        _("your own number for the offering; the next import knows it by this"),
    ),
    Column(
        "title",
        _("Title"),
        ("offering", "course", "course title", "training", "training title", "workshop", "name", "course name",
         "título", "nombre", "curso", "taller", "capacitación", "formación", "nombre del curso", "oferta"),
    ),
    Column(
        "teaches",
        _("Teaches"),
        ("cells", "cell", "competencies", "competency", "steps", "teaches steps", "skills", "framework codes",
         "enseña", "competencias", "celdas", "pasos"),
        _("codes of the steps it teaches, such as ADV.1.L2; COM.1.L1"),
    ),
    Column(
        "needs",
        _("Needs first"),
        ("prerequisites", "prerequisite", "requires", "required first", "requisitos", "requisitos previos", "requiere"),
        _("codes of the steps that one should stand at before"),
    ),
    Column(
        "description",
        _("Description"),
        ("about", "summary", "details", "abstract", "course description", "descripción", "resumen", "detalles"),
    ),
    Column(
        "format",
        _("Format"),
        ("delivery", "mode", "modality", "type", "formato", "modalidad", "tipo"),
        _("in person, online, both, or at your own pace"),
    ),
    Column(
        "minutes",
        _("Length"),
        ("duration", "minutes", "hours", "length minutes", "length hours", "duration minutes", "duration hours",
         "duración", "minutos", "horas", "duración en minutos", "duración en horas"),
        _("such as 90 min, 1.5 h, or minutes alone"),
    ),
    Column("language", _("Language"), ("languages", "lang", "idioma", "lengua"), _("such as English, Spanish or es")),
    Column(
        "access_notes",
        _("Access"),
        ("accessibility", "access notes", "access needs", "accommodations", "accesibilidad", "acceso"),
    ),
    Column("cost", _("Cost"), ("price", "fee", "costo", "coste", "precio", "cuota"), _("for a member; 0 is free")),
    Column(
        "provider",
        _("Provider"),
        ("taught by", "presenter", "presented by", "organization", "trainer", "instructor",
         "proveedor", "imparte", "impartido por", "organización"),
        _("who teaches it, where that is not your unit"),
    ),
    Column(
        "status",
        _("In the catalog"),
        ("listed", "status", "published", "offering status", "estado", "publicado", "en el catálogo"),
        _("yes, draft, or no longer offered"),
    ),
)  # fmt: skip
SESSION_COLUMNS = (
    Column("session_uid", _("Trellis session ID"), ("session uid",)),
    Column(
        "session_key",
        _("Session number"),
        ("session code", "session id", "section", "event id", "número de sesión", "código de sesión"),
        _("your own number for the session"),
    ),
    Column(
        "starts",
        _("Starts"),
        ("start", "begins", "start date", "date", "session date", "when", "start date and time", "date and time",
         "fecha", "inicio", "comienza", "empieza", "fecha de inicio", "fecha y hora"),
        _("date and time, such as 2026-03-05 18:30"),
    ),
    Column(
        "start_time",
        _("Start time"),
        ("time", "from", "begins at", "hora", "hora de inicio", "desde", "horario"),
        _("where the date stands alone in its column"),
    ),
    Column(
        "ends",
        _("Ends"),
        ("end", "finish", "end date", "end date and time", "fin", "termina", "final", "fecha de fin"),
        _("date and time, or the time alone; empty for the start and the length"),
    ),
    Column("end_time", _("End time"), ("to", "until", "ends at", "hora de fin", "hora final", "hasta")),
    Column(
        "zone",
        _("Time zone"),
        ("timezone", "zone", "tz", "zona horaria", "huso horario", "zona"),
        _("such as America/Denver, or Mountain"),
    ),
    Column(
        "place",
        _("Place"),
        ("location", "room", "venue", "address", "where", "lugar", "sede", "ubicación", "sala", "dirección"),
    ),
    Column(
        "link",
        _("Online link"),
        ("link", "url", "meeting link", "zoom", "zoom link", "webinar", "enlace", "liga", "vínculo"),
        _("where it meets online; only who has a seat sees it"),
    ),
    Column(
        "seats",
        _("Seats"),
        ("capacity", "places", "max", "maximum", "limit", "size", "cupo", "plazas", "capacidad", "asientos", "lugares"),
        _("a number; empty for as many as come"),
    ),
    Column(
        "sign_up_until",
        _("Sign up until"),
        ("deadline", "registration deadline", "sign up deadline", "register by", "rsvp by",
         "fecha límite", "inscripción hasta", "límite de inscripción"),
    ),
    Column("note", _("Note"), ("notes", "what to bring", "remarks", "nota", "notas", "observaciones")),
    Column(
        "session_status",
        _("Session status"),
        ("cancelled", "canceled", "estado de la sesión", "cancelada", "cancelado"),
        _("planned or cancelled"),
    ),
)  # fmt: skip
COLUMNS = (*OFFERING_COLUMNS, *SESSION_COLUMNS)
BY_KEY = {column.key: column for column in COLUMNS}
SESSION_KEYS = frozenset(column.key for column in SESSION_COLUMNS)
