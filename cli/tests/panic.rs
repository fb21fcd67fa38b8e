//! A panic never repeats what made it.

#![allow(clippy::unwrap_used, clippy::panic)] // Helpers are not seen as tests.

use std::process::{Command, Output};

/// Names the test that panics when it is run in a process of its own.
const ALONE: &str = "HEGUI_TEST_PANIC";
const QUOTED: &str = "不应出现";

fn alone(test: &str, how: &str) -> Output {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture"])
        .env(ALONE, how)
        .output()
        .unwrap()
}

/// A panic that quotes, or one in the midst of a library.
fn break_down(how: &str) {
    match how {
        "own" => std::panic::panic_any(QUOTED.to_string()),
        _ => drop(QUOTED.repeat(usize::MAX)),
    }
}

#[test]
fn a_panic_says_where_and_not_what() {
    if let Ok(how) = std::env::var(ALONE) {
        hegui::panic::keep_quiet();
        let code = hegui::panic::catch(|| {
            break_down(&how);
            0.into()
        });
        assert_eq!(format!("{code:?}"), format!("{:?}", std::process::ExitCode::from(2)));
        return;
    }
    for how in ["own", "library"] {
        let Output { status, stdout, stderr } = alone("a_panic_says_where_and_not_what", how);
        let said = String::from_utf8_lossy(&[stdout, stderr].concat()).into_owned();
        assert!(status.success(), "{said}");
        assert!(said.contains("程序内部出错") && said.contains("Internal error"), "{said}");
        assert!(!said.contains(QUOTED) && !said.contains("/rustc/"), "{said}");
        assert_eq!(said.contains("cli/tests/panic.rs:"), how == "own", "{said}");
    }
}
