"""The method: Django apps in the order of Buurtbalans, from people to evaluation."""
