"""The terms of the screens: one word for one concept, in Dutch and in English, and the words that it replaces."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Term:
    """A concept with its word on the screens; `instead_of` are patterns of the words that no screen uses for it."""

    concept: str
    dutch: str
    english: str
    instead_of: tuple[str, ...] = ()


TERMS: Final = (
    Term("wat organisaties over delen van gegevens vastleggen", "afspraak over delen", "sharing agreement"),
    Term("wat een organisatie gaat doen", "actie", "action", (r"\binzet\b", r"\bafspraken die stilstaan\b")),
    Term("wat het plan wil bereiken", "doel", "goal", (r"\bding(en)? (die )?(dat )?(we|wij) willen\b",)),
    Term(
        "hoeveel een buurt bij toewijzing kan opnemen",
        "plaatsingsruimte",
        "placement capacity",
        (r"\bplafonds?\b", r"\bdraagkracht\b(?! van buren)"),
    ),
    Term("aandeel dat voor een groep is bestemd", "quotum", "quota"),
    Term("wat een organisatie over de buurt denkt", "stelling", "claim", (r"\buitspra(ak|ken)\b",)),
    Term("wat de groep van een stelling vindt", "conclusie", "conclusion", (r"\boorde(el|elt|len)\b",)),
    Term("waar iets op is gebaseerd", "onderbouwing", "evidence", (r"\brust(en)? (op|dit)\b", r"\bwaarop rust\b")),
    Term(
        "mensen rond een ronde buiten de kerngroep",
        "betrokkenen",
        "people involved",
        (r"\bkring(en)?\b", r"\bde ring\b"),
    ),
    Term(
        "hoe zeker een cijfer is",
        "onzekerheidsmarge",
        "margin of uncertainty",
        (r"\bfoutmarge\b", r"\b(?<!onzekerheids)marges?\b"),
    ),
    Term("wat in de balans ongunstig is", "zwak punt", "weakness", (r"\bbelasting(en)?\b",)),
    Term("samenhangende gepubliceerde cijfers", "cijferset", "figure set", (r"\buitgave[sn]?\b",)),
    Term("huishoudens en woningen waarvoor een advies komt", "plaatsingsronde", "placement round"),
    Term("een ander berekend advies", "variant", "variant"),
    Term(
        "een voorstel later beslissen",
        "in de wacht",
        "on hold",
        (r"\baangehouden\b", r"\b(houd|houdt) aan\b", r"\baanhouden\b"),
    ),
    Term("de berekende waarde in de balans", "uitkomst", "score", (r"\bbel(len)?\b(?! ons)",)),
    Term(
        "onderwerpen waarover bronnen verschillen",
        "bespreekpunten",
        "points to discuss",
        (r"\bvalt (er )?over te praten\b",),
    ),
    Term("wat een plaatsing tegenhoudt", "knelpunt", "bottleneck", (r"\bknel(t|len)\b",)),
)
NO_SCREEN_SAYS: Final = {
    "furniture as metaphor": (r"\blig(t|gen)\b(?! stil)", r"\bhang(t|en)\b", r"\bneergelegd\b"),
    "a role without a name": (r"(?:^|[.:] )Wie [a-zé]+t\b[^?]*$", r"\b(als|door|van|dan) wie\b"),
    "status in the simple past": (
        r"\b(zei|zeiden|gaf|gaven|nam|kwam|kwamen|ging|gingen|stond|stonden|lag|lagen|deed|deden|vroeg|vroegen)\b",
        r"\b(noemde|koos|kozen|tekende|tekenden|veranderde|veranderden|voegde|haalde|zette|vertelde|vertelden)\b",
    ),
    "a thing as a person": (r"\bverhuist mee\b", r"\bniemand haar\b"),
}
