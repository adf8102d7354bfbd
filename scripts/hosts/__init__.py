"""Several hosts on one machine: a database, two web hosts, two workers and a proxy, each with an address of its own."""
