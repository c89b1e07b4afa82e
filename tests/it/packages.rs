//! What packages are made of: the commit in `--version`, the list of files, the unit for systemd.

mod commit;
mod list;
