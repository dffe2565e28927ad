// The page works without this file; it only makes some things quicker.
import "./figures.js";
import "./folds.js";
import "./kept-typing.js";
import "./pin.js";
import "./place.js";
import "./teller.js";
import "./two-steps.js";
import "./notes/watch.js";
