"""The rules: one module per concern, a class per rule."""
