//! Texts to words, words to cases; the only user of `heck`.
