"""All SQL, through SQLAlchemy Core, behind one Protocol."""
