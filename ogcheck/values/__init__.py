"""What the text of a property means: as a URL, a date, a title, with its references resolved."""
