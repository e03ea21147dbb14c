"""The web door: what holds for every call, the REST interface, CommonGrants, and pages for people."""
