//! The outer parts of the generator: sources and their places, the configuration, what is printed, files on the disk.

mod source;
