//! The board, told and asked.
