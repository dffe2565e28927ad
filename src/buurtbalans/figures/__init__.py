"""The figures: everything that is counted, from a publisher's file to a protected, comparable value. No Django here."""
