"""A neighbourhood's run through the six steps: question, claims, evidence, verdicts, shared picture."""
