"""The inbox is the record of what people were told; mail follows from it, outside quiet hours."""
