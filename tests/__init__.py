"""The facts that the library keeps, one folder for each station."""
