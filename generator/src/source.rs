//! Sources: the documents of a description, as text and as trees.
