"""Reads of figures: releases in the store and what partners delivered; a page gets figures through the gate only."""
