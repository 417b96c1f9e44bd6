//! What a README is made of: headings, tables and blocks.

use super::Readme;

impl Readme {
    /// The lines of the section under `heading` (with its `#`), up to the next heading.
    fn section(self, heading: &str) -> impl Iterator<Item = &'static str> {
        let found = self.text.lines().position(|line| line == heading);
        let start = found.unwrap_or_else(|| panic!("{}: no heading `{heading}`", self.name)) + 1;
        self.text.lines().skip(start).take_while(|line| !line.starts_with('#'))
    }

    /// The rows of the `nth` table (from 0) of the section under `heading`, each as its cells; without the header.
    pub(crate) fn table(self, heading: &str, nth: usize) -> Vec<Vec<&'static str>> {
        let mut tables: Vec<Vec<Vec<&str>>> = Vec::new();
        let mut inside = false;
        for line in self.section(heading) {
            if line.starts_with('|') {
                if !inside {
                    tables.push(Vec::new());
                }
                let cells = line.trim_matches('|').split('|').map(str::trim).collect();
                tables.last_mut().expect("a table has begun").push(cells);
            }
            inside = line.starts_with('|');
        }
        assert!(nth < tables.len(), "{}: `{heading}` has {} tables", self.name, tables.len());
        let table = tables.swap_remove(nth);
        assert!(table.iter().all(|row| row.len() == table[0].len()), "{}: `{heading}` is uneven", self.name);
        table.into_iter().skip(2).collect()
    }

    /// The blocks fenced as `language`, in order.
    pub(crate) fn blocks(self, language: &str) -> Vec<String> {
        let mut blocks = Vec::new();
        let mut block: Option<(bool, String)> = None;
        for line in self.text.lines() {
            match (&mut block, line.strip_prefix("```")) {
                (None, Some(fence)) => block = Some((fence == language, String::new())),
                (Some((wanted, text)), Some(_)) => {
                    if *wanted {
                        blocks.push(std::mem::take(text));
                    }
                    block = None;
                }
                (Some((_, text)), None) => {
                    text.push_str(line);
                    text.push('\n');
                }
                (None, None) => {}
            }
        }
        assert!(block.is_none(), "{}: a block is not closed", self.name);
        blocks
    }

    /// The levels of the headings, in order.
    pub(crate) fn outline(self) -> Vec<usize> {
        let mut code = false;
        let heading = |line: &str| {
            code ^= line.starts_with("```");
            let level = line.bytes().take_while(|byte| *byte == b'#').count();
            (!code && level > 0).then_some(level)
        };
        self.text.lines().filter_map(heading).collect()
    }
}

/// `text` as code in a table.
pub(crate) fn code(text: &str) -> String {
    format!("`{text}`")
}
