"""What is recorded with the lab, and where each scenario of it comes from."""
