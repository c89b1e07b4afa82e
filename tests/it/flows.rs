//! What a person does, key by key: the real keymap and the real model, keys in, screen and acts out.

mod acting;
mod filtering;
mod identity;
mod looking;
mod own_keys;
