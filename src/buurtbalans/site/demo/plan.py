"""The plan of Waterdam: its outline, water, railway and buurten as points on a sheet of paper, in millimetres."""

Points = tuple[tuple[float, float], ...]

TOWN = "Waterdam"
TOWN_CODE = "GM9999"
RIVER = "de Lange Ee"

OUTLINE: Points = (
    (500, 20),
    (620, 25),
    (705, 28),
    (845, 42),
    (935, 82),
    (1040, 162),
    (1085, 212),
    (1150, 300),
    (1184, 372),
    (1190, 450),
    (1180, 500),
    (1160, 565),
    (1120, 640),
    (1075, 705),
    (1003, 778),
    (940, 818),
    (857, 850),
    (755, 870),
    (640, 876),
    (545, 866),
    (420, 845),
    (300, 815),
    (225, 780),
    (165, 742),
    (95, 650),
    (55, 560),
    (38, 465),
    (45, 385),
    (85, 310),
    (115, 268),
    (170, 205),
    (228, 125),
    (320, 55),
    (400, 26),
)

RIVER_COURSE: Points = (
    (80, 279),
    (130, 304),
    (200, 337),
    (300, 376),
    (360, 391),
    (430, 391),
    (520, 369),
    (600, 345),
    (680, 337),
    (760, 354),
    (840, 394),
    (905, 428),
    (985, 456),
    (1080, 470),
    (1208, 461),
)
RIVER_WIDTH = 50.0
SIDE_ARM: Points = (
    (632, 345),
    (650, 395),
    (656, 430),
    (650, 480),
    (636, 540),
    (629, 595),
    (641, 655),
    (680, 735),
    (725, 812),
    (757, 892),
)
SIDE_ARM_WIDTH = 17.0
HARBOUR = (((398, 442), 30.0), ((437, 423), 36.0), ((425, 402), 32.0))
RAILWAY: Points = (
    (207, 808),
    (262, 738),
    (330, 662),
    (400, 600),
    (470, 555),
    (540, 527),
    (610, 512),
    (690, 514),
    (760, 527),
    (830, 551),
    (900, 583),
    (980, 622),
    (1060, 652),
    (1150, 664),
)
STATION = (614.0, 511.0)
RIVER_NAME: Points = ((790, 372), (840, 397), (905, 431), (985, 459), (1080, 473))
PARKS = (((345.0, 655.0), 34.0, 22.0), ((655.0, 700.0), 20.0, 26.0), ((985.0, 205.0), 30.0, 20.0))

# wijk -> buurt -> where it lies; the order gives the codes
PLAN: dict[str, dict[str, tuple[float, float]]] = {
    "Noordwest": {
        "Rietoever": (228, 245),
        "Zwanenburg": (290, 145),
        "Rietlanden": (415, 82),
        "Singelbuurt": (385, 222),
        "Touwslagers": (398, 325),
    },
    "Noorderveld": {
        "Noorderhof": (545, 78),
        "Kleine Wetering": (668, 76),
        "Duindorp": (782, 92),
        "Hoge Akker": (516, 180),
        "Vogelweide": (632, 172),
        "Lageveen": (748, 188),
        "De Helling": (506, 286),
        "Veerpoort": (615, 282),
        "Wilgenbos": (735, 292),
    },
    "Havenwijk": {
        "Noordkade": (928, 122),
        "Kastanjehof": (845, 236),
        "Spinhuis": (974, 232),
        "Kerkwijk": (1082, 300),
        "Oude Werf": (850, 334),
        "Westerlaan": (968, 360),
        "Haagbeuk": (1132, 398),
    },
    "Westerpoort": {
        "Goudsbloem": (122, 378),
        "Kruidenbuurt": (262, 404),
        "Scheepmakers": (92, 490),
        "Lindehof": (217, 488),
        "Vlasakker": (232, 600),
    },
    "Molenveld": {
        "Weverskwartier": (566, 652),
        "Molenveld": (152, 652),
        "Tuinderij": (252, 724),
        "Zuiderpark": (340, 630),
        "Bloemhof": (440, 676),
        "Kievit": (368, 782),
        "De Meent": (488, 784),
    },
    "Binnenstad": {
        "Zeildoek": (566, 430),
        "Brouwershoek": (318, 498),
        "Het Eiland": (408, 548),
        "Oosterkade": (490, 536),
        "Stationsbuurt": (604, 526),
    },
    "Zuiderwaard": {
        "Zuiderzoom": (632, 744),
        "Lisdodde": (622, 828),
        "Rozenhof": (702, 636),
        "Klaverveld": (806, 694),
        "Meerwijk": (782, 812),
    },
    "Oosterwaard": {
        "Marktbuurt": (704, 416),
        "Componisten": (712, 524),
        "Ambachten": (852, 474),
        "Polderrand": (818, 570),
        "Wollegras": (1066, 540),
        "Ooievaar": (932, 588),
        "Boomgaard": (1052, 656),
        "Waterrand": (916, 752),
    },
}

# Until 2020 the western edge of the Weverskwartier belonged to Bloemhof.
CHANGED = 2021
MOVED_FROM, MOVED_TO = "Bloemhof", "Weverskwartier"
OLD_BORDER: Points = ((528, 540), (524, 600), (534, 660), (524, 720), (522, 780))

QUARTER = "Weverskwartier"
# part of the quarter -> where it lies between its left and right, top and bottom edge
QUARTER_PARTS = {
    "Lindeplein": (0.45, 0.50),
    "Spoorstrook": (0.42, 0.17),
    "Weverhof": (0.12, 0.36),
    "Garenmarkt": (0.76, 0.24),
    "Kadestraat": (0.84, 0.50),
    "Spoelhof": (0.20, 0.78),
    "Zuidrand": (0.58, 0.77),
}
