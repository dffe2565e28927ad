"""Organisations, their people, roles and circles, and the audit trail: who may do and see what."""
