"""Writes what CLDR knows of numbers in words to the package."""
