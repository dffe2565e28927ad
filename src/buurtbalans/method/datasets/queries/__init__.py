"""Reads of figures: releases on the shelf and what partners delivered; a page gets figures through the gate only."""
