"""The published vocabulary of the Failover Cluster API: states, status codes, control codes."""
