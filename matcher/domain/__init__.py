"""What the words of the field mean: frozen dataclasses and vocabularies, standard library only."""
