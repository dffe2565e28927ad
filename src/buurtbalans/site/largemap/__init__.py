"""The one large map of a round: figures, what people tell and feel, what is there, what comes and who does what."""
