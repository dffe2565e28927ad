"""The icons: read once from icons.txt, and which icon, shape and colour each kind of story and feeling has."""

from importlib import resources


def read() -> dict[str, str]:
    """Every drawing by its name."""
    text = resources.files(__package__).joinpath("icons.txt").read_text(encoding="utf-8")
    lines = (line.split(maxsplit=1) for line in text.splitlines() if line and not line.startswith("#"))
    return {name: shapes for name, shapes in lines}


ICONS = read()

# Feelings and kinds: the shape says the kind, the colour repeats it, the word always stands beside it.
KINDS: dict[str, tuple[str, str, str, str]] = {
    # name: (shape, icon, colour token, ink on it)
    "kracht": ("vierkant", "hart", "kracht", "wit"),
    "kans": ("vierkant", "plantje", "kans", "inkt"),
    "zorg": ("vierkant", "let-op", "zorg", "wit"),
    "gebeurtenis": ("vierkant", "kalender", "gebeurtenis", "wit"),
    "werk": ("vierkant", "werk", "werk", "inkt"),
    "vraag": ("vierkant", "vraag", "vraag", "wit"),
    "blij": ("rond", "blij", "kracht", "wit"),
    "trots": ("rond", "ster", "kracht", "wit"),
    "veilig": ("rond", "schild", "kracht", "wit"),
    "thuis": ("rond", "huis", "kracht", "wit"),
    "onrustig": ("ruit", "onrustig", "zorg", "wit"),
    "bang": ("ruit", "bang", "zorg", "wit"),
    "boos": ("ruit", "boos", "zorg", "wit"),
    "anders": ("open", "plus", "vraag", "inkt"),
    # what is there, and who does what: white with an edge of ink, so that what people say stands out
    "voorziening": ("tegel", "voorziening", "wit", "inkt"),
    "inzet": ("tegel", "mensen", "wit", "inkt"),
}


def shape(part: str) -> str:
    """One shape of a drawing as SVG."""
    filled = ' class="vol"' if part.startswith("v") else ""
    part = part.removeprefix("v")
    if part[0] in "o-":
        x, y, radius = part[1:].split()
        dashed = ' stroke-dasharray="3.4 2.9"' if part[0] == "-" else ""
        return f'<circle cx="{x}" cy="{y}" r="{radius}"{dashed}{filled}/>'
    return f'<path d="{part}"{filled}/>'


def drawing(name: str) -> str:
    """The shapes of one icon, without the `svg` around them; an unknown name is a mistake of ours and says so."""
    return "".join(shape(part) for part in ICONS[name].split("|"))
