"""A CRM of one screen, with Django."""
