//! Keys and messages in, model and effects out.
