"""Step 5: wanted results and the efforts that organisations agree on."""
