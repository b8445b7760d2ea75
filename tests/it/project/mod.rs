//! The project itself: its generated files, its build, its rules.
