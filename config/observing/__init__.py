"""What those who run the service see of it: logs, metrics, and reports of defects where they ask for them."""
