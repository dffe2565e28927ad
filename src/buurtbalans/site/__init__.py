"""The front door: settings, addresses, pages made of parts of many apps, the design system."""
