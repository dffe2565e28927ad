"""Whether a placing is fair: lines that go to an office outside, and its totals judged."""
