"""The columns of a list of members that are understood, and what rosters in English and Spanish call them."""

from django.utils.translation import gettext_lazy as _

from trellis.exchange.tables.mapping import Column

COLUMNS = (
    Column(
        "number",
        _("Member ID"),
        ("id", "member number", "member no", "membership id", "membership number", "individual id", "nea id", "aft id",
         "constituent id", "person id", "número de miembro", "número de afiliado", "número de socio", "clave de socio"),
        _("the association's own number for a person; it never changes"),
    ),
    Column(
        "given",
        _("Given name"),
        ("first name", "first", "forename", "given names", "nombre", "nombres", "primer nombre", "nombre de pila"),
    ),
    Column(
        "family",
        _("Family name"),
        ("last name", "last", "surname", "family names", "apellido", "apellidos", "primer apellido"),
    ),
    Column(
        "name",
        _("Whole name"),
        ("name", "full name", "member name", "member", "nombre completo", "nombre y apellido", "nombre y apellidos"),
        _("“Rivera, Ana” or “Ana Rivera”, where the list has no two columns for it"),
    ),
    Column(
        "email",
        _("E-mail"),
        ("email", "email address", "mail", "home email", "personal email", "work email", "correo",
         "correo electrónico", "dirección de correo"),
        _("how they sign in"),
    ),
    Column(
        "occupation",
        _("Job"),
        ("occupation", "position", "job title", "title", "puesto", "cargo", "ocupación", "empleo"),
    ),
    Column(
        "worksite",
        _("Worksite"),
        ("work site", "building", "building name", "school", "school name", "site", "work location", "location",
         "employer location", "escuela", "plantel", "centro de trabajo", "lugar de trabajo", "edificio"),
        _("as it is called in Trellis, or nearly so"),
    ),
    Column(
        "local",
        _("Local"),
        ("local name", "local association", "association", "chapter", "branch", "district", "sección",
         "asociación local", "sección local", "distrito"),
        _("tells worksites of the same name apart"),
    ),
    Column(
        "since",
        _("Member since"),
        ("join date", "joined", "date joined", "start date", "membership date", "member from", "enroll date",
         "enrollment date", "fecha de ingreso", "miembro desde", "fecha de alta", "fecha de afiliación"),
    ),
    Column(
        "status",
        _("Status"),
        ("member status", "membership status", "state of membership", "active", "estado", "situación", "estatus",
         "activo"),
        _("who has left, such as “inactive”"),
    ),
    Column(
        "language",
        _("Language"),
        ("preferred language", "idioma", "lengua", "idioma preferido"),
    ),
)  # fmt: skip
BY_KEY = {column.key: column for column in COLUMNS}
# A list of people has one of these at least.
NAMING = frozenset(("given", "family", "name"))
