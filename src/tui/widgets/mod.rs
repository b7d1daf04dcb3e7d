//! Pieces that screens draw with.
