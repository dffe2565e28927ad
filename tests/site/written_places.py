"""How people write a place as two numbers: what the server and the map in the browser both read, or both refuse."""

PLACE = (5.2034, 52.2011)  # longitude, latitude
READ = (
    "52.2011, 5.2034",
    "5.2034 52.2011",
    "52,2011 5,2034",
    "5,2034 52,2011",
    "52,2011; 5,2034",
    "52.2011;5.2034",
    " 52.2011,5.2034 ",
    "52.2011\t5.2034",
)
REFUSED = (
    "52.2",
    "hier",
    "52.2 x",
    "2.2 48.8",
    "52.2 5.2 1",
    "nan nan",
    "52.2, 52.2",
    "52,2011, 5,2034",
    "52,2011,5,2034",
)
