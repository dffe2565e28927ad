"""What all apps of the method stand on: actions and their audit trail, versioned texts, forms, panels and jobs."""
