"""The personal-data guard, measured on notes as people write them."""
