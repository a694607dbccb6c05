"""Call sheets: handed out, filled in, and read back."""
