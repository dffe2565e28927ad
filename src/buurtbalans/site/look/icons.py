"""Every icon of the product, drawn by us on a grid of 24: a line of 1.75 with round ends, always beside a word."""

# Several shapes are parted by "|". A path is its `d`; "o cx cy r" is a circle; "v" before either means filled.
ICONS: dict[str, str] = {
    # finding one's way
    "huis": "M4 11.2 12 4l8 7.2|M6.2 9.6V20h11.6V9.6|M10 20v-5.5h4V20",
    "zoek": "o 10.5 10.5 6.5|M15.4 15.4 20.5 20.5",
    "lagen": "M12 3.5 21 8l-9 4.5L3 8z|M3.6 12.2 12 16.4l8.4-4.2|M3.6 16.3 12 20.5l8.4-4.2",
    "kaart": "M3.5 6.5 9 4l6 2.5L20.5 4v13.5L15 20l-6-2.5L3.5 20z|M9 4v13.5|M15 6.5V20",
    "tabel": "M5.5 4h13A1.5 1.5 0 0 1 20 5.5v13a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 18.5v-13A1.5 1.5 0 0 1 5.5 4z|M4 9.5h16|M10.5 9.5V20",
    "wissel": "M4 8.5h15|M15.5 5 19 8.5|M20 15.5H5|M8.5 19 5 15.5",
    "citaat": "vM10 7.2c-2.9 1-4.6 3.2-4.6 6.2 0 2.1 1.2 3.4 2.8 3.4 1.5 0 2.6-1.1 2.6-2.5s-1-2.4-2.3-2.4c-.3 0-.6 0-.7.1.2-1.2 1.2-2.5 2.8-3.3z|vM18.6 7.2c-2.9 1-4.6 3.2-4.6 6.2 0 2.1 1.2 3.4 2.8 3.4 1.5 0 2.6-1.1 2.6-2.5s-1-2.4-2.3-2.4c-.3 0-.6 0-.7.1.2-1.2 1.2-2.5 2.8-3.3z",
    "terug": "M20 12H4.5|M10.5 5.5 4 12l6.5 6.5",
    "verder": "M4 12h15.5|M13.5 5.5 20 12l-6.5 6.5",
    "rechts": "M9 5l7 7-7 7",
    "omlaag": "M5 9l7 7 7-7",
    "omhoog": "M5 15l7-7 7 7",
    "menu": "M4 7h16|M4 12h16|M4 17h16",
    "taal": "o 12 12 8.5|M3.5 12h17|M12 3.5c2.6 2.4 3.8 5.2 3.8 8.5s-1.2 6.1-3.8 8.5c-2.6-2.4-3.8-5.2-3.8-8.5s1.2-6.1 3.8-8.5z",
    # figures and stories
    "cijfers": "M3.5 20h17|M7 16.5v-6|M12 16.5V5|M17 16.5V8.5",
    "trend": "M3.5 20h17|M4.5 14.5 9.5 10l4 3.5 6-7|M15.5 6.5h4v4",
    "verhaal": "M4 5h16v11h-8.5L7.5 20v-4H4z",
    "speld": "M12 21c4.5-4.8 6.8-8.3 6.8-11.2A6.8 6.8 0 0 0 5.2 9.8C5.2 12.7 7.5 16.2 12 21z|o 12 9.8 2.3",
    "waterpas": "M7.5 7.5h9a4.5 4.5 0 0 1 0 9h-9a4.5 4.5 0 0 1 0-9z|M9 7.5v9|M15 7.5v9|vo 12 12 1.7",
    "bestand": "M6 3.5h8l4.5 4.5v12.5H6z|M14 3.5V8h4.5",
    "vergelijk": "M4 7.5h9a2 2 0 0 1 0 4H6a2 2 0 0 1 0-4z|M11 14.5h7a2 2 0 0 1 0 4h-7a2 2 0 0 1 0-4z",
    "oog": "M2.5 12c2.6-4.3 5.8-6.5 9.5-6.5s6.9 2.2 9.5 6.5c-2.6 4.3-5.8 6.5-9.5 6.5S5.1 16.3 2.5 12z|o 12 12 2.8",
    # doing
    "plus": "M12 4.5v15|M4.5 12h15",
    "min": "M4.5 12h15",
    "kruis": "M5.5 5.5l13 13|M18.5 5.5l-13 13",
    "vink": "M4.5 12.5 9.5 17.5 19.5 6.5",
    "opslaan": "M12 4v11|M7 10.5l5 5 5-5|M4.5 20h15",
    "aanleveren": "M12 16V5|M7 9.5l5-5 5 5|M4.5 20h15",
    "print": "M7 9V4h10v5|M7 17H4V9h16v8h-3|M7 13.5h10V20H7z",
    "potlood": "M4.5 19.5 5.5 15 16 4.5l3.5 3.5L9 18.5z|M13.5 7l3.5 3.5",
    "deel": "o 6 12 2.5|o 17.5 6 2.5|o 17.5 18 2.5|M8.3 10.9 15.2 7.2|M8.3 13.1l6.9 3.7",
    "speel": "M7 5l12 7-12 7z",
    "pauze": "M8 5v14|M16 5v14",
    "opnieuw": "M19.5 12a7.5 7.5 0 1 1-2.3-5.4|M19.5 3.5V8H15",
    # people and time
    "persoon": "o 12 8 4|M4.5 20.5c.8-4 3.6-6 7.5-6s6.7 2 7.5 6",
    "mensen": "o 8.5 8 3.5|o 15.5 8 3.5|M2.5 19.5c.6-3.6 2.8-5.5 6-5.5 1.4 0 2.6.4 3.5 1.1.9-.7 2.1-1.1 3.5-1.1 3.2 0 5.4 1.9 6 5.5",
    "slot": "M6 10.5h12V20H6z|M8.5 10.5V7.5a3.5 3.5 0 0 1 7 0v3",
    "kalender": "M4.5 6h15v14h-15z|M4.5 10.5h15|M8.5 3.5V6|M15.5 3.5V6",
    "klok": "o 12 12 8.5|M12 7v5l3.5 2",
    "zon": "o 12 12 4|M12 2.5v2|M12 19.5v2|M2.5 12h2|M19.5 12h2|M5.3 5.3l1.4 1.4|M17.3 17.3l1.4 1.4|M5.3 18.7l1.4-1.4|M17.3 6.7l1.4-1.4",
    "maan": "M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z",
    "telefoon": "M8 3h8a1 1 0 0 1 1 1v16a1 1 0 0 1-1 1H8a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1z|M11 18h2",
    # judging
    "bevestigd": "o 12 12 8.5|M8 12.5l3 3 5.5-6.5",
    "tegengesproken": "o 12 12 8.5|M9 9l6 6|M15 9l-6 6",
    "genuanceerd": "o 12 12 8.5|vM12 3.5a8.5 8.5 0 0 1 0 17z",
    "onbekend": "- 12 12 8.5|M9.6 9.7a2.5 2.5 0 1 1 3.7 2.2c-.9.5-1.3 1-1.3 2|vo 12 16.6 1",
    "leeg-rondje": "- 12 12 8.5",
    "vraag": "M8.5 9a3.5 3.5 0 1 1 5.2 3c-1.2.7-1.7 1.5-1.7 2.8|vo 12 18.2 1.15",
    "info": "o 12 12 8.5|M12 11.5v5|vo 12 8 1.1",
    "let-op": "M12 4 21 19.5H3z|M12 10v4.5|vo 12 17 1",
    "geen-verbinding": "M4 4l16 16|M2.5 9.5a14 14 0 0 1 4-2.7|M10.5 5.4A14 14 0 0 1 21.5 9.5|M6 13a9 9 0 0 1 3.2-2|M14.5 11a9 9 0 0 1 3.5 2|M9.5 16.5a4 4 0 0 1 5 0|vo 12 19.5 1.1",
    # kinds and feelings
    "hart": "M12 19.5C6.5 15.5 4 12.5 4 9.3A4.2 4.2 0 0 1 12 7.5a4.2 4.2 0 0 1 8 1.8c0 3.2-2.5 6.2-8 10.2z",
    "plantje": "M12 20v-8.5|M12 11.5C12 8 9.5 6 4.5 6c0 4 2.5 6 7.5 5.5z|M12 14c.5-3.5 3-5.5 7.5-5.5 0 4-2.7 6-7.5 5.5z",
    "werk": "M5 20h14|M8 20 11 5h2l3 15|M9.3 13.5h5.4",
    "schild": "M12 3.5 19 6v5.5c0 4-2.5 7-7 9-4.5-2-7-5-7-9V6z|M8.8 11.8l2.4 2.4 4-4.6",
    "ster": "M12 4l2.4 5.1 5.6.7-4.1 3.9 1.1 5.6-5-2.8-5 2.8 1.1-5.6L4 9.8l5.6-.7z",
    "blij": "vo 8.5 9 1.2|vo 15.5 9 1.2|M6.5 13.5h11c-.5 3-2.5 4.7-5.5 4.7s-5-1.7-5.5-4.7z",
    "onrustig": "vo 8.5 9 1.2|vo 15.5 9 1.2|M6.5 16l2.2-2 2.2 2 2.2-2 2.2 2 2.2-2",
    "bang": "vo 8.5 9 1.2|vo 15.5 9 1.2|o 12 15.7 2.4",
    "boos": "M6.5 7.5l3.5 2|M17.5 7.5 14 9.5|vo 8.8 11 1.1|vo 15.2 11 1.1|M7.5 17.5c1.2-1.8 2.7-2.7 4.5-2.7s3.3.9 4.5 2.7",
}

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
