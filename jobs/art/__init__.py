"""The demo pictures and sounds: marked placeholders painted from words, no model, no key."""
