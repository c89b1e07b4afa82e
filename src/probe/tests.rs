//! Probes against real servers, processes and files: those that behave, and those that do not.
