"""What holds a list: CSV, workbooks, JSON, frames and rows."""
