"""Tables as files: one way to write rows to CSV, Excel, OpenDocument and JSON."""
