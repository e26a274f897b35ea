//! Integration tests: whole sites in, files and findings out; the real program on a real disk.

mod cli;
mod disk;
mod heavy;
mod kill;
mod props;
mod suite;
mod support;
mod tidy;
