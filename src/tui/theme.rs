//! Colours and glyphs.
