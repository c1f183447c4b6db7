"""A clip from one still: a camera that moves over it, encoded with the shot's voice."""
