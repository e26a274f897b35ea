//! How the program is linked.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let target = |name: &str| std::env::var(format!("CARGO_CFG_TARGET_{name}")).unwrap_or_default();
    // 154,000 addresses, most of them in tables of the typesetter, would be put right each time the program starts:
    // four fifths of what a start costs. At a fixed place they are right as they are. See decision 0049.
    if target("OS") == "linux" && target("ENV") == "gnu" {
        println!("cargo:rustc-link-arg-bins=-no-pie");
    }
}
