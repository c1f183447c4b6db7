"""A music bed: chords and soft notes that go round for ever."""
